import type { NamesOfFiles } from '../names-of-files.ts'
import type { RunComparison } from './compare-runs.ts'
import type { DifferenceCause } from './difference-cause.ts'
import type { FactDifference, ParameterDifference } from './run-differences.ts'

/**
 * Settings that differ, each where it was set: options of the script, else words of the command line, else what the body
 * of the script or of a function passed. Variables of the environment and seeds are settings too.
 *
 * @param outermost names of components that nothing called
 * @param isComputed whether what bodies pass may have been computed from other things that differ
 */
export function settingCauses(
  { parameters, facts, results }: RunComparison,
  outermost: ReadonlySet<string>,
  names: NamesOfFiles,
  isComputed: boolean,
): DifferenceCause[] {
  const returned = [0, 1].map((side) => {
    const values = results.flatMap((each) => each.values)
    return new Set(values.flatMap(({ value, calls }) => (calls[side] === undefined ? [] : [value])))
  })
  const differing = parameters.flatMap((parameter) => {
    const values = [0, 1].map((side) => valuesOfOne(parameter, side))
    const [before = [], after = []] = values
    // Of what only one run called there is nothing to set beside.
    if (before.length === 0 || after.length === 0) return []
    if (before.every((value) => names.isName(value, 0)) && after.every((value) => names.isName(value, 1)))
      return []
    const isResult =
      before.every((value) => returned[0]!.has(value)) && after.every((value) => returned[1]!.has(value))
    return [{ parameter, key: JSON.stringify(values), before, after, isResult }]
  })
  const causeOf = (each: (typeof differing)[number], what: string): DifferenceCause => {
    const also = differing
      .filter(
        (other) => other !== each && other.key === each.key && !outermost.has(other.parameter.componentName),
      )
      .map(({ parameter }) => placeOf(parameter))
    const values = [each.before.join(', '), each.after.join(', ')] as const
    return { kind: 'setting', what, values, ...(also.length > 0 && { also }) }
  }
  const given = facts.flatMap(({ fact, values }) =>
    /^(variable|seed) /.test(fact) ? [{ kind: 'setting' as const, what: fact, values }] : [],
  )
  const options = differing.filter(({ parameter }) => outermost.has(parameter.componentName))
  if (options.length > 0)
    return [...options.map((each) => causeOf(each, each.parameter.parameterName)), ...given]
  const words = commandCause(facts, names)
  if (words !== undefined) return [words, ...given]
  if (isComputed) return given
  const passed = differing.filter(
    (each, at) => !each.isResult && differing.findIndex(({ key }) => key === each.key) === at,
  )
  return [...passed.map((each) => causeOf(each, placeOf(each.parameter))), ...given]
}

/** Values that a parameter had in one run alone. */
function valuesOfOne({ values }: ParameterDifference, side: number): string[] {
  return values.flatMap(({ value, calls }) =>
    calls[side] !== undefined && calls[1 - side] === undefined ? [value] : [],
  )
}

function placeOf({ componentName, parameterName }: ParameterDifference): string {
  return `${componentName} ${parameterName}`
}

/** Words of the command lines of one script that differ, but for names of files. */
function commandCause(facts: readonly FactDifference[], names: NamesOfFiles): DifferenceCause | undefined {
  const command = facts.find(({ fact }) => fact === 'commandLine')
  if (command === undefined) return undefined
  const words = command.values.map((value) => (value === undefined ? [] : (JSON.parse(value) as string[])))
  const [one = [], other = []] = words
  if (one[1] !== other[1] || names.isSame(JSON.stringify(one), JSON.stringify(other))) return undefined
  const differing = (side: 0 | 1) => {
    const theirs = words[1 - side] ?? []
    const own = (words[side] ?? []).filter((word, at) => theirs[at] !== word && !names.isName(word, side))
    return own.length === 0 ? undefined : own.join(' ')
  }
  const values = [differing(0), differing(1)] as const
  return values.every((value) => value === undefined)
    ? undefined
    : { kind: 'setting', what: 'command line', values }
}
