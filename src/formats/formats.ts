import { extname } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Format } from './format.ts'

/** The formats there are. */
export const FORMATS: readonly Format[] = [
  {
    name: 'turtle',
    mediaType: 'text/turtle',
    extensions: ['ttl'],
    graphs: false,
    uses: ['read', 'write'],
    parts: 'statements',
    load: () => import('./turtle.ts'),
  },
  {
    name: 'trig',
    mediaType: 'application/trig',
    extensions: ['trig'],
    graphs: true,
    uses: ['read', 'write'],
    parts: 'statements',
    load: () => import('./trig.ts'),
  },
  {
    name: 'nquads',
    mediaType: 'application/n-quads',
    extensions: ['nq'],
    graphs: true,
    uses: ['read', 'write'],
    parts: 'lines',
    load: () => import('./nquads.ts'),
  },
  {
    name: 'ntriples',
    mediaType: 'application/n-triples',
    extensions: ['nt'],
    graphs: false,
    uses: ['read', 'write'],
    parts: 'lines',
    load: () => import('./ntriples.ts'),
  },
  {
    name: 'jsonld',
    mediaType: 'application/ld+json',
    extensions: ['jsonld', 'json'],
    graphs: true,
    uses: ['read', 'write'],
    load: () => import('./jsonld/jsonld.ts'),
  },
  {
    name: 'rdfxml',
    mediaType: 'application/rdf+xml',
    extensions: ['rdf', 'owl'],
    graphs: false,
    uses: ['read'],
    load: () => import('./rdfxml.ts'),
  },
]

/** The format of a name, a media type (parameters are ignored), a file name or an extension. */
export function findFormat(text: string): Format | undefined {
  const key = text.split(';', 1)[0]!.trim().toLowerCase()
  const extension = key.slice(key.lastIndexOf('.') + 1)
  return FORMATS.find(
    (format) => format.name === key || format.mediaType === key || format.extensions.includes(extension),
  )
}

/** Whether the ending of a file's name says that it is compressed, as in `run.ttl.gz`. */
export function isGzipName(file: string): boolean {
  return extname(file).toLowerCase() === '.gz'
}

/** The format that the ending of a file's name says, before a last `.gz`. */
export function findFileFormat(file: string): Format | undefined {
  const extension = extname(isGzipName(file) ? file.slice(0, -'.gz'.length) : file)
    .slice(1)
    .toLowerCase()
  return FORMATS.find(({ extensions }) => extensions.includes(extension))
}

/**
 * The format of a name, a media type, a file name or an extension, to read or to write it.
 *
 * @throws UsageError that lists the formats that can be read, or written
 */
export function formatOf(text: string, use: 'read' | 'write' = 'read'): Format {
  const format = findFormat(text)
  if (format?.uses.includes(use)) return format
  const usable = FORMATS.filter(({ uses }) => uses.includes(use))
  throw new UsageError(`‹${text}› is not a format that can be ${use === 'read' ? 'read' : 'written'}`, {
    advice: `There are ${usable.map(({ name, extensions: [first] }) => `${name} (.${first})`).join(', ')}.`,
  })
}
