import { readFile, stat } from 'node:fs/promises'
import { healedAt } from '../analyse/rerun/file-steps.ts'
import { compareContents, largestCompared } from '../contents/compare-contents.ts'
import { keepingOf, readKept } from '../open/kept-content.ts'
import { digestOf } from './find-content.ts'
import { moved } from './layout.ts'
import type { Moves } from './layout.ts'
import type { RerunPlan } from './plan-rerun.ts'
import type { FileOutcome } from './rerun.ts'

type Made = RerunPlan['made'][number]

/** What a program wrote to its standard output and error: files that nothing else made may have been these. */
export type Written = readonly Buffer[]

/** How to find what there was and is. */
export interface ComparisonPlaces {
  moves: Moves
  /** Folder of the contents that the store keeps. */
  contents: string
  tolerance: number
  written: Written
}

/** Sets every file that the run left beside the one that the rerun left. */
export async function compareMade(plan: RerunPlan, places: ComparisonPlaces): Promise<FileOutcome[]> {
  const outcomes: [Made, FileOutcome][] = []
  for (const file of plan.made) outcomes.push([file, await outcomeOf(file, plan, places)])
  const same = new Set(outcomes.flatMap(([{ was }, { outcome }]) => (outcome === 'same bytes' ? [was] : [])))
  const names = new Map(plan.made.map(({ was, path }) => [was, path]))
  return outcomes.map(([{ was }, found]) => {
    if (found.outcome === 'same bytes' || found.outcome === 'missing') return found
    const healed = healedAt(was, same, plan.steps).map((path) => names.get(path) ?? path)
    return healed.length === 0 ? found : { ...found, healedAt: healed }
  })
}

async function outcomeOf(file: Made, plan: RerunPlan, places: ComparisonPlaces): Promise<FileOutcome> {
  const { path, was, sha256, possible } = file
  const now = moved(was, places.moves)
  const digest = await digestOf(now)
  if (digest === undefined) return await outcomeOfStream(file, plan, places)
  if (sha256 === undefined)
    return { path, outcome: 'not known', because: 'the record does not say which bytes it was' }
  if (digest === sha256) return { path, outcome: 'same bytes' }
  const before = await readBefore(file, places.contents)
  if (before === undefined) {
    const because = `it is other bytes, and what it was is neither kept nor at its place`
    return {
      path,
      outcome: 'not known',
      because: possible ? `${because}; it may not be of this run` : because,
    }
  }
  if (typeof before === 'string' || (await stat(now)).size > largestCompared)
    return { path, outcome: 'different', because: 'it is other bytes; it is too large to look into' }
  return compared(path, [before, await readFile(now)], plan, places)
}

/** The file that its standard output or error was redirected to is not made by itself. */
async function outcomeOfStream(file: Made, plan: RerunPlan, places: ComparisonPlaces): Promise<FileOutcome> {
  const { path, possible } = file
  const before = await readBefore(file, places.contents)
  for (const written of places.written) {
    if (written.length === 0 || !Buffer.isBuffer(before)) continue
    if (before.equals(written)) return { path, outcome: 'same bytes' }
    const found = await compared(path, [before, written], plan, places)
    if (found.outcome === 'equivalent') return found
  }
  return possible
    ? { path, outcome: 'not known', because: 'it was not made now; it may not have been of this run' }
    : { path, outcome: 'missing' }
}

async function compared(
  path: string,
  contents: readonly [Buffer, Buffer],
  { layout }: RerunPlan,
  { tolerance, moves }: ComparisonPlaces,
): Promise<FileOutcome> {
  const folders = [layout.base, ...moves.map(([, to]) => to)]
  const comparison = await compareContents(path, contents, { tolerance, folders })
  return { path, outcome: comparison.equivalent ? 'equivalent' : 'different', comparison }
}

/** What it was: kept, or still at its place. */
async function readBefore(
  { was, sha256 }: Made,
  contents: string,
): Promise<Buffer | 'too large' | undefined> {
  if (sha256 === undefined) return undefined
  if (keepingOf(contents, sha256) === 'whole') return readKept(contents, sha256)
  if ((await digestOf(was)) !== sha256) return undefined
  return (await stat(was)).size > largestCompared ? 'too large' : readFile(was)
}
