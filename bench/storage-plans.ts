/**
 * What storage plans cost on workflows that others ran (WfInstances: tasks with runtimes, files with sizes), at prices
 * where keeping all and making all again cost the same: how much dearer are rules of thumb and local search than the
 * cheapest plan, and how long does it take to find.
 *
 *     npm run bench -- storage-plans [folder of WfInstances, default ../shared/corpora/wfinstances]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBestPlan } from '../src/analyse/storage/best-plan.ts'
import { planEachAlone, searchPlan } from '../src/analyse/storage/local-search.ts'
import { totalCost, type Plan, type PlanProblem } from '../src/analyse/storage/plan-problem.ts'
import { splitProblem } from '../src/analyse/storage/split-problem.ts'
import { packageRoot } from '../src/package-root.ts'

/** The part of WfFormat 1.5 that is read here. */
interface Instance {
  workflow: {
    specification: {
      tasks: { id: string; inputFiles: string[]; outputFiles: string[] }[]
      files: { id: string; sizeInBytes: number }[]
    }
    execution: { tasks: { id: string; runtimeInSeconds: number }[] }
  }
}

const folder =
  process.argv[2] ??
  join(process.env['VAMPIRA_CORPORA'] ?? join(packageRoot, '..', 'shared', 'corpora'), 'wfinstances')
if (!existsSync(folder)) {
  console.log(`Skipped: there is no ${folder}`)
} else {
  console.log('workflow: files kept of all, parts by solver, CPU ms, then costs as multiples of the plan')
  // The solver is loaded once, and not timed.
  await findBestPlan(problemOf(read(readdirSync(folder).find((name) => name.startsWith('montage'))!)))
  for (const name of readdirSync(folder).toSorted()) await tell(name)
}

async function tell(name: string): Promise<void> {
  const problem = problemOf(read(name))
  const start = process.cpuUsage()
  const plan = problem.data.map(() => false)
  const solvers: Record<string, number> = {}
  let gap = 0
  for (const part of splitProblem(problem)) {
    const found = await findBestPlan(part)
    solvers[found.by] = (solvers[found.by] ?? 0) + 1
    gap = Math.max(gap, found.gap)
    part.places.forEach((place, at) => (plan[place] = found.plan[at] === true))
  }
  const { user, system } = process.cpuUsage(start)
  const best = totalCost(problem, plan)
  const times = (other: Plan) => (totalCost(problem, other) / best).toFixed(2)
  console.log(
    [
      `${name.replace('.json', '')}:`,
      `${plan.filter((each) => each).length} of ${plan.length},`,
      `${Object.entries(solvers)
        .map(([by, count]) => `${count} ${by}`)
        .join(' + ')},`,
      `${((user + system) / 1000).toFixed(0)} ms,`,
      `gap ${gap};`,
      `all ${times(plan.map(() => true))}, none ${times(plan.map(() => false))},`,
      `each alone ${times(planEachAlone(problem))}, local search ${times(searchPlan(problem))}`,
    ].join(' '),
  )
}

function read(name: string): Instance {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Instance
}

/** Every file that a task wrote; used once a month, and kept at the price at which all cost as much as to make them. */
function problemOf({ workflow }: Instance): PlanProblem {
  const { tasks, files } = workflow.specification
  const seconds = new Map(workflow.execution.tasks.map(({ id, runtimeInSeconds }) => [id, runtimeInSeconds]))
  const sizes = new Map(files.map(({ id, sizeInBytes }) => [id, sizeInBytes]))
  const makers = new Map(tasks.flatMap(({ outputFiles }, index) => outputFiles.map((file) => [file, index])))
  const made = [...makers.keys()]
  const at = new Map(made.map((file, index) => [file, index]))
  const steps = tasks.map(({ id, inputFiles, outputFiles }) => ({
    cost: seconds.get(id) ?? 0,
    inputs: inputFiles.flatMap((file) => (outputFiles.includes(file) ? [] : (at.get(file) ?? []))),
    needs: [],
  }))
  const bytes = made.map((file) => sizes.get(file) ?? 0)
  const problem = {
    steps,
    data: made.map((file) => ({ keepCost: 0, uses: 1, maker: makers.get(file)! })),
  }
  const making = totalCost(
    problem,
    made.map(() => false),
  )
  const price = making / bytes.reduce((sum, each) => sum + each, 0)
  return { steps, data: problem.data.map((datum, index) => ({ ...datum, keepCost: bytes[index]! * price })) }
}
