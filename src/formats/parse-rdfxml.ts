import type { Quad } from '@rdfjs/types'
import { ParseError } from '../errors.ts'
import type { ParseOptions } from './format.ts'

/** Reads RDF/XML. Relative IRIs need a base; without one, `urn:` stands in. */
export async function parseRdfXml(text: string, { file, baseIri }: ParseOptions): Promise<Quad[]> {
  const { graph, parse } = await import('rdflib')
  const { DataFactory } = await import('n3')
  const store = graph()
  let failure: unknown
  // The XML reader underneath prints what it finds wrong, with the place, and goes on with half a document.
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
  const { blankNode, literal, namedNode, quad } = DataFactory
  const term = (node: {
    termType: string
    value: string
    language?: string
    datatype?: { value: string }
  }) => {
    if (node.termType === 'BlankNode') return blankNode(node.value)
    if (node.termType !== 'Literal') return namedNode(node.value)
    if (node.language) return literal(node.value, node.language)
    return literal(node.value, node.datatype && namedNode(node.datatype.value))
  }
  return store.statements.map(({ subject, predicate, object }) =>
    quad(term(subject as never) as never, namedNode(predicate.value), term(object as never) as never),
  ) as Quad[]
}

function parseError(error: unknown, file: string | undefined): ParseError {
  const message = error instanceof Error ? error.message : String(error)
  const [, line, column] = /line:?\s*(\d+),?\s*col(?:umn)?:?\s*(\d+)/i.exec(message) ?? []
  return new ParseError(`This is not RDF/XML: ${message.split('\n', 1)[0]!.trim()}`, {
    place: {
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line: Number(line) }),
      ...(column === undefined ? {} : { column: Number(column) }),
    },
    advice: 'Correct the text there, or say which format it is.',
    cause: error,
  })
}
