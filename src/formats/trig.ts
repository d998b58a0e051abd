import type { Read, Write } from './format.ts'
import { readWithN3 } from './read-with-n3.ts'
import { writeTurtle } from './write-turtle.ts'

/** TriG 1.1: https://www.w3.org/TR/trig/ */
export const read: Read = (input, options) => readWithN3(input, 'TriG', options)

export const write: Write = (quads, prefixes) => writeTurtle(quads, prefixes, { graphs: true })
