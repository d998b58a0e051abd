import type { QueryEngine } from '../query/engine.ts'
import { groupBy } from '../group-by.ts'
import type { Row } from '../sparql/answer.ts'
import { ask, text } from './ask.ts'
import { dataFacts, dataFactsOf, type DataFacts } from './data-facts.ts'
import { readOverviews, type ListedFile } from './overviews.ts'
import { integerOf, numberOf, textOf } from './read-row.ts'

/** A run as people look at it: its facts, its functions, its files, its surroundings. */
export interface RunInspection {
  /** The run's IRI. */
  id: string
  /** Facts by group and name, as text; see queries/run-facts.rq for which. */
  facts: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** In order of first start. */
  functions: readonly FunctionOverview[]
  files: readonly FileOverview[]
  packages: readonly { name: string; version?: string }[]
}

/** A component as one other called it. */
export interface FunctionOverview {
  /** IRI of its node in the summary. */
  part: string
  name: string
  caller?: string
  calls: number
  failures: number
  /** Parameters with their value, or with how many values they had: `std=2.5, image=(4 values)`. */
  inputs?: string
  version?: string
  totalSeconds?: number
  selfSeconds?: number
  /** Seconds of a call at 0.05, 0.25, 0.5, 0.75, 0.95. */
  quantiles?: readonly number[]
  peakMemoryBytes?: number
  /** Contents read and written, by the URL they were at. */
  used: readonly FileAt[]
  generated: readonly FileAt[]
}

export interface FileAt {
  content: string
  url?: string
}

export interface FileOverview {
  /** As the run called it. */
  path?: string
  /** Source: read, not made. Product: made and left behind. Intermediate: made and read. */
  role: 'source' | 'product' | 'intermediate'
  content?: string
  sizeBytes?: number
  format?: string
  holds?: DataFacts
  /** Name of what wrote it; of all that may have, where nothing says which. */
  maker?: string
  /** Nothing says that it is of this run but that it changed meanwhile. */
  possible?: true
  /** Calls that read it. */
  uses: number
}

/** @param run IRI of a run that the engine's sources have; its record is read where its summary does not list its files. */
export async function inspectRun(engine: QueryEngine, run: string): Promise<RunInspection> {
  // One after the other: a local engine answers one at a time anyway, and a server is spared.
  const facts = await ask(engine, 'run-facts', { run: [run] })
  const overview = await ask(engine, 'overview', { run: [run] })
  const flow = await ask(engine, 'file-flow', { run: [run] })
  const { files, packages } = (await readOverviews(engine, [run])).get(run) ?? {}
  return {
    id: run,
    facts: groupFacts(facts),
    functions: overview.map((row) => functionOf(row, flow)),
    files: files === undefined ? await readFiles(engine, run) : listFiles(files),
    packages:
      packages?.map(([name, version]) => present({ name, version })) ?? (await readPackages(engine, run)),
  }
}

/** From the record. */
async function readFiles(engine: QueryEngine, run: string): Promise<FileOverview[]> {
  const sources = await ask(engine, 'data-sources', { run: [run] })
  const made = await ask(engine, 'data-products', { run: [run] })
  return [...sources.map((row) => fileOf(row, 'source')), ...productsOf(made)]
}

/** From the record. */
async function readPackages(engine: QueryEngine, run: string): Promise<RunInspection['packages']> {
  const surroundings = await ask(engine, 'environment', { run: [run] })
  return surroundings
    .filter((row) => textOf(row, 'aspect') === 'package')
    .map((row) => present({ name: text(row, 'name'), version: textOf(row, 'value') }))
}

/** What was read, then what was made, each in the order of the list. */
function listFiles(files: readonly ListedFile[]): FileOverview[] {
  const isRead = ({ role }: ListedFile) => role === 'read'
  return [...files.filter(isRead), ...files.filter((file) => !isRead(file))].map((file) => {
    const { path, role, uses, maker, content, sizeBytes, format } = file
    const shown: FileOverview['role'] = role === 'read' ? 'source' : uses === 0 ? 'product' : 'intermediate'
    return present({
      path,
      role: shown,
      content,
      sizeBytes,
      format,
      holds: dataFacts((name) => file[name]),
      maker,
      possible: role === 'possibly made' || undefined,
      uses,
    })
  })
}

function groupFacts(rows: readonly Row[]): Record<string, Record<string, string>> {
  const facts: Record<string, Record<string, string>> = {}
  for (const row of rows) {
    const group = (facts[text(row, 'group')] ??= {})
    const fact = text(row, 'fact')
    const value = text(row, 'value').replace(/^https:\/\/w3id\.org\/vampira#/, '')
    // Several gaps, agents or repositories: none is lost.
    group[fact] = Object.hasOwn(group, fact) ? `${group[fact]}; ${value}` : value
  }
  return facts
}

function functionOf(row: Row, flow: readonly Row[]): FunctionOverview {
  const part = text(row, 'part')
  const files = (role: string) =>
    flow
      .filter((each) => textOf(each, 'part') === part && textOf(each, 'role') === role)
      .map((each) => present({ content: text(each, 'content'), url: textOf(each, 'url') }))
  const quantiles = textOf(row, 'wallSecondsQuantiles')
  return present({
    part,
    name: text(row, 'function'),
    caller: textOf(row, 'caller'),
    calls: integerOf(row, 'occurrence'),
    failures: integerOf(row, 'failures'),
    inputs: textOf(row, 'inputs'),
    version: textOf(row, 'version'),
    totalSeconds: numberOf(row, 'totalSeconds'),
    selfSeconds: numberOf(row, 'selfSeconds'),
    quantiles: quantiles === undefined ? undefined : (JSON.parse(quantiles) as number[]),
    peakMemoryBytes: numberOf(row, 'peakMemoryBytes'),
    used: files('used'),
    generated: files('generated'),
  })
}

/** Files that a run made; one that several calls may have made stands once. */
function productsOf(rows: readonly Row[]): FileOverview[] {
  return [...groupBy(rows, (row) => text(row, 'file')).values()].map((several) => {
    const [row = {}] = several
    const product = fileOf(row, integerOf(row, 'uses') === 0 ? 'product' : 'intermediate')
    const makers = new Set(several.flatMap((each) => textOf(each, 'makerName') ?? []))
    return { ...product, ...(makers.size > 0 && { maker: [...makers].join(' or ') }) }
  })
}

function fileOf(row: Row, role: FileOverview['role']): FileOverview {
  return present({
    path: textOf(row, 'path'),
    role,
    content: textOf(row, 'content'),
    sizeBytes: numberOf(row, 'sizeBytes'),
    format: textOf(row, 'format'),
    holds: dataFactsOf(row),
    maker: textOf(row, 'makerName'),
    possible: textOf(row, 'strength') === 'possible' || undefined,
    uses: integerOf(row, 'uses'),
  })
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Without the properties that are undefined, which a reader of JSON never sees. */
function present<T extends object>(all: T): Present<T> {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Present<T>
}
