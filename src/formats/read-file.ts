import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { createGunzip } from 'node:zlib'
import type { Quad } from '@rdfjs/types'
import { UsageError } from '../errors.ts'
import { whyUnreadable } from '../unreadable.ts'
import { FORMATS, findFileFormat, isGzipName } from './formats.ts'
import { readQuads } from './parse.ts'

/**
 * Reads a file of RDF. The ending of its name says the format, with `.gz` behind it where it is compressed; its address
 * is the base of relative IRIs.
 *
 * @throws UsageError for a file that cannot be read or has no known ending, ParseError with line and column
 */
export async function readRdfFile(file: string): Promise<Quad[]> {
  const format = findFileFormat(file)
  if (format === undefined) {
    const endings = FORMATS.filter(({ uses }) => uses.includes('read')).flatMap(({ extensions }) =>
      extensions.map((extension) => `.${extension}`),
    )
    throw new UsageError(`Cannot tell the format of ${file} by its name`, {
      place: { file },
      advice: `Name it with one of ${endings.join(' ')}, and .gz behind it if it is compressed`,
    })
  }
  return readQuads(readText(file), { format: format.name, file, baseIri: fileIri(file) })
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
