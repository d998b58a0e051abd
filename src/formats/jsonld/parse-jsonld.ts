import type { Quad, Quad_Object, Quad_Subject } from '@rdfjs/types'
import { ParseError, type Place } from '../../errors.ts'
import { XSD } from '../../rdf/vocabulary.ts'
import type { ParseOptions } from '../format.ts'
import { contextIri, loadContext } from './context.ts'
import { disguiseDoubles, disguiseIntegers, undisguise } from './exact-numbers.ts'

type ToRdfOptions = NonNullable<Parameters<(typeof import('jsonld'))['toRDF']>[1]>

/** Reads JSON-LD 1.1. Of all contexts only ours is known without being in the text; others are refused. */
export async function parseJsonLd(text: string, { file, baseIri }: ParseOptions): Promise<Quad[]> {
  const place = file === undefined ? {} : { file }
  const document = parseJson(text, place)
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
    const expanded = (await jsonld.expand(document, options)) as unknown
    const dataset = (await jsonld.toRDF(
      disguiseDoubles(expanded) as object,
      options,
    )) as unknown as JsonLdQuad[]
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
    const [lexical, type] = undisguise(value, datatype?.value ?? XSD.string)
    return DataFactory.literal(lexical, DataFactory.namedNode(type))
  }
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

/** @throws ParseError with line and column, where JavaScript says them */
function parseJson(text: string, place: Place): object {
  try {
    JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    const position = /end of JSON/i.test(message) ? text.length : /at position (\d+)/.exec(message)?.[1]
    throw new ParseError(`This is not JSON: ${message}`, {
      place: { ...place, ...(position === undefined ? {} : lineAndColumn(text, Number(position))) },
      advice: 'Correct the text there, or say which format it is.',
      cause: error,
    })
  }
  return JSON.parse(disguiseIntegers(text)) as object
}

function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
