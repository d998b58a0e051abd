import type { Row } from '../../sparql/answer.ts'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import { integerOf, numberOf, textOf } from '../read-row.ts'

/** A run, as far as it says whether what it made can be made again. */
export interface StoredRun {
  run: string
  pipeline: string
  version?: string
  environment?: string
  status: string
  started: string
  /** As JSON. */
  commandLine?: string
  workingDirectory?: string
  seconds?: number
  makings: Making[]
  readings: FileReading[]
}

/** That a component of a run made a file. */
export interface Making {
  run: StoredRun
  /** The component as it was called by one other. */
  part: string
  component: string
  version?: string
  calls: number
  /** Of all these calls. */
  seconds?: number
  /** Whether it was seen to write it; else it may have. */
  isSeen: boolean
  content: string
  url: string
  isScratch: boolean
  sizeBytes?: number
  format?: string
}

export interface FileReading {
  part: string
  content: string
  url: string
  /** Whether the store kept the content. */
  isKept: boolean
}

/** What all runs made and read, oldest run first. */
export interface StorageFacts {
  runs: ReadonlyMap<string, StoredRun>
}

export async function readStorageFacts(questions: Questions): Promise<StorageFacts> {
  const runs = new Map<string, StoredRun>()
  for (const row of await questions.ask('commands')) runs.set(text(row, 'run'), storedRun(row))
  for (const row of await questions.ask('file-steps')) {
    const run = runs.get(text(row, 'run'))
    const url = textOf(row, 'url')
    if (run === undefined || url === undefined) continue
    const [part, content, role] = [text(row, 'part'), text(row, 'content'), text(row, 'role')]
    if (role === 'used') run.readings.push({ part, content, url, isKept: text(row, 'kept') === 'true' })
    else run.makings.push(makingOf(row, run, { part, content, url, isSeen: role === 'generated' }))
  }
  return { runs }
}

function storedRun(row: Row): StoredRun {
  const seconds = secondsOf(row)
  const optional = Object.fromEntries(
    [
      ['version', textOf(row, 'pipelineVersion')],
      ...['environment', 'commandLine', 'workingDirectory'].map((name) => [name, textOf(row, name)]),
    ].filter(([, value]) => value !== undefined),
  ) as Pick<StoredRun, 'version' | 'environment' | 'commandLine' | 'workingDirectory'>
  return {
    run: text(row, 'run'),
    pipeline: text(row, 'pipeline'),
    status: text(row, 'status'),
    started: text(row, 'started'),
    ...optional,
    ...(seconds !== undefined && { seconds }),
    makings: [],
    readings: [],
  }
}

function makingOf(
  row: Row,
  run: StoredRun,
  known: Pick<Making, 'part' | 'content' | 'url' | 'isSeen'>,
): Making {
  const [version, format] = [textOf(row, 'version'), textOf(row, 'format')]
  const [seconds, sizeBytes] = [secondsOf(row), numberOf(row, 'sizeBytes')]
  return {
    ...known,
    run,
    component: text(row, 'function'),
    calls: integerOf(row, 'calls'),
    isScratch: text(row, 'scratch') === 'true',
    ...(version !== undefined && { version }),
    ...(seconds !== undefined && { seconds }),
    ...(sizeBytes !== undefined && { sizeBytes }),
    ...(format !== undefined && { format }),
  }
}

/** What a machine is rented for: one processor while it waits, several while they work. */
export function secondsOf(row: Row): number | undefined {
  const [wall, processor] = [numberOf(row, 'wallSeconds'), numberOf(row, 'cpuSeconds')]
  return wall === undefined && processor === undefined ? undefined : Math.max(wall ?? 0, processor ?? 0)
}

/** Contents that a run read and did not make. */
export function sourcesOf({ makings, readings }: StoredRun): FileReading[] {
  const made = new Set(makings.map(({ content }) => content))
  return readings.filter(({ content }) => !made.has(content))
}
