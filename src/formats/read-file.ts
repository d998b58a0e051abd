import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { createGunzip } from 'node:zlib'
import type { Quad } from '@rdfjs/types'
import { countOf } from '../count-of.ts'
import { ParseError, UsageError } from '../errors.ts'
import { whyUnreadable } from '../unreadable.ts'
import type { Format, LeftOut } from './format.ts'
import { FORMATS, findFileFormat, isGzipName } from './formats.ts'
import { parseBatches } from './parse.ts'

export interface FileOptions {
  /**
   * Makes reading lenient: broken lines of N-Triples and N-Quads, broken statements of Turtle and TriG, and statements
   * of JSON-LD with what is no IRI are left out, and this is called with a sentence for each, or for the number of them
   * where there are many.
   */
  onLeftOut?: (sentence: string) => void
}

/** Parts left out of one file that are told one by one. */
const mostTold = 10

/**
 * Reads a file of RDF. The ending of its name says the format, with `.gz` behind it where it is compressed; its address
 * is the base of relative IRIs.
 *
 * @throws UsageError for a file that cannot be read or has no known ending, ParseError with line and column
 */
export async function readRdfFile(file: string, options: FileOptions = {}): Promise<Quad[]> {
  const quads: Quad[] = []
  for await (const batch of parseRdfFile(file, options)) for (const quad of batch) quads.push(quad)
  return quads
}

/** Like readRdfFile, as many quads at once as there are at hand. */
export async function* parseRdfFile(
  file: string,
  { onLeftOut }: FileOptions = {},
): AsyncGenerator<readonly Quad[], void, undefined> {
  const format = findFileFormat(file)
  if (format === undefined) throw unknownFormat(file)
  const leftOut: LeftOut[] = []
  try {
    yield* parseBatches(readText(file), {
      format: format.name,
      file,
      baseIri: fileIri(file),
      ...(onLeftOut && { onLeftOut: (part) => leftOut.push(part) }),
    })
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const { message, place, cause, advice = adviceFor(format) } = error
    throw new ParseError(message, { ...(place && { place }), cause, advice })
  } finally {
    for (const sentence of tellLeftOut(file, leftOut)) onLeftOut?.(sentence)
  }
}

/** The error of a file whose name has none of the endings. */
export function unknownFormat(file: string): UsageError {
  const endings = FORMATS.filter(({ uses }) => uses.includes('read')).flatMap(({ extensions }) =>
    extensions.map((extension) => `.${extension}`),
  )
  return new UsageError(`Cannot tell the format of ${file} by its name`, {
    place: { file },
    advice: `Name it with one of ${endings.join(' ')}, and .gz behind it if it is compressed`,
  })
}

function adviceFor({ name, parts }: Format): string {
  return parts === undefined
    ? `Correct the text there: a file of ${name} is read whole or not at all.`
    : `Correct the text there; or give --lenient, which leaves out the ${parts} that are broken.`
}

function tellLeftOut(file: string, parts: readonly LeftOut[]): string[] {
  const told = parts.slice(0, mostTold).map((part) => {
    if (part.lastLine === undefined) {
      const where = part.line === undefined ? file : `${file}, line ${part.line}`
      return `statements are left out of ${where}: ${part.reason}`
    }
    const { line, lastLine, brokenLine, reason } = part
    const what = line === lastLine ? `line ${line} is` : `lines ${line} to ${lastLine} are`
    return `${what} left out of ${file}: ${reason}${line === lastLine ? '' : ` on line ${brokenLine}`}`
  })
  const more = parts.length - told.length
  return more === 0
    ? told
    : [...told, `${countOf(more, 'more broken part is', 'more broken parts are')} left out of ${file}`]
}

/** The address of a file, `file:///…`. */
export function fileIri(file: string): string {
  return pathToFileURL(resolve(file)).href
}

async function* readText(file: string): AsyncGenerator<string, void, undefined> {
  try {
    const bytes = createReadStream(file)
    // Errors end the iteration; the callback that `pipeline` wants has nothing to add.
    const plain = isGzipName(file) ? pipeline(bytes, createGunzip(), () => {}) : bytes
    yield* plain.setEncoding('utf8') as AsyncIterable<string>
  } catch (cause) {
    throw new UsageError(`Cannot read ${file}: ${whyUnreadable(cause)}`, { cause })
  }
}
