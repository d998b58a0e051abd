import { UsageError } from '../../errors.ts'
import { countOf, formatCount } from '../../count-of.ts'
import { didYouMean } from '../../near-word.ts'
import type { RunCosts, RunInputs } from './run-costs.ts'

/** What a prediction is asked for. */
export interface Wanted {
  /** Absent: as in the latest run. */
  inputs?: RunInputs
  /** Settings by name, `std` or `survey.smooth std`; others as in the latest run. */
  settings: Readonly<Record<string, string>>
}

/** What may explain a cost: the size of the inputs, their number, and settings. */
interface Column {
  /** `input size`, `survey std`. */
  name: string
  /** Settings that have the same value in every run. */
  aliases: string[]
  values: readonly number[]
  /** Of what is asked for. */
  wanted: number
}

/** Costs of runs as rows of numbers, beside the row of what is asked for. */
export interface Explaining {
  columns: readonly Column[]
  rows: ReadonlyMap<string, readonly number[]>
  wanted: readonly number[]
  inputs: RunInputs
  /** What is asked for and was never recorded: `80 MB of input; 0.6 to 3.2 MB were seen`. */
  outside: readonly Outside[]
}

export interface Outside {
  what: string
  wanted: string
  seen: string
}

/** A size may exceed what was seen by so much: lines and neighbours hold a little further than they were measured. */
const slack = 1.25
const mostWords = 5
const fewestOfAWord = 3

/**
 * @param runs the latest first
 * @throws UsageError for a setting that no component has
 */
export function explain(runs: readonly RunCosts[], wanted: Wanted): Explaining {
  const [latest] = runs
  const inputs = wanted.inputs ?? latest?.inputs ?? { files: 0, bytes: 0 }
  const given = givenSettings(runs, wanted.settings)
  const sizes = runs.map((run) => run.inputs.bytes)
  const outside = [
    ...sizeOutside('the size of the input', inputs.bytes, sizes),
    ...settingsOutside(runs, wanted.settings),
  ]
  const columns: Column[] = [
    {
      name: 'input size',
      aliases: [],
      values: sizes.map((bytes) => Math.log(1 + bytes)),
      wanted: Math.log(1 + inputs.bytes),
    },
  ]
  const files = runs.map((run) => run.inputs.files)
  if (new Set(files).size > 1)
    columns.push({ name: 'input files', aliases: [], values: files, wanted: inputs.files })
  for (const key of keysOf(runs)) {
    const values = runs.map(({ settings }) => settings.get(key))
    const seen = [...new Set(values.filter((value) => value !== undefined))]
    if (seen.length < 2 || values.includes(undefined)) continue
    const mine = given.get(key) ?? values[0]!
    for (const column of columnsOf(key, values as string[], seen, mine)) addColumn(columns, column)
  }
  return {
    columns,
    rows: new Map(runs.map(({ run }, at) => [run, columns.map(({ values }) => values[at]!)])),
    wanted: columns.map((column) => column.wanted),
    inputs,
    outside,
  }
}

/** Says where a size is larger or smaller than all that were seen. */
export function sizeOutside(what: string, wanted: number, seen: readonly number[]): Outside[] {
  const [low, high] = [Math.min(...seen), Math.max(...seen)]
  if (wanted <= high * slack && wanted >= low / slack) return []
  return [
    {
      what,
      wanted: countOf(Math.round(wanted), 'byte'),
      seen: low === high ? `always ${formatCount(low)}` : `${formatCount(low)} to ${formatCount(high)}`,
    },
  ]
}

function keysOf(runs: readonly RunCosts[]): Set<string> {
  return new Set(runs.flatMap(({ settings }) => [...settings.keys()]))
}

/** Keys of the settings that a name means: of all components that have one so named. */
function keysNamed(name: string, keys: Iterable<string>): string[] {
  return [...keys].filter((key) => key === name || key.endsWith(` ${name}`))
}

/** By the keys that each given name means. */
function givenSettings(runs: readonly RunCosts[], wanted: Wanted['settings']): Map<string, string> {
  const keys = keysOf(runs)
  const found = new Map<string, string>()
  for (const [name, value] of Object.entries(wanted)) {
    const meant = keysNamed(name, keys)
    if (meant.length === 0)
      throw new UsageError(`No component had a setting named ${name}`, {
        advice: didYouMean(
          name,
          [...keys].map((key) => key.replace(/^.* /, '')),
          '`vampira query parameter-values` shows the settings.',
        ),
      })
    for (const key of meant) found.set(key, value)
  }
  return found
}

function settingsOutside(runs: readonly RunCosts[], wanted: Wanted['settings']): Outside[] {
  return Object.entries(wanted).flatMap(([what, value]): Outside[] => {
    const values = keysNamed(what, keysOf(runs)).flatMap((key) =>
      runs.map(({ settings }) => settings.get(key)),
    )
    const seen = [...new Set(values.filter((each) => each !== undefined))]
    const numbers = seen.map(Number)
    if (value !== '' && [...numbers, Number(value)].every(Number.isFinite)) {
      const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
      if (Number(value) >= low && Number(value) <= high) return []
      return [{ what, wanted: value, seen: low === high ? `always ${low}` : `${low} to ${high}` }]
    }
    return seen.includes(value) ? [] : [{ what, wanted: value, seen: seen.slice(0, mostWords).join(', ') }]
  })
}

/** A number stands for itself; of few words each but the first has a column of its own. */
function columnsOf(key: string, values: readonly string[], seen: readonly string[], mine: string): Column[] {
  if (seen.every((each) => Number.isFinite(Number(each)))) {
    return [{ name: key, aliases: [key], values: values.map(Number), wanted: Number(mine) }]
  }
  const often = seen.every((each) => values.filter((value) => value === each).length >= fewestOfAWord)
  if (seen.length > mostWords || !often) return []
  return seen.slice(1).map((word) => ({
    name: `${key} is ${word}`,
    aliases: [key],
    values: values.map((value) => (value === word ? 1 : 0)),
    wanted: mine === word ? 1 : 0,
  }))
}

/** Settings that are passed on from component to component stand once. */
function addColumn(columns: Column[], column: Column): void {
  const same = columns.find(({ values }) => values.every((value, at) => value === column.values[at]))
  if (same === undefined) columns.push(column)
  else same.aliases.push(...column.aliases)
}
