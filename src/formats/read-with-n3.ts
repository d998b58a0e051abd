import { EventEmitter } from 'node:events'
import type { Quad } from '@rdfjs/types'
import { brokenText } from './broken-text.ts'
import type { ReadOptions } from './format.ts'
import { messageOfN3, placeOfN3 } from './n3-error.ts'
import { readAll } from './read-all.ts'
import { readLeniently } from './read-leniently.ts'
import { lineStatements, turtleStatements } from './statements.ts'

type Syntax = 'Turtle' | 'TriG' | 'N-Triples' | 'N-Quads'

let lenientTexts = 0

/** Reads Turtle and its relatives, all quads of a chunk of text at once: to await each would take as long as to read it. */
export async function* readWithN3(
  input: string | AsyncIterable<string>,
  format: Syntax,
  options: ReadOptions,
): AsyncGenerator<readonly Quad[], void, undefined> {
  const { file, baseIri, onPrefix, onLeftOut } = options
  const { Parser } = await import('n3')
  const settings = { format, ...(baseIri === undefined ? {} : { baseIRI: baseIri }) }
  if (onLeftOut !== undefined) {
    const blankNodePrefix = `lenient${lenientTexts++}_`
    const statements = statementsOf(await readAll(input), format)
    yield* readLeniently(statements, () => new Parser({ ...settings, blankNodePrefix }), options)
    return
  }
  const parser = new Parser(settings)
  const source = new EventEmitter()
  let quads: Quad[] = []
  let failure: Error | undefined
  parser.parse(source, {
    onQuad(error, quad) {
      if (error) failure ??= error
      else if (quad) quads.push(quad)
    },
    onPrefix(prefix, namespace) {
      onPrefix?.(prefix, typeof namespace === 'string' ? namespace : namespace.value)
    },
  })
  for await (const chunk of typeof input === 'string' ? [input] : input) {
    source.emit('data', chunk)
    if (failure !== undefined) break
    yield quads
    quads = []
  }
  if (failure === undefined) source.emit('end')
  if (failure !== undefined) throw brokenText(messageOfN3(failure), { file, ...placeOfN3(failure) }, failure)
  yield quads
}

function statementsOf(text: string, format: Syntax) {
  return format === 'N-Triples' || format === 'N-Quads'
    ? lineStatements(text)
    : turtleStatements(text, format === 'TriG')
}
