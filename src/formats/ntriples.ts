import { ntriplesLine } from '../rdf/write-term.ts'
import type { Read, Write } from './format.ts'
import { readWithN3 } from './read-with-n3.ts'
import { writeLines } from './write-lines.ts'

/** N-Triples: https://www.w3.org/TR/n-triples/ */
export const read: Read = (input, options) => readWithN3(input, 'N-Triples', options)

export const write: Write = (quads) => writeLines(quads, ntriplesLine)
