/**
 * How far predicted times are off on real runs that nobody tuned for: the execution traces of WfInstances
 * (github.com/wfcommons/WfInstances). Each run is held out whole; the model of each program is chosen and fitted on the
 * other runs of its workflow alone. Beside ours are the mean, the median, a line and the nearest neighbours, and how many
 * held-out times lie in the 90 % interval, where at least nine other runs allow one.
 *
 *     npm run bench -- prediction [folder of traces, default ../shared/corpora/wfinstances]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { baselines, chooseModel } from '../src/analyse/statistics/choose-model.ts'
import type { Observation } from '../src/analyse/statistics/cost-models.ts'
import { conformalInterval, fewestGroups } from '../src/analyse/statistics/conformal-interval.ts'
import { groupBy } from '../src/group-by.ts'
import { packageRoot } from '../src/package-root.ts'

interface Trace {
  name: string
  workflow: {
    specification: {
      tasks: { id: string; inputFiles?: string[] }[]
      files: { id: string; sizeInBytes: number }[]
    }
    execution: { tasks: { id: string; runtimeInSeconds: number; command?: { program?: string } }[] }
  }
}

const fewestRuns = 3
const level = 0.9
const folder =
  process.argv[2] ??
  join(process.env['VAMPIRA_CORPORA'] ?? join(packageRoot, '../shared/corpora'), 'wfinstances')

if (!existsSync(folder)) console.log(`Skipped: there is no ${folder}; name the folder of the traces.`)
else {
  const programs = groupBy(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .flatMap(observationsOf),
    ({ program }) => program,
  )
  const errors = new Map<string, { error: number; weight: number }[]>()
  const coverage: { covered: number; width: number; weight: number }[] = []
  let held = 0
  for (const observations of programs.values()) {
    const byRun = groupBy(observations, ({ group }) => group)
    if (byRun.size < fewestRuns) continue
    for (const [run, own] of byRun) {
      held++
      const others = observations.filter(({ group }) => group !== run)
      const chosen = chooseModel(others)
      if (chosen === undefined) continue
      for (const model of [...baselines, { ...chosen.model, name: 'chosen' }]) {
        const fitted = model.fit(others)
        if (fitted === undefined) continue
        const list = errors.get(model.name) ?? []
        errors.set(model.name, list)
        for (const { row, value } of own)
          list.push({ error: Math.abs(Math.expm1(fitted(row) - value)), weight: 1 / own.length })
      }
      if (byRun.size - 1 < fewestGroups(level)) continue
      for (const { row, value } of own) {
        const [low, high] = conformalInterval(chosen.leftOut, row, level)!
        coverage.push({
          covered: value >= low && value <= high ? 1 : 0,
          width: Math.exp(high - low),
          weight: 1 / own.length,
        })
      }
    }
  }
  console.log(
    `${held} programs of runs held out, ${errors.get('mean')?.length ?? 0} tasks; error of the time:`,
  )
  for (const [name, list] of errors) {
    const plain = list.map(({ error }) => ({ error, weight: 1 }))
    console.log(
      `  ${name.padEnd(10)} by task: median ${percent(at(plain, 0.5))}, p90 ${percent(at(plain, 0.9))}; ` +
        `by program of a run: median ${percent(at(list, 0.5))}, p90 ${percent(at(list, 0.9))}`,
    )
  }
  const weight = coverage.reduce((sum, each) => sum + each.weight, 0)
  const covered = coverage.reduce((sum, each) => sum + each.covered * each.weight, 0)
  console.log(
    `Of ${coverage.length} tasks with an interval of ${percent(level)}, ` +
      `${percent(coverage.reduce((sum, each) => sum + each.covered, 0) / coverage.length)} lie in it ` +
      `(${percent(covered / weight)} by program of a run); ` +
      `the upper end is ${at(
        coverage.map(({ width, weight: own }) => ({ error: width, weight: own })),
        0.5,
      ).toPrecision(3)} ` +
      'times the lower in the median',
  )
}

function observationsOf(file: string): (Observation & { program: string })[] {
  const { workflow } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Trace
  const sizes = new Map(workflow.specification.files.map(({ id, sizeInBytes }) => [id, sizeInBytes]))
  const inputs = new Map(workflow.specification.tasks.map(({ id, inputFiles = [] }) => [id, inputFiles]))
  return workflow.execution.tasks.flatMap(({ id, runtimeInSeconds, command }) => {
    if (!(runtimeInSeconds > 0)) return []
    const bytes = (inputs.get(id) ?? []).reduce((sum, each) => sum + (sizes.get(each) ?? 0), 0)
    const program = command?.program ?? id.replace(/_?(ID)?\d+$/, '')
    return [
      {
        program: `${file.replace(/-.*/, '')} ${program}`,
        group: file,
        row: [Math.log(1 + bytes)],
        value: Math.log(runtimeInSeconds),
      },
    ]
  })
}

function at(list: readonly { error: number; weight: number }[], part: number): number {
  const total = list.reduce((sum, { weight }) => sum + weight, 0)
  let sum = 0
  for (const { error, weight } of list.toSorted((a, b) => a.error - b.error)) {
    sum += weight
    if (sum >= total * part) return error
  }
  return Number.NaN
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
