import { nquadsLine } from '../rdf/write-term.ts'
import type { Read, Write } from './format.ts'
import { readWithN3 } from './read-with-n3.ts'
import { writeLines } from './write-lines.ts'

/** N-Quads: https://www.w3.org/TR/n-quads/ */
export const read: Read = (input, options) => readWithN3(input, 'N-Quads', options)

export const write: Write = (quads) => writeLines(quads, nquadsLine)
