import type { Setting, Trial } from './trial.ts'

/** A setting that had several values, or settings that always had the same: what a trial may depend on. */
export interface Factor {
  /** The outermost of the user's components that has it. */
  setting: Setting
  /** Where the same value was passed on to. */
  alsoIn: readonly Setting[]
  /** Which of the levels each trial had; −1 where the setting had no value. */
  groups: readonly number[]
  levels: readonly Level[]
  /** Whether all its values are numbers. */
  numeric: boolean
}

/** A value, or numbers that lie beside one another. */
export interface Level {
  /** The value, or the smallest and the largest. */
  value: string
  to?: string
  /** Whether some trials left it to the default. */
  isDefault: boolean
}

/** Of more different numbers, or of fewer trials of each, neighbours are looked at together. */
const mostLevels = 12
const fewestTrials = 3
const rangesOfNumbers = 5

/** Settings that had more than one value, those that are one and the same once. */
export function factorsOf(
  trials: readonly Trial[],
  settings: ReadonlyMap<string, Setting>,
): { factors: Factor[]; constant: number; everNew: number } {
  const kept: { setting: Setting; values: readonly (string | undefined)[]; alsoIn: Setting[] }[] = []
  let [constant, everNew] = [0, 0]
  const ordered = [...settings.values()].toSorted(
    (a, b) => Number(b.own) - Number(a.own) || a.order - b.order || (a.key < b.key ? -1 : 1),
  )
  for (const setting of ordered) {
    const values = trials.map(({ settings: all }) => plainNumber(all.get(setting.key)))
    const present = values.filter((each) => each !== undefined)
    const different = new Set(present)
    if (different.size < 2) constant++
    else if (!present.every(isNumber) && different.size > present.length / 2) everNew++
    else {
      const same = kept.find((each) => isSame(each.values, values))
      if (same === undefined) kept.push({ setting, values, alsoIn: [] })
      else {
        same.alsoIn.push(setting)
        same.values = same.values.map((value, at) => value ?? values[at])
      }
    }
  }
  return {
    factors: kept.map(({ setting, values, alsoIn }) => ({
      setting,
      alsoIn,
      ...levelsOf(values, trials, setting),
    })),
    constant,
    everNew,
  }
}

/** Whether two settings agree wherever both have a value, and mostly both have one: a run may fail, or go, past one. */
function isSame(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): boolean {
  const shared = new Set<string>()
  let [both, any] = [0, 0]
  for (const [at, value] of a.entries()) {
    const other = b[at]
    if (value !== undefined || other !== undefined) any++
    if (value === undefined || other === undefined) continue
    if (value !== other) return false
    shared.add(value)
    both++
  }
  return shared.size > 1 && both >= any / 2
}

function levelsOf(
  values: readonly (string | undefined)[],
  trials: readonly Trial[],
  setting: Setting,
): Pick<Factor, 'groups' | 'levels' | 'numeric'> {
  const present = values.filter((each) => each !== undefined)
  const numeric = present.every(isNumber)
  const different = [...new Set(present)].toSorted((a, b) =>
    numeric ? Number(a) - Number(b) : a < b ? -1 : 1,
  )
  const ranges =
    numeric &&
    different.length > rangesOfNumbers &&
    (different.length > mostLevels || present.length < different.length * fewestTrials)
      ? rangesOf(different, present)
      : different.map((each) => [each])
  const levelOf = new Map(ranges.flatMap((range, level) => range.map((value) => [value, level] as const)))
  const groups = values.map((value) => (value === undefined ? -1 : levelOf.get(value)!))
  return {
    groups,
    numeric,
    levels: ranges.map((range, level) => ({
      value: range[0]!,
      ...(range.length > 1 && { to: range.at(-1)! }),
      isDefault: trials.some(({ defaults }, at) => groups[at] === level && defaults.has(setting.key)),
    })),
  }
}

/** Neighbouring numbers, about as many trials in each range. */
function rangesOf(different: readonly string[], all: readonly string[]): string[][] {
  const counts = new Map<string, number>()
  for (const value of all) counts.set(value, (counts.get(value) ?? 0) + 1)
  const ranges: string[][] = []
  let before = 0
  for (const value of different) {
    const range = Math.min(rangesOfNumbers - 1, Math.floor((before / all.length) * rangesOfNumbers))
    ;(ranges[range] ??= []).push(value)
    before += counts.get(value)!
  }
  return ranges.filter((range) => range !== undefined)
}

function isNumber(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value))
}

/** `1`, `1.0` and `1.0E0` are one number. */
export function plainNumber(value: string | undefined): string | undefined {
  return value !== undefined && isNumber(value) ? String(Number(value)) : value
}
