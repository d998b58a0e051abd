import type { Read, Write } from './format.ts'
import { readWithN3 } from './read-with-n3.ts'
import { writeTurtle } from './write-turtle.ts'

/** Turtle 1.1: https://www.w3.org/TR/turtle/ */
export const read: Read = (input, options) => readWithN3(input, 'Turtle', options)

export const write: Write = (quads, prefixes) => writeTurtle(quads, prefixes, { graphs: false })
