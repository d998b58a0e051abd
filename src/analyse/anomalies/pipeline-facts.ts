import type { Row } from '../../sparql/answer.ts'
import { text } from '../ask.ts'
import { dataFactsOf, factNames } from '../data-facts.ts'
import { metricName } from '../../last-word.ts'
import { integerOf, numberOf, textOf } from '../read-row.ts'
import type { Questions } from '../questions.ts'
import { settingKey } from '../setting-row.ts'
import { fileKey, sourceRows } from '../source-rows.ts'
import { keyOf, type Aspect, type PipelineFacts, type RunFacts } from './aspect.ts'

/** Sums over the calls of a component, whoever called it. */
const measures = [
  ['time', 'selfSeconds'],
  ['processor', 'cpuSeconds'],
  ['size', 'outputBytes'],
] as const

const environmentAspect = keyed('environment', 'the machine and its packages', 'version')

/** What is measured of a component, made once and not for each of its runs. */
function aspectsOf(component: string) {
  const aspect = (kind: Aspect['kind'], measure: string) => keyed(kind, component, measure, component)
  return {
    calls: aspect('structure', 'calls'),
    failures: keyed('failure', component, 'failures'),
    version: aspect('code', 'version'),
    memory: aspect('memory', 'addedMemoryBytes'),
    sums: measures.map(([kind, measure]) => aspect(kind, measure)),
  }
}

/** @param components none for what is of the whole run */
function keyed(kind: Aspect['kind'], of: string, measure: string, ...components: string[]): KeyedAspect {
  const aspect = { kind, of, measure, components }
  return { ...aspect, key: keyOf(aspect) }
}

interface KeyedAspect extends Aspect {
  key: string
}

/** The order of components hardly differs between runs of a pipeline: the latest so many tell it. */
const runsForOrder = 150

/** Reads what all runs of a pipeline had, of those that are meant. */
export async function readPipelineFacts(
  questions: Questions,
  pipeline: string,
  runs?: readonly string[],
): Promise<PipelineFacts> {
  const which = { pipeline, ...(runs !== undefined && { run: runs }) }
  const collected = new Collected()
  for (const row of await questions.ask('runs', which)) collected.addRun(row)
  const ids = [...collected.byId.keys()]
  if (ids.length === 0) return collected
  for (const row of await questions.ask('uc9-repeated-measurements', which)) collected.addComponent(row)
  for (const row of await questions.ask('uc7-settings-and-outcomes', which)) collected.addSetting(row)
  const flow = await questions.ask('file-flow', { run: ids })
  const sources = new Set(sourceRows(flow))
  for (const row of flow) collected.addFile(row, sources.has(row))
  const latest = ids.slice(0, runsForOrder)
  for (const row of await questions.ask('uc6-what-follows-a-component', { run: latest }))
    collected.addOrder(row)
  collected.end()
  return collected
}

class Collected {
  readonly byId = new Map<string, RunFacts>()
  readonly aspects = new Map<string, Aspect>()
  readonly onward = new Map<string, Set<string>>()
  readonly depths = new Map<string, number>()
  readonly #callers = new Map<string, { name: string; caller: string | undefined }>()
  readonly #qualities = new Map<string, { run: RunFacts; aspect: KeyedAspect; values: Set<number> }>()
  readonly #read = new Set<string>()
  readonly #aspectsOf = new Map<string, ReturnType<typeof aspectsOf>>()

  get runs(): RunFacts[] {
    return [...this.byId.values()]
  }

  addRun(row: Row): void {
    const facts: RunFacts = {
      run: text(row, 'run'),
      started: text(row, 'started'),
      status: text(row, 'status'),
      numbers: new Map(),
      words: new Map(),
      places: new Map(),
      inputBytes: 0,
      load: undefined,
    }
    this.byId.set(facts.run, facts)
    this.#set(facts, keyed('failure', 'the run', 'status'), facts.status)
    const version = textOf(row, 'pipelineVersion')
    if (version !== undefined) this.#set(facts, keyed('code', 'the pipeline', 'version'), version)
    for (const [kind, measure] of [
      ['time', 'wallSeconds'],
      ['processor', 'cpuSeconds'],
      ['memory', 'peakMemoryBytes'],
    ] as const) {
      const value = numberOf(row, measure)
      if (value !== undefined) this.#set(facts, keyed(kind, 'the run', measure), value)
    }
  }

  addComponent(row: Row): void {
    const facts = this.byId.get(text(row, 'run'))
    if (facts === undefined) return
    const component = text(row, 'name')
    this.#callers.set(text(row, 'component'), { name: component, caller: textOf(row, 'caller') })
    const environment = textOf(row, 'environment')
    if (environment !== undefined) this.#set(facts, environmentAspect, environment)
    facts.load = numberOf(row, 'loadAtEnd') ?? facts.load
    let aspects = this.#aspectsOf.get(component)
    if (aspects === undefined) this.#aspectsOf.set(component, (aspects = aspectsOf(component)))
    this.#add(facts, aspects.calls, integerOf(row, 'calls'))
    this.#add(facts, aspects.failures, integerOf(row, 'failures'))
    const version = textOf(row, 'version')
    if (version !== undefined) this.#set(facts, aspects.version, version)
    for (const aspect of aspects.sums) {
      const value = numberOf(row, aspect.measure)
      if (value !== undefined) this.#add(facts, aspect, value)
    }
    const added = numberOf(row, 'addedMemoryBytes')
    if (added !== undefined) this.#extreme(facts, aspects.memory, added, undefined, Math.max)
  }

  addSetting(row: Row): void {
    const facts = this.byId.get(text(row, 'run'))
    if (facts === undefined) return
    const aspect = keyed('parameter', settingKey(row), 'value', text(row, 'name'))
    const before = facts.words.get(aspect.key)
    const value = text(row, 'value')
    if (before === undefined) this.#set(facts, aspect, value)
    else if (!before.split(', ').includes(value)) this.#set(facts, aspect, `${before}, ${value}`)
    const [metric, quality] = [textOf(row, 'metric'), numberOf(row, 'quality')]
    if (metric === undefined || quality === undefined) return
    const name = metricName(metric)
    const key = `${facts.run}\n${name}`
    const known = this.#qualities.get(key) ?? {
      run: facts,
      // Measured on what the whole run came to.
      aspect: keyed('quality', name, 'value'),
      values: new Set<number>(),
    }
    known.values.add(quality)
    this.#qualities.set(key, known)
  }

  /**
   * What a run made and read itself is described where it was made.
   * @param isSource whether the run read it and did not make it
   */
  addFile(row: Row, isSource: boolean): void {
    const facts = this.byId.get(text(row, 'run'))
    if (facts === undefined || (!isSource && text(row, 'role') === 'used')) return
    const component = text(row, 'function')
    const format = textOf(row, 'format')
    const size = numberOf(row, 'sizeBytes')
    if (isSource && size !== undefined && !this.#read.has(fileKey(row))) {
      this.#read.add(fileKey(row))
      facts.inputBytes += size
    }
    // Of what has no format nobody knows what it is, and it is no data that could be compared.
    if (format === undefined) return
    const of = isSource ? `${format} read` : `${format} made by ${component}`
    const url = text(row, 'url')
    for (const measure of factNames) {
      const value = numberOf(row, measure)
      const pick = measure === 'minimum' ? Math.min : Math.max
      if (value !== undefined)
        this.#extreme(facts, keyed('content', of, measure, component), value, url, pick)
    }
    const holds = dataFactsOf(row) !== undefined
    const known = keyed('content', of, 'readable', component)
    if (facts.words.get(known.key) === 'nothing could be read from it') return
    this.#set(facts, known, holds ? 'numbers or rows' : 'nothing could be read from it')
    facts.places.set(known.key, url)
  }

  addOrder(row: Row): void {
    const [before, after] = [text(row, 'name'), text(row, 'followerName')]
    this.onward.set(before, (this.onward.get(before) ?? new Set()).add(after))
  }

  /** Several measurements of one metric in a run stand as the mean of the values that differ: there is a row for each setting. */
  end(): void {
    for (const { run, aspect, values } of this.#qualities.values()) {
      const all = [...values]
      this.#set(run, aspect, all.reduce((sum, each) => sum + each, 0) / all.length)
    }
    for (const [component, { name }] of this.#callers)
      this.depths.set(name, this.#callersAbove(component, new Set()))
  }

  #callersAbove(component: string, below: Set<string>): number {
    const { caller } = this.#callers.get(component) ?? {}
    if (caller === undefined || below.has(caller)) return 0
    return 1 + this.#callersAbove(caller, below.add(component))
  }

  #set(facts: RunFacts, aspect: KeyedAspect, value: number | string): void {
    const { key } = aspect
    const known = this.aspects.get(key)?.components
    // Most rows are of an aspect that another run had, too.
    if (known === undefined || !aspect.components.every((each) => known.includes(each))) {
      const { kind, of, measure } = aspect
      const components = [...new Set([...(known ?? []), ...aspect.components])]
      this.aspects.set(key, { kind, of, measure, components })
    }
    if (typeof value === 'number') facts.numbers.set(key, value)
    else facts.words.set(key, value)
  }

  #add(facts: RunFacts, aspect: KeyedAspect, value: number): void {
    this.#set(facts, aspect, (facts.numbers.get(aspect.key) ?? 0) + value)
  }

  #extreme(
    facts: RunFacts,
    aspect: KeyedAspect,
    value: number,
    url: string | undefined,
    pick: (a: number, b: number) => number,
  ): void {
    const { key } = aspect
    const before = facts.numbers.get(key)
    if (before !== undefined && pick(before, value) === before) return
    this.#set(facts, aspect, value)
    if (url !== undefined) facts.places.set(key, url)
  }
}
