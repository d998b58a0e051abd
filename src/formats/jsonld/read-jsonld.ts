import { ParseError } from '../../errors.ts'
import { brokenText } from '../broken-text.ts'
import { copyQuad, type ForeignQuad } from '../copy-quad.ts'
import type { LeftOut, Read } from '../format.ts'
import { readAll } from '../read-all.ts'
import { BrokenIris, type JsonLdEvent } from './broken-iris.ts'
import { contextIri, loadContext } from './context.ts'
import { disguiseDoubles, disguiseIntegers, undisguise } from './exact-numbers.ts'

type ToRdfOptions = NonNullable<Parameters<(typeof import('jsonld'))['toRDF']>[1]>

/** Reads JSON-LD 1.1. Of all contexts only ours is known without being in the text; others are refused. */
export const readJsonLd: Read = async function* (input, { file, baseIri, onLeftOut }) {
  const text = await readAll(input)
  const document = parseJson(text, file)
  const [{ default: jsonld }, { DataFactory }] = await Promise.all([import('jsonld'), import('n3')])
  let refused: string | undefined
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
  const broken = new BrokenIris()
  const eventHandler = ({ event }: { event: JsonLdEvent }) => broken.hear(event)
  let quads: ForeignQuad[]
  try {
    const heard = { ...options, eventHandler } as ToRdfOptions
    const expanded = disguiseDoubles(await jsonld.expand(document, heard))
    quads = (await jsonld.toRDF(expanded as object, heard)) as ForeignQuad[]
  } catch (error) {
    if (refused === undefined) {
      throw brokenText(`This is not JSON-LD: ${(error as Error).message}`, { file }, error)
    }
    throw new ParseError(
      `The document refers to the context ${refused}, and nothing is fetched from the web`,
      {
        ...(file === undefined ? {} : { place: { file } }),
        advice: 'Put that context into the document, in the place of its address.',
        cause: error,
      },
    )
  }
  const sound = quads
    .map((quad) => ({ ...quad, object: undisguise(quad.object) }))
    .filter((quad) => broken.isSound(quad))
  for (const part of broken.in(text)) {
    if (onLeftOut === undefined) throw brokenIri(part, file)
    onLeftOut(part)
  }
  yield sound.map((quad) => copyQuad(quad, DataFactory))
}

function brokenIri({ reason, line }: LeftOut, file: string | undefined): ParseError {
  return new ParseError(reason, {
    place: { ...(file !== undefined && { file }), ...(line !== undefined && { line }) },
    advice: 'Correct it; or give --lenient, which leaves out the statements that have it.',
  })
}

/** @throws ParseError with line and column, where JavaScript says them */
function parseJson(text: string, file: string | undefined): object {
  try {
    JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    const position = /end of JSON/i.test(message) ? text.length : /at position (\d+)/.exec(message)?.[1]
    const at = position === undefined ? {} : lineAndColumn(text, Number(position))
    throw brokenText(`This is not JSON: ${message}`, { file, ...at }, error)
  }
  return JSON.parse(disguiseIntegers(text)) as object
}

function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
