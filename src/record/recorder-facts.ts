import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { JournalError } from '../errors.ts'
import type {
  DigestLine,
  EnvironmentLine,
  FinishLine,
  GapLine,
  MeasurementLine,
  PeakLine,
  RecorderLine,
  RepositoryLine,
  RunLine,
} from '../journal/line.ts'
import { readSpool } from '../journal/read-spool.ts'
import { recorderSpool } from '../journal/spool-names.ts'
import type { Keeping } from './run.ts'

/** What the recorder wrote beside the agents. */
export interface RecorderFacts {
  run: RunLine
  environment: EnvironmentLine | undefined
  repositories: readonly RepositoryLine[]
  digests: readonly DigestLine[]
  /** What the store keeps, by SHA-256. */
  kept: ReadonlyMap<string, Keeping>
  peaks: readonly PeakLine[]
  measurements: readonly MeasurementLine[]
  finish: FinishLine | undefined
  gaps: readonly GapLine[]
}

/**
 * Reads recorder.jsonl of a journal.
 * @param fallback what was asked, for a journal that no recorder was beside.
 * @throws JournalError if neither says what was run.
 */
export function readRecorder(folder: string, fallback: RunLine | undefined): RecorderFacts {
  const file = join(folder, recorderSpool)
  let run: RunLine | undefined
  let environment: EnvironmentLine | undefined
  let finish: FinishLine | undefined
  const repositories: RepositoryLine[] = []
  const digests: DigestLine[] = []
  const kept = new Map<string, Keeping>()
  const peaks: PeakLine[] = []
  const measurements: MeasurementLine[] = []
  const gaps: GapLine[] = []
  if (existsSync(file)) {
    for (const line of readSpool(file) as Iterable<RecorderLine>) {
      if (line.kind === 'run') run = line
      else if (line.kind === 'environment') environment = line
      else if (line.kind === 'finish') finish = line
      else if (line.kind === 'repository') repositories.push(line)
      else if (line.kind === 'digest') digests.push(line)
      else if (line.kind === 'kept') kept.set(line.sha256, { as: line.as, because: line.because })
      else if (line.kind === 'peak') peaks.push(line)
      else if (line.kind === 'measurement') measurements.push(line)
      else if (line.kind === 'gap') gaps.push(line)
    }
  }
  run ??= fallback
  if (run === undefined) {
    throw new JournalError(`Cannot read journal ${folder}: ${recorderSpool} does not say what was run`, {
      place: { file, line: 1 },
      advice: 'The recorder was stopped before it had started the program; there is nothing to recover.',
    })
  }
  return { run, environment, repositories, digests, kept, peaks, measurements, finish, gaps }
}
