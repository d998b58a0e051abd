import { text } from '../ask.ts'
import { textOf } from '../read-row.ts'
import type { Questions } from '../questions.ts'
import { plainNumber, type Factor } from './factor.ts'
import type { Trial } from './trial.ts'

/** A parameter whose values the run made itself: nobody chose them. */
export interface ComputedSetting {
  setting: string
  /** Name of the component that returned them. */
  by: string
}

/** Whose records are opened: a component that returned the value of a setting in so many is no coincidence. */
const recordsOpened = 3

/**
 * Those of the settings whose value a call returned, whatever the value was. Summaries do not tell it, so the records of a
 * few runs with different values are looked at. What a component returns as it got it is not made by it.
 */
export async function findComputed(
  questions: Questions,
  factors: readonly Factor[],
  trials: readonly Trial[],
): Promise<ComputedSetting[]> {
  const examples = new Map(factors.map((factor) => [factor, examplesOf(factor, trials)]))
  const given = await readCommandLines(questions, runsOf(examples))
  // What people wrote on the command line they chose, and no record need be opened for it.
  for (const [factor, all] of examples) {
    const { key } = factor.setting
    const isChosen = ({ run, settings, defaults }: Trial) =>
      defaults.has(key) || given.get(run)?.has(plainNumber(settings.get(key))!) === true
    if (all.length < 2 || all.every(isChosen)) examples.delete(factor)
  }
  const runs = runsOf(examples)
  if (runs.size === 0) return []
  const returned = new Map<string, Set<string>>()
  for (const row of await questions.ask('returned-values', { run: [...runs] })) {
    const value = plainNumber(textOf(row, 'value'))
    if (value === undefined) continue
    const key = `${text(row, 'run')}\n${value}`
    returned.set(key, (returned.get(key) ?? new Set()).add(text(row, 'name')))
  }
  return [...examples].flatMap(([{ setting }, all]) => {
    const makers = all.map((trial) => {
      const value = plainNumber(trial.settings.get(setting.key))!
      const names = returned.get(`${trial.run}\n${value}`) ?? new Set<string>()
      return [...names].filter((name) => !took(trial, name, value))
    })
    const by = makers[0]!.find((name) => makers.every((names) => names.includes(name)))
    return by === undefined ? [] : [{ setting: setting.key, by }]
  })
}

function runsOf(examples: ReadonlyMap<Factor, readonly Trial[]>): Set<string> {
  return new Set([...examples.values()].flatMap((all) => all.map(({ run }) => run)))
}

/** The words of the command line of each run, also what stands behind `=`. */
async function readCommandLines(
  questions: Questions,
  runs: ReadonlySet<string>,
): Promise<Map<string, Set<string>>> {
  const lines = new Map<string, Set<string>>()
  if (runs.size === 0) return lines
  for (const row of await questions.ask('run-facts', { run: [...runs] })) {
    if (text(row, 'fact') !== 'commandLine') continue
    const words = JSON.parse(text(row, 'value')) as string[]
    const all = words.flatMap((word) => [word, word.replace(/^[^=]*=/, '')])
    lines.set(text(row, 'run'), new Set(all.map((word) => plainNumber(word)!)))
  }
  return lines
}

/** Runs of one trial, each with another value. */
function examplesOf({ setting, groups }: Factor, trials: readonly Trial[]): Trial[] {
  const found = new Map<string, Trial>()
  for (const [at, trial] of trials.entries()) {
    const value = trial.settings.get(setting.key)
    if (groups[at]! < 0 || value === undefined || found.has(value)) continue
    if (found.size < recordsOpened) found.set(value, trial)
  }
  return [...found.values()]
}

/** Whether the component had this value as a parameter, too. */
function took({ settings }: Trial, component: string, value: string): boolean {
  return [...settings].some(([key, own]) => key.startsWith(`${component} `) && plainNumber(own) === value)
}
