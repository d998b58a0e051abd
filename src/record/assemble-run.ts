import { textOf } from '../journal/journal-text.ts'
import type { Components } from './components.ts'
import { literalOf } from './literals.ts'
import type { PackageOwners } from './package-owners.ts'
import type { RecorderFacts } from './recorder-facts.ts'
import type { Environment, PipelineVersion, Run, SourceFile, Status } from './run.ts'
import { pathWithin } from './user-module.ts'

/** What was seen of the run as a whole while its journal was read. */
export type RunTotals = Pick<
  Run,
  | 'agents'
  | 'metadata'
  | 'seeds'
  | 'lockFiles'
  | 'quality'
  | 'gaps'
  | 'droppedEvents'
  | 'redacted'
  | 'memoryCurve'
> & {
  /** The first module that ran. */
  entry: string | undefined
  interpreter: string | undefined
  /** Of all processes that said so. */
  peakMemory: number | undefined
  cpu: number | undefined
  readBytes: number | undefined
  writtenBytes: number | undefined
}

/** Signals by which a program was stopped from outside, rather than failed by itself. */
const fromOutside = new Set(['SIGHUP', 'SIGINT', 'SIGKILL', 'SIGQUIT', 'SIGTERM', 'SIGXCPU'])

export function assembleRun(
  recorder: RecorderFacts,
  components: Components,
  packages: PackageOwners,
  totals: RunTotals,
): Run {
  const { run, finish, environment } = recorder
  const startedAt = BigInt(run.wall)
  const wall = finish === undefined ? undefined : BigInt(finish.at)
  return {
    id: run.id,
    base: run.base,
    label: `${run.name}, ${dayAndTime(startedAt)}`,
    detail: run.detail,
    startedAt,
    endedAt: wall === undefined ? undefined : startedAt + wall,
    status: statusOf(recorder),
    exitCode: finish?.status,
    signal: finish?.signal,
    commandLine: run.arguments.map(textOf),
    workingDirectory: textOf(run.directory),
    wall,
    cpu: bigintOf(finish?.cpu ?? totals.cpu),
    peakMemory: finish?.peak ?? totals.peakMemory,
    readBytes: finish?.readBytes ?? totals.readBytes,
    writtenBytes: finish?.writtenBytes ?? totals.writtenBytes,
    load: finish?.load && [finish.load[0] / 100, finish.load[1] / 100],
    memoryCurve: totals.memoryCurve,
    operator: { ...run.operator, iri: run.operator.iri },
    pipeline: describePipeline(recorder, components, totals.entry),
    environment: describeEnvironment(recorder, packages, totals.interpreter),
    variables: Object.entries(environment?.variables ?? {}).flatMap(([name, value]) => {
      const literal = literalOf(value)
      return literal === undefined ? [] : [{ name, value: literal }]
    }),
    seeds: totals.seeds,
    lockFiles: totals.lockFiles,
    hostHash: environment?.hostHash ?? run.operator.hostHash,
    recorderVersion: run.recorder,
    agents: totals.agents,
    metadata: [
      ...(run.metadata ?? []).flatMap(({ name, value }) => {
        const literal = literalOf(value)
        return literal === undefined ? [] : [{ name, value: literal }]
      }),
      ...totals.metadata,
    ],
    quality: totals.quality,
    gaps: [...recorder.gaps.map(({ reason }) => ({ reason })), ...totals.gaps],
    include: run.include ?? [],
    exclude: run.exclude ?? [],
    ignore: run.ignore ?? [],
    droppedEvents: totals.droppedEvents + recorder.gaps.reduce((sum, gap) => sum + (gap.dropped ?? 0), 0),
    redacted: totals.redacted + (run.redacted ?? 0),
  }
}

function statusOf({ finish }: RecorderFacts): Status {
  if (finish === undefined) return 'Interrupted'
  if (finish.signal !== undefined) return fromOutside.has(finish.signal) ? 'Interrupted' : 'Failed'
  return (finish.status ?? 0) === 0 ? 'Completed' : 'Failed'
}

function describePipeline(
  { run, repositories, kept }: RecorderFacts,
  components: Components,
  entry: string | undefined,
): PipelineVersion {
  const loaded = [...components.modules.values()]
  const [home] = repositories
  const tracked = home?.files
  const sources = new Map<string, SourceFile>()
  for (const [path, sha256] of Object.entries(tracked ?? {}))
    sources.set(path, { path, sha256, size: undefined, kept: kept.get(sha256) })
  for (const { file, isInProject } of loaded) {
    // A tracked file counts as it was when it was loaded; an untracked one is part of what ran all the same.
    if (isInProject || repositories.length === 0) sources.set(file.path, file)
  }
  const program = run.arguments[0]
  return {
    name: run.name,
    entry:
      entry ?? (program === undefined ? run.name : relativeTo(home && textOf(home.root), textOf(program))),
    sources: [...sources.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    repository: home?.origin,
    commit: home?.commit,
    uncommittedChanges: home?.dirty,
    diff: home?.diff,
  }
}

function describeEnvironment(
  { environment }: RecorderFacts,
  packages: PackageOwners,
  interpreter: string | undefined,
): Environment {
  const facts = environment?.facts
  return {
    os: facts?.os ?? 'unknown',
    machine: facts?.machine ?? 'unknown',
    cpuModel: facts?.cpuModel,
    cpuCount: facts?.cpuCount ?? 0,
    memoryBytes: facts?.memoryBytes ?? 0,
    interpreter: facts?.interpreter ?? interpreter,
    container: facts?.container,
    packages: packages.all,
  }
}

function relativeTo(folder: string | undefined, path: string): string {
  return (folder === undefined ? undefined : pathWithin(folder, path)) ?? path
}

function bigintOf(value: number | undefined): bigint | undefined {
  return value === undefined ? undefined : BigInt(value)
}

/** Written out: Intl's tables take 10 ms to open. */
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** 23 Nov 2026 20:14, UTC. */
function dayAndTime(nanoseconds: bigint): string {
  const date = new Date(Number(nanoseconds / 1_000_000n))
  const month = months[date.getUTCMonth()]
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  const time = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()} ${time}`
}
