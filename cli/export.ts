import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import {
  findFileFormat,
  findFormat,
  FORMATS,
  isGzipName,
  openLocalStore,
  resolveRun,
  serializeGraphs,
  StoreError,
  UsageError,
} from '../src/index.ts'
import { didYouMean } from '../src/near-word.ts'
import type { Format, Part } from '../src/index.ts'
import type { CliCommand } from './command.ts'

interface ExportOptions {
  to?: string
  part?: string
  graph?: string
  output?: string
}

const writable = FORMATS.filter(({ uses }) => uses.includes('write'))
const names = writable.map(({ name }) => name)
const parts = ['record', 'summary', 'both'] as const

export const command: CliCommand<ExportOptions> = {
  arguments: '<run>',
  description:
    'Writes the record of a run, its summary or both in a syntax of RDF, to standard output or a file.',
  examples: [
    ['vampira export last --to turtle -o run.ttl', 'the record of the last run as Turtle'],
    ['vampira export cooling --to nquads --part both', 'record and summary, each in its named graph'],
    ['vampira export last --json', 'the record as JSON-LD'],
    ['vampira export last --to jsonld --graph default', 'for readers that look only at the default graph'],
  ],
  configure(command) {
    command
      .option('--to <format>', `${names.join(', ')} (default: by the name of the file, or turtle)`)
      .option('--part <part>', `${parts.join(', ')} (default: record)`)
      .option(
        '--graph <graph>',
        'named, or default: where the triples stand in trig, nquads and jsonld (default: named; turtle and ntriples have ' +
          'only the default graph)',
      )
      .option(
        '-o, --output <file>',
        'write to this file, compressed if it ends in .gz; it appears when it is whole',
      )
  },
  async run(terminal, [asked = ''], options) {
    const format = formatFor(options)
    const wanted = partsOf(options.part, format)
    const intoDefaultGraph = isDefaultGraph(options.graph, format, wanted)
    const store = await openLocalStore(options.store)
    const run = resolveRun(await store.runs(), asked)
    const graphs = await Promise.all(wanted.map((part) => store.graph(run.id, part)))
    const chunks = serializeGraphs(graphs, format.name, { intoDefaultGraph })
    if (options.output === undefined) {
      for await (const chunk of chunks) await terminal.write(chunk)
      return
    }
    const progress = terminal.progress(`Writing ${options.output}`)
    try {
      const bytes = await writeWhole(options.output, chunks, (written) => progress.update(`${written} bytes`))
      if (options.json === true) {
        await terminal.printJson({
          run: run.id,
          parts: wanted,
          format: format.name,
          file: options.output,
          bytes,
        })
      }
    } finally {
      progress.done()
    }
  },
}

function formatFor({ to, json, output }: ExportOptions & { json?: boolean }): Format {
  if (to !== undefined && to !== 'jsonld' && json === true && output === undefined) {
    throw new UsageError(`--json and --to ${to} are both given`, { advice: 'Leave one out.' })
  }
  const text = to ?? (json === true && output === undefined ? 'jsonld' : undefined)
  const found = text === undefined ? (findFileFormat(output ?? '') ?? findFormat('turtle')) : findFormat(text)
  if (found !== undefined && writable.includes(found)) return found
  throw new UsageError(`${text ?? found?.name} is not a format that can be written`, {
    advice: didYouMean(text ?? '', names, `Use ${names.join(', ')}`),
  })
}

function partsOf(text: string | undefined, format: Format): readonly Part[] {
  const part = parts.find((each) => each === (text ?? 'record'))
  if (part === undefined) {
    throw new UsageError(`${text} is not a part of what is stored of a run`, {
      advice: `Use ${parts.join(', ')}`,
    })
  }
  if (part !== 'both') return [part]
  if (format.graphs) return ['record', 'summary']
  throw new UsageError(`${format.name} cannot keep the record apart from its summary`, {
    advice: 'Use trig, nquads or jsonld for both, or write one part at a time',
  })
}

/** Whether the triples are to stand in the default graph, though the format has named ones. */
function isDefaultGraph(
  text: string | undefined,
  { name, graphs }: Format,
  wanted: readonly Part[],
): boolean {
  if (text !== undefined && text !== 'named' && text !== 'default') {
    throw new UsageError(`${text} is no place for the triples`, {
      advice: 'Use --graph named or --graph default',
    })
  }
  if (text === 'named' && !graphs) {
    throw new UsageError(`${name} has no named graphs`, { advice: 'Use trig, nquads or jsonld' })
  }
  if (text === 'default' && wanted.length > 1) {
    throw new UsageError('The default graph cannot keep the record apart from its summary', {
      advice: 'Write one part at a time with --part',
    })
  }
  return text === 'default'
}

/**
 * Writes beside the file and renames, so that a reader never meets half of it. A name that ends in `.gz` is compressed.
 *
 * @returns the bytes written
 */
async function writeWhole(
  file: string,
  chunks: AsyncIterable<string>,
  onProgress: (bytes: number) => void,
): Promise<number> {
  const draft = `${file}.${process.pid}.part`
  const stream = createWriteStream(draft)
  try {
    const counted = new Transform({
      transform(bytes: Buffer, _, done) {
        onProgress(stream.bytesWritten)
        done(null, bytes)
      },
    })
    const text = Readable.from(chunks, { objectMode: false })
    await (isGzipName(file) ? pipeline(text, createGzip(), counted, stream) : pipeline(text, counted, stream))
    await rename(draft, file)
    return stream.bytesWritten
  } catch (cause) {
    await rm(draft, { force: true })
    const { path, syscall } = cause as NodeJS.ErrnoException
    if (path !== draft && syscall !== 'write') throw cause
    throw new StoreError(`Cannot write ${file}: ${(cause as Error).message}`, {
      cause,
      place: { file },
      advice: 'Choose another place with -o',
    })
  }
}
