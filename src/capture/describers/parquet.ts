import type { FileMetaData } from 'hyparquet'
import type { ColumnFacts, Describer, Facts } from './describer.ts'

const mostColumns = 200
/** Bytes of a footer: that of a table with very many columns and row groups. */
const largestFooter = 16 << 20

/**
 * Columns and rows of a Parquet file, and what its writer says of the numbers in it: smallest, largest, and how many are
 * missing, of all rows. All of it stands in the footer (https://parquet.apache.org/docs/file-format/metadata), so that
 * no data are read, whatever they are compressed with.
 */
export const parquetDescriber: Describer = {
  name: 'ParquetDescriber',
  formats: ['application/vnd.apache.parquet'],
  async describe({ file, size }) {
    const { parquetMetadataAsync } = await import('hyparquet')
    const metadata = await parquetMetadataAsync({
      byteLength: size,
      async slice(start, end = size) {
        if (end - start > largestFooter) throw new Error('a footer of more than 16 MiB')
        const bytes = new ArrayBuffer(end - start)
        await file.read(Buffer.from(bytes), 0, end - start, start)
        return bytes
      },
    })
    return describeTable(metadata)
  },
}

function describeTable({ num_rows, schema, row_groups }: FileMetaData): Facts {
  const tallies = new Map<string, FooterTally>()
  for (const { columns } of row_groups) {
    for (const { meta_data } of columns) {
      if (meta_data === undefined) continue
      const name = meta_data.path_in_schema.join('.')
      let tally = tallies.get(name)
      if (tally === undefined) {
        if (tallies.size === mostColumns) break
        tallies.set(name, (tally = new FooterTally(name)))
      }
      tally.add(Number(meta_data.num_values), meta_data.statistics)
    }
  }
  const columnStatistics = [...tallies.values()].flatMap((tally) => tally.read() ?? [])
  return {
    rowCount: Number(num_rows),
    columns: topLevel(schema),
    ...(columnStatistics.length > 0 && { columnStatistics }),
  }
}

/** The children of the root: the schema is a tree, written depth first. */
function topLevel(schema: FileMetaData['schema']): string[] {
  const names: string[] = []
  let at = 1
  const skip = (): void => {
    for (let left = schema[at++]?.num_children ?? 0; left > 0; left--) skip()
  }
  while (at < schema.length) {
    names.push(schema[at]?.name ?? '')
    skip()
  }
  return names
}

type Statistics = NonNullable<
  FileMetaData['row_groups'][number]['columns'][number]['meta_data']
>['statistics']

/** One column over all row groups. What one group does not say is not known of the column. */
class FooterTally {
  readonly #name: string
  #values = 0
  #missing: number | undefined = 0
  #range: [minimum: number, maximum: number] | undefined = [Infinity, -Infinity]

  constructor(name: string) {
    this.#name = name
  }

  add(values: number, statistics: Statistics): void {
    this.#values += values
    const { null_count: missing } = statistics ?? {}
    this.#missing =
      missing === undefined || this.#missing === undefined ? undefined : this.#missing + Number(missing)
    if (missing !== undefined && Number(missing) === values) return
    const [minimum, maximum] = [
      numberOf(statistics?.min_value ?? statistics?.min),
      numberOf(statistics?.max_value ?? statistics?.max),
    ]
    this.#range =
      minimum === undefined || maximum === undefined || this.#range === undefined
        ? undefined
        : [Math.min(minimum, this.#range[0]), Math.max(maximum, this.#range[1])]
  }

  /** Undefined where nothing is known but the name. */
  read(): ColumnFacts | undefined {
    const [minimum, maximum] = this.#range ?? [Infinity, -Infinity]
    const facts = {
      ...(Number.isFinite(minimum) && Number.isFinite(maximum) && { minimum, maximum }),
      ...(this.#missing !== undefined && this.#values > 0 && { missingShare: this.#missing / this.#values }),
    }
    return Object.keys(facts).length === 0 ? undefined : { name: this.#name, ...facts }
  }
}

/** Numbers only: not dates, texts and truth values. */
function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined
}
