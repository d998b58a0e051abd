import type { ParseError } from '../errors.ts'
import { brokenText } from './broken-text.ts'
import { copyQuad } from './copy-quad.ts'
import type { Read } from './format.ts'
import { readAll } from './read-all.ts'

/** RDF/XML: https://www.w3.org/TR/rdf-syntax-grammar/. Relative IRIs need a base; without one, `urn:` stands in. */
export const read: Read = async function* (input, { file, baseIri }) {
  const text = await readAll(input)
  const { graph, parse } = await import('rdflib')
  const { DataFactory } = await import('n3')
  const store = graph()
  let failure: unknown
  // The XML parser inside rdflib prints errors with their places, and goes on with half a document.
  const printed: string[] = []
  const output = globalThis.console
  const { error, warn } = output
  output.error = output.warn = (...parts: unknown[]) => printed.push(parts.join(' '))
  try {
    parse(text, store, baseIri ?? 'urn:vampira:document', 'application/rdf+xml', (reason) => {
      failure = reason ?? undefined
    })
  } catch (caught) {
    failure = caught
  } finally {
    Object.assign(output, { error, warn })
  }
  const found = printed.find((each) => /error\]/i.test(each))
  if (found !== undefined) failure = new Error(found.replace(/^\[.*?\]\s*/, ''), { cause: failure })
  if (failure !== undefined) throw parseError(failure, file)
  yield store.statements.map(({ subject, predicate, object }) =>
    copyQuad({ subject, predicate, object }, DataFactory),
  )
}

function parseError(error: unknown, file: string | undefined): ParseError {
  const message = error instanceof Error ? error.message : String(error)
  const [, line, column] = /line:?\s*(\d+),?\s*col(?:umn)?:?\s*(\d+)/i.exec(message) ?? []
  const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text))
  const place = { file, line: numberOf(line), column: numberOf(column) }
  return brokenText(`This is not RDF/XML: ${message.split('\n', 1)[0]!.trim()}`, place, error)
}
