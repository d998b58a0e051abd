import { dateTime } from '../rdf/literals.ts'
import type { Run, Status } from '../record/run.ts'

/** What an index of runs holds of a run whose graphs are written; a store's `RunEntry` is this. */
export interface DescribedRun {
  id: string
  name: string
  label: string
  startedAt: string
  endedAt?: string
  status: Status
  exitCode?: number
  wallSeconds?: number
  callCount: number
  commandLine: readonly string[]
  metadata?: Readonly<Record<string, string>>
  tripleCount: number
  canonicalHash?: string
}

export function describedRun(
  run: Run,
  id: string,
  callCount: number,
  tripleCount: number,
  canonicalHash: string | undefined,
): DescribedRun {
  const metadata = Object.fromEntries(run.metadata.map(({ name, value }) => [name, value.lexical]))
  return {
    id,
    name: run.pipeline.name,
    label: run.label,
    startedAt: dateTime(run.startedAt),
    ...(run.endedAt === undefined ? {} : { endedAt: dateTime(run.endedAt) }),
    status: run.status,
    ...(run.exitCode === undefined ? {} : { exitCode: run.exitCode }),
    ...(run.wall === undefined ? {} : { wallSeconds: Number(run.wall) / 1e9 }),
    callCount,
    commandLine: run.commandLine,
    ...(run.metadata.length === 0 ? {} : { metadata }),
    tripleCount,
    ...(canonicalHash === undefined ? {} : { canonicalHash }),
  }
}
