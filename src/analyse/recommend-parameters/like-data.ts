import type { Input, Trial } from './trial.ts'

/** Trials that worked on like data have the same stratum: settings are compared within one only. */
export interface LikeData {
  /** `contents`: the same bytes; `size`: within a factor of two; `nothing read`: there were no inputs. */
  by: 'contents' | 'size' | 'nothing read'
  /** One for each trial, from 0. */
  strata: readonly number[]
}

/** Inputs that are as large, within such a factor, are like one another. */
export const likeSize = 2

/**
 * By the same contents where most trials share their inputs with others, else by the size of all inputs. A run that failed
 * may have read only some of the inputs of others.
 */
export function likeData(trials: readonly Trial[]): LikeData {
  if (trials.every(({ inputs }) => inputs.length === 0))
    return { by: 'nothing read', strata: numbered(trials.map(({ pipeline }) => pipeline)) }
  const contents = trials.map((trial) => setOf(trial, trials))
  const runsOf = new Map<string, Set<string>>()
  for (const [at, each] of contents.entries())
    runsOf.set(each, (runsOf.get(each) ?? new Set()).add(trials[at]!.run))
  const shared = contents.filter((each) => runsOf.get(each)!.size > 1).length
  if (shared >= trials.length / 2) return { by: 'contents', strata: numbered(contents) }
  return { by: 'size', strata: numbered(sizeClasses(trials)) }
}

/**
 * What a trial read, in one word. One that failed may have read only a part of it, or nothing yet: of the completed ones
 * that read all that it did, the one whose settings are most like its own read what it was to read.
 */
function setOf(trial: Trial, trials: readonly Trial[]): string {
  const own = wordOf(trial)
  if (trial.completed || trials.some((other) => other.completed && wordOf(other) === own)) return own
  let [whole, most] = [own, 0]
  for (const other of trials) {
    if (!other.completed || other.pipeline !== trial.pipeline) continue
    if (!trial.inputs.every(({ content }) => other.inputs.some((each) => each.content === content))) continue
    let same = 0
    for (const [key, value] of trial.settings) if (other.settings.get(key) === value) same++
    if (same > most) [whole, most] = [wordOf(other), same]
  }
  return whole
}

function wordOf({ pipeline, inputs }: Trial): string {
  return [pipeline, ...inputs.map(({ content }) => content).toSorted()].join('\n')
}

/** From the smallest on, a class holds what is at most twice its smallest. */
function sizeClasses(trials: readonly Trial[]): string[] {
  const order = [...trials.keys()].toSorted((a, b) => bytesOf(trials[a]!) - bytesOf(trials[b]!))
  const classes = trials.map(() => '')
  let smallest = -1
  for (const at of order) {
    const bytes = bytesOf(trials[at]!)
    if (smallest < 0 || bytes > smallest * likeSize) smallest = bytes
    classes[at] = `${trials[at]!.pipeline}\n${smallest}`
  }
  return classes
}

export function bytesOf({ inputs }: { inputs: readonly Input[] }): number {
  return inputs.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)
}

/** Whether a trial read something like this file: a file of the same ending, of half to twice its size. */
export function isOnDataLike(trial: Trial, file: { name: string; sizeBytes: number }): boolean {
  const ending = endingOf(file.name)
  return trial.inputs.some(
    ({ name, sizeBytes }) =>
      endingOf(name) === ending &&
      sizeBytes !== undefined &&
      sizeBytes <= file.sizeBytes * likeSize &&
      sizeBytes >= file.sizeBytes / likeSize,
  )
}

function endingOf(name: string): string {
  return /\.[^.]*$/.exec(name)?.[0].toLowerCase() ?? ''
}

function numbered(words: readonly string[]): number[] {
  const numbers = new Map<string, number>()
  return words.map((word) => {
    const known = numbers.get(word) ?? numbers.size
    numbers.set(word, known)
    return known
  })
}
