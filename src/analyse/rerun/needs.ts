import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import { textOf } from '../read-row.ts'
import type { Row } from '../../sparql/answer.ts'

/** The metadatum by which a rerun says of which run it is one. */
export const rerunOf = 'rerun-of'

/** A file that a run needs. */
export interface NeededFile {
  /** Relative to the folder of the sources, or to the working directory, or absolute. */
  path: string
  /** Hexadecimal. */
  sha256: string
  /** What the record says of its keeping; absent for a file of the project that was not loaded. */
  kept?: string
}

/** A package that a run loaded. */
export interface NeededPackage {
  /** Package URL. */
  url: string
  name: string
  version?: string
}

/** What running it again needs, as its record says. */
export interface RerunNeeds {
  run: string
  pipeline: string
  status: string
  command: readonly string[]
  directory: string
  sources: readonly NeededFile[]
  inputs: readonly NeededFile[]
  lockFiles: readonly NeededFile[]
  packages: readonly NeededPackage[]
  variables: Readonly<Record<string, string>>
  /** By the function that got them; a function may get several. */
  seeds: readonly { name: string; value: string }[]
  commit?: string
  repository?: string
  /** Facts of the machine: operatingSystem, machine, cpuModel, cpuCount, memoryBytes, container, interpreter. */
  machine: Readonly<Record<string, string>>
  /** full, adaptive or summary. */
  detail: 'full' | 'adaptive' | 'summary'
}

/** Undefined where the record does not say what was run */
export async function readNeeds(questions: Questions, run: string): Promise<RerunNeeds | undefined> {
  const facts = await questions.ask('run-facts', { run: [run] })
  const needs = await questions.ask('uc1-what-a-rerun-needs', { run: [run] })
  const fact = (group: string, name: string) =>
    textOf(
      facts.find((row) => text(row, 'group') === group && text(row, 'fact') === name) ?? {},
      'value',
    )?.replace(/^https:\/\/w3id\.org\/vampira#/, '')
  const of = (need: string) => needs.filter((row) => text(row, 'need') === need)
  const first = (need: string) => textOf(of(need)[0] ?? {}, 'value')
  const command = first('command line')
  const directory = first('working directory')
  if (command === undefined || directory === undefined) return undefined
  const commit = first('commit')
  const repository = first('repository')
  const detail = fact('record', 'detail')?.toLowerCase()
  return {
    run,
    pipeline: fact('pipeline', 'name') ?? '',
    status: fact('run', 'status') ?? '',
    command: JSON.parse(command) as string[],
    directory,
    sources: of('source file').map(fileOf),
    inputs: of('input file').map(fileOf),
    lockFiles: of('lock file').map(fileOf),
    packages: of('package').map((row) => {
      const version = textOf(row, 'value')
      return { url: text(row, 'thing'), name: text(row, 'name'), ...(version !== undefined && { version }) }
    }),
    variables: Object.fromEntries(of('variable').map((row) => [text(row, 'name'), text(row, 'value')])),
    seeds: of('seed').map((row) => ({ name: text(row, 'name'), value: text(row, 'value') })),
    ...(commit !== undefined && { commit }),
    ...(repository !== undefined && { repository }),
    machine: Object.fromEntries(
      facts
        .filter((row) => text(row, 'group') === 'environment' && text(row, 'fact') !== 'label')
        .map((row) => [text(row, 'fact'), text(row, 'value')]),
    ),
    detail: detail === 'full' || detail === 'summary' ? detail : 'adaptive',
  }
}

function fileOf(row: Row): NeededFile {
  const kept = textOf(row, 'kept')
  return { path: text(row, 'name'), sha256: text(row, 'value'), ...(kept !== undefined && { kept }) }
}

/** The run that this one was a rerun of, as its metadata say, and so on; itself where it was none. */
export async function originalOf(questions: Questions, run: string): Promise<string> {
  const seen = new Set<string>()
  for (let at = run; !seen.has(at);) {
    seen.add(at)
    const rows = await questions.ask('run-facts', { run: [at] })
    const row = rows.find((each) => text(each, 'group') === 'metadata' && text(each, 'fact') === rerunOf)
    if (row === undefined) return rows.length === 0 ? run : at
    at = `urn:uuid:${text(row, 'value')}`
  }
  return run
}
