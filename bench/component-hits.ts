/**
 * How often what really came next is named, in workflows that others ran: the two ways of telling of `recommend
 * components` beside naming what is used most. Each run is held out in turn; equal orders count as one.
 *
 *     npm run bench -- component-hits [folder of corpora, default ../shared/corpora]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataFactory, Parser } from 'n3'
import { ordersOf } from '../src/analyse/recommend-components/component-orders.ts'
import { evaluateHeldOut } from '../src/analyse/recommend-components/held-out.ts'
import { markovRecommender } from '../src/analyse/recommend-components/markov-recommender.ts'
import { frequencyRecommender } from '../src/analyse/recommend-components/recommender.ts'
import { ruleRecommender } from '../src/analyse/recommend-components/rule-recommender.ts'
import { packageRoot } from '../src/package-root.ts'
import type { Row } from '../src/sparql/answer.ts'

/** A run by what it was made of: tasks, the component of each, and the tasks that it had data from. */
interface ForeignRun {
  name: string
  tasks: ReadonlyMap<string, { component: string; from: readonly string[] }>
}

const prov = 'http://www.w3.org/ns/prov#'
const corpora =
  process.argv[2] ?? process.env['VAMPIRA_CORPORA'] ?? join(packageRoot, '..', 'shared', 'corpora')
for (const [name, read] of [
  ['wfinstances', readInstance],
  ['wf4ever', readTrace],
] as const) {
  const folder = join(corpora, name)
  if (!existsSync(folder)) {
    console.log(`Skipped: there is no ${folder}`)
    continue
  }
  const runs = readdirSync(folder)
    .toSorted()
    .flatMap((file) => read(file, readFileSync(join(folder, file), 'utf8')))
  tell(name, runs)
}

function tell(corpus: string, runs: readonly ForeignRun[]): void {
  const start = process.cpuUsage()
  const rows = runs.map(rowsOf)
  const { orders } = ordersOf(
    rows.flatMap(({ starts }) => starts),
    rows.flatMap(({ steps }) => steps),
  )
  const results = evaluateHeldOut(orders, [markovRecommender, ruleRecommender, frequencyRecommender])
  const { user, system } = process.cpuUsage(start)
  console.log(
    `${corpus}: ${runs.length} runs, ${orders.length} different orders, ${results[0]?.places} places, ${((user + system) / 1e6).toFixed(1)} s CPU`,
  )
  for (const each of results) {
    const [low, high] = each.hitFirstInterval
    console.log(
      `  ${each.recommender.padEnd(9)} first ${each.hitFirst.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}), ` +
        `first five ${each.hitFifth.toFixed(2)}, 1/rank ${each.reciprocalRank.toFixed(2)}, answered ${each.answered.toFixed(2)}`,
    )
  }
}

/** As the queries of `recommend components` would tell of it. */
function rowsOf({ name, tasks }: ForeignRun): { starts: Row[]; steps: Row[] } {
  const places = new Map<string, number>()
  for (const task of inOrder(tasks)) {
    const { component } = tasks.get(task)!
    if (!places.has(component)) places.set(component, places.size + 1)
  }
  const row = (values: Record<string, string>): Row =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, DataFactory.literal(value)]))
  const starts = [...places].map(([component, place]) =>
    row({
      run: name,
      pipeline: name,
      part: component,
      component,
      name: component,
      firstStart: String(place),
    }),
  )
  const steps = new Set(
    [...tasks.values()].flatMap(({ component, from }) =>
      from.flatMap((source) => (tasks.has(source) ? [`${tasks.get(source)!.component}\n${component}`] : [])),
    ),
  )
  return {
    starts,
    steps: [...steps].map((step) => {
      const [part = '', after = ''] = step.split('\n')
      return row({ run: name, part, how: 'data', after })
    }),
  }
}

/** Each task after those that it had data from; of several that may come, the first that is listed. */
function inOrder(tasks: ForeignRun['tasks']): string[] {
  const done = new Set<string>()
  const visit = (task: string, above: ReadonlySet<string>) => {
    if (done.has(task) || above.has(task) || !tasks.has(task)) return
    for (const source of tasks.get(task)!.from) visit(source, new Set([...above, task]))
    done.add(task)
  }
  for (const task of tasks.keys()) visit(task, new Set())
  return [...done]
}

/** WfFormat 1.5: the component of a task is its program, or its name without its number. */
function readInstance(name: string, text: string): ForeignRun[] {
  const { workflow } = JSON.parse(text) as {
    workflow: {
      specification: { tasks: { id: string; name: string; parents: string[] }[] }
      execution: { tasks: { id: string; command?: { program?: string } }[] }
    }
  }
  const programs = new Map(workflow.execution.tasks.map(({ id, command }) => [id, command?.program]))
  const tasks = workflow.specification.tasks.map(
    (task) =>
      [
        task.id,
        { component: programOf(programs.get(task.id)) ?? nameOf(task.name), from: task.parents },
      ] as const,
  )
  return [{ name, tasks: new Map(tasks) }]
}

/** Nothing for a whole script. */
function programOf(command: string | undefined): string | undefined {
  return command?.includes(' ') === true ? undefined : command
}

/** Of a process of nf-core its module. */
function nameOf(task: string): string {
  return task.replace(/_?(?:ID)?\d+$/, '').replace(/^.*\./, '')
}

/** PROV-O by Taverna or WINGS: the component of an activity is its plan, or its name without its number. */
function readTrace(name: string, text: string): ForeignRun[] {
  if (!/PROV-Graph|workflowrun/.test(name)) return []
  const quads = new Parser({ baseIRI: 'file:///trace' }).parse(text)
  const pairs = (predicate: string) =>
    quads.flatMap(({ subject, predicate: { value }, object }) =>
      value === prov + predicate ? [[subject.value, object.value] as const] : [],
    )
  const associations = new Map(pairs('hadPlan'))
  const plans = new Map(
    pairs('qualifiedAssociation').flatMap(([activity, association]) =>
      associations.has(association) ? [[activity, associations.get(association)!] as const] : [],
    ),
  )
  const makers = new Map(pairs('wasGeneratedBy'))
  const uses = pairs('used')
  const wholes = new Set(
    quads.flatMap(({ subject, object }) =>
      object.value === 'http://purl.org/wf4ever/wfprov#WorkflowRun' ? [subject.value] : [],
    ),
  )
  const last = (iri: string) => iri.replace(/\/$/, '').replace(/^.*[/#]/, '')
  const activities = new Set([...uses.map(([activity]) => activity), ...makers.values()])
  const tasks = [...activities].flatMap((activity) => {
    if (wholes.has(activity)) return []
    const plan = plans.get(activity)
    const component = plan === undefined ? last(activity).replace(/\d+$/, '') : last(plan)
    const from = uses.flatMap(([user, used]) => (user === activity ? (makers.get(used) ?? []) : []))
    return [[activity, { component, from }] as const]
  })
  return [{ name, tasks: new Map(tasks) }]
}
