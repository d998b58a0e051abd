import { readFileSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DigestLine, EnvironmentLine, RecorderLine, RunLine } from '../journal/line.ts'
import { textOf } from '../journal/journal-text.ts'
import { recorderSpool } from '../journal/spool-names.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { completeEnvironment, readEnvironment } from './environment.ts'
import { findScript } from './find-script.ts'
import { findProject, findRepositoryRoot } from './project/project.ts'
import { RecorderSpool } from './recorder-spool.ts'
import { Recording } from './recording.ts'

/** What a dead recorder had written down. */
interface Remains {
  run: RunLine
  environment: EnvironmentLine | undefined
  hasRepository: boolean
  digests: DigestLine[]
}

/**
 * Does what the recorder of a journal did not live to do: reads the files that are still what the journal saw, finds
 * the packages. It adds nothing that is no longer known: no end of the run, no git state.
 * @returns the run's line; undefined when the recorder died before it was whole, so that nothing was recorded
 */
export async function completeAbandonedJournal(
  journal: string,
  options: { digests?: string | undefined; clock?: Clock; progress?: (text: string) => void },
): Promise<RunLine | undefined> {
  const clock = options.clock ?? systemClock
  const remains = readRemains(join(journal, recorderSpool))
  if (remains === undefined) return undefined
  const { run } = remains
  const spool = new RecorderSpool(journal, clock)
  const recording = new Recording({ journal, spool, clock, digests: options.digests })
  for (const { path, stat } of remains.digests) recording.skip(path, stat)
  await recording.catchUp()
  if (!remains.hasRepository) spool.append(await projectOf(run))
  await recording.drain(options.progress ?? (() => {}))
  const environment = remains.environment ?? readEnvironment({})
  spool.append(await completeEnvironment(environment, recording))
  spool.close()
  if (spool.failure !== undefined) throw spool.failure
  return run
}

/** The recorder's lines, with a torn last one cut off so that others can follow. */
function readRemains(path: string): Remains | undefined {
  let text: Buffer
  try {
    text = readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const whole = text.lastIndexOf(0x0a) + 1
  if (whole === 0) return undefined
  if (whole < text.length) truncateSync(path, whole)
  const lines = text
    .toString('utf8', 0, whole - 1)
    .split('\n')
    .flatMap((line) => parse(line))
  const run = lines.find((line) => line.kind === 'run')
  if (run === undefined) return undefined
  return {
    run,
    environment: lines.findLast((line) => line.kind === 'environment'),
    hasRepository: lines.some((line) => line.kind === 'repository'),
    digests: lines.filter((line) => line.kind === 'digest'),
  }
}

function parse(line: string): RecorderLine[] {
  try {
    return [JSON.parse(line) as RecorderLine]
  } catch {
    // The reader of the journal says so, with its place.
    return []
  }
}

async function projectOf(run: RunLine): Promise<RecorderLine> {
  const directory = textOf(run.directory)
  const { script } = findScript(run.arguments.map(textOf), directory)
  const home = script === undefined ? directory : dirname(script)
  const { name, root } = await findProject(home, findRepositoryRoot(home))
  return { kind: 'repository', project: name, root }
}
