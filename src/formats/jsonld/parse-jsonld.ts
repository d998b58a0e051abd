import type { Quad, Quad_Object, Quad_Subject } from '@rdfjs/types'
import { ParseError } from '../../errors.ts'
import { NAMESPACES } from '../../rdf/vocabulary.ts'
import type { ParseOptions } from '../format.ts'
import { contextIri, loadContext } from './context.ts'

type ToRdfOptions = NonNullable<Parameters<(typeof import('jsonld'))['toRDF']>[1]>

/** Reads JSON-LD 1.1. Of all contexts only ours is known without being in the text; others are refused. */
export async function parseJsonLd(text: string, { file, baseIri }: ParseOptions): Promise<Quad[]> {
  const place = file === undefined ? {} : { file }
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    const position = /end of JSON/i.test(message) ? text.length : /at position (\d+)/.exec(message)?.[1]
    throw new ParseError(`This is not JSON: ${message}`, {
      place: { ...place, ...(position === undefined ? {} : lineAndColumn(text, Number(position))) },
      advice: 'Correct the text there, or say which format it is.',
      cause: error,
    })
  }
  const { default: jsonld } = await import('jsonld')
  const { DataFactory } = await import('n3')
  let refused: string | undefined
  try {
    const options = {
      ...(baseIri === undefined ? {} : { base: baseIri }),
      documentLoader: async (url: string) => {
        if (url !== contextIri) {
          refused = url
          throw new Error(`The context ${url} is not fetched`)
        }
        return { document: await loadContext(), documentUrl: url }
      },
    } as ToRdfOptions
    const expanded = (await jsonld.expand(document as object, options)) as unknown
    const dataset = (await jsonld.toRDF(markDoubles(expanded) as object, options)) as unknown as JsonLdQuad[]
    return dataset.map(({ subject, predicate, object, graph }) =>
      DataFactory.quad(
        term(subject) as Quad_Subject,
        DataFactory.namedNode(predicate.value),
        term(object) as Quad_Object,
        graph.termType === 'DefaultGraph'
          ? DataFactory.defaultGraph()
          : (term(graph) as Quad_Subject as never),
      ),
    ) as Quad[]
  } catch (error) {
    throw refused === undefined
      ? new ParseError(`This is not JSON-LD: ${(error as Error).message}`, { place, cause: error })
      : new ParseError(`The document refers to the context ${refused}, and nothing is fetched from the web`, {
          place,
          advice: 'Put that context into the document, in the place of its address.',
          cause: error,
        })
  }

  function term({ termType, value, datatype, language }: JsonLdTerm) {
    if (termType === 'NamedNode') return DataFactory.namedNode(value)
    if (termType === 'BlankNode') return DataFactory.blankNode(value.replace(/^_:/, ''))
    if (language) return DataFactory.literal(value, language)
    const type = datatype?.value === SPELT_DOUBLE ? DOUBLE : datatype?.value
    return DataFactory.literal(value, type === undefined ? undefined : DataFactory.namedNode(type))
  }
}

const DOUBLE = `${NAMESPACES.xsd}double`
const SPELT_DOUBLE = 'urn:vampira:spelt-double'

/**
 * jsonld.js spells every xsd:double anew, with 15 digits and infinities as NaN, also one that the document spells out;
 * under another name such a one passes through it.
 */
function markDoubles(expanded: unknown): unknown {
  if (Array.isArray(expanded)) return expanded.map(markDoubles)
  if (typeof expanded !== 'object' || expanded === null) return expanded
  const node = expanded as Record<string, unknown>
  if (node['@type'] === '@json') return node
  if (node['@type'] === DOUBLE && typeof node['@value'] === 'string')
    return { ...node, '@type': SPELT_DOUBLE }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, markDoubles(value)]))
}

interface JsonLdTerm {
  termType: string
  value: string
  language?: string
  datatype?: { value: string }
}

interface JsonLdQuad {
  subject: JsonLdTerm
  predicate: JsonLdTerm
  object: JsonLdTerm
  graph: JsonLdTerm
}

function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
