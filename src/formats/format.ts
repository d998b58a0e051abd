import { extname } from 'node:path'
import { UsageError } from '../errors.ts'

/** A way to write RDF down. */
export interface Format {
  name: 'turtle' | 'trig' | 'ntriples' | 'nquads' | 'jsonld' | 'rdfxml'
  mediaType: string
  /** File name extensions, the usual one first. */
  extensions: readonly string[]
  /** Whether it can say which graph a triple is in. */
  graphs: boolean
}

export interface ParseOptions {
  /** Name, media type or file name extension of the format. */
  format: string
  /** What the text came from, for messages. */
  file?: string
  /** Base of relative IRIs; without it, they are errors in Turtle and TriG. */
  baseIri?: string
  /** Hears of each prefix that the text declares. */
  onPrefix?: (prefix: string, namespace: string) => void
}

export const FORMATS: readonly Format[] = [
  { name: 'turtle', mediaType: 'text/turtle', extensions: ['ttl'], graphs: false },
  { name: 'trig', mediaType: 'application/trig', extensions: ['trig'], graphs: true },
  { name: 'nquads', mediaType: 'application/n-quads', extensions: ['nq'], graphs: true },
  { name: 'ntriples', mediaType: 'application/n-triples', extensions: ['nt'], graphs: false },
  { name: 'jsonld', mediaType: 'application/ld+json', extensions: ['jsonld', 'json'], graphs: true },
  { name: 'rdfxml', mediaType: 'application/rdf+xml', extensions: ['rdf', 'owl'], graphs: false },
]

/** The format of a name, a media type (parameters are ignored), a file name or an extension. */
export function findFormat(text: string): Format | undefined {
  const key = text.split(';', 1)[0]!.trim().toLowerCase()
  const extension = key.slice(key.lastIndexOf('.') + 1)
  return FORMATS.find(
    (format) => format.name === key || format.mediaType === key || format.extensions.includes(extension),
  )
}

/** The format that the ending of a file's name says. */
export function findFileFormat(file: string): Format | undefined {
  const extension = extname(file).slice(1).toLowerCase()
  return FORMATS.find(({ extensions }) => extensions.includes(extension))
}

/** @throws UsageError that lists the formats there are */
export function formatOf(text: string): Format {
  const format = findFormat(text)
  if (format !== undefined) return format
  throw new UsageError(`‹${text}› is not a format of RDF that can be read`, {
    advice: `There are ${FORMATS.map((each) => `${each.name} (.${each.extensions[0]})`).join(', ')}.`,
  })
}
