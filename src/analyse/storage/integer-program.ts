import type { Highs } from 'highs'
import { isOpen, stepsToMake, type Plan, type PlanProblem } from './plan-problem.ts'

/** Of the solver, for one part of a problem. */
const defaultSeconds = 5

let loading: Promise<Highs> | undefined

/** The solver, 4 MB of WebAssembly: loaded once, where a plan needs it. */
function loadHighs(): Promise<Highs> {
  // Its types are those of its CommonJS build.
  loading ??= import('highs').then(({ default: load }) => (load as unknown as (typeof load)['default'])())
  return loading
}

/**
 * The best plan by an integer program, solved by HiGHS. A variable for each datum says whether it is kept; one for each
 * use of a datum and each step that it may take says whether it takes it: the maker's where the datum is not kept, a
 * step's needs with it, and the maker of each input that is not kept.
 *
 * @returns undefined where no plan was found in time
 */
export async function solveProgram(
  problem: PlanProblem,
  seconds = defaultSeconds,
): Promise<Plan | undefined> {
  const highs = await loadHighs()
  const { text } = programOf(problem)
  const options = { output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0, time_limit: seconds } as const
  const solution = highs.solve(text, options)
  if (solution.Status !== 'Optimal') return undefined
  return problem.data.map((_, index) => (solution.Columns[`k${index}`]?.Primal ?? 0) > 0.5)
}

/** What no plan goes below: the same program, where a datum may be kept in part. */
export async function lowerBound(
  problem: PlanProblem,
  seconds = defaultSeconds,
): Promise<number | undefined> {
  const highs = await loadHighs()
  const { text, scale } = programOf(problem, false)
  const solution = highs.solve(text, { output_flag: false, time_limit: seconds })
  return solution.Status === 'Optimal' ? solution.ObjectiveValue * scale : undefined
}

/**
 * In CPLEX's LP format. Money is counted in units of the dearest term, because tolerances are absolute.
 */
function programOf(problem: PlanProblem, isWhole = true): { text: string; scale: number } {
  const { data, steps } = problem
  const none = data.map(() => false)
  const terms: [money: number, variable: string][] = []
  const rows: string[] = []
  const variables: string[] = []
  data.forEach((datum, index) => {
    if (isOpen(datum)) terms.push([datum.keepCost, `k${index}`])
    if (datum.uses === 0) return
    const taken = stepsToMake(problem, none, index)
    const first = `t${index}_${datum.maker}`
    rows.push(isOpen(datum) ? `${first} + k${index} >= 1` : `${first} >= 1`)
    for (const step of taken) {
      const variable = `t${index}_${step}`
      variables.push(variable)
      terms.push([datum.uses * steps[step]!.cost, variable])
      for (const need of steps[step]!.needs) rows.push(`t${index}_${need} - ${variable} >= 0`)
      for (const input of steps[step]!.inputs) {
        const kept = isOpen(data[input]!) ? ` + k${input}` : ''
        rows.push(`t${index}_${data[input]!.maker} - ${variable}${kept} >= 0`)
      }
    }
  })
  const scale = Math.max(...terms.map(([money]) => money)) || 1
  const kept = data.flatMap((datum, index) => (isOpen(datum) ? [`k${index}`] : []))
  const text = [
    'Minimize',
    ...sum(terms.map(([money, variable]) => `${money / scale} ${variable}`)),
    'Subject To',
    ...rows,
    'Bounds',
    ...[...variables, ...kept].map((variable) => `0 <= ${variable} <= 1`),
    ...(isWhole ? ['Binary', ...kept] : []),
    'End',
    '',
  ].join('\n')
  return { text, scale }
}

/** One term a line, since the format bounds the length of lines. */
function sum(terms: readonly string[]): string[] {
  return terms.map((term, index) => (index === 0 ? term : `+ ${term}`))
}
