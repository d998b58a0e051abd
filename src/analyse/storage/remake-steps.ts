import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import {
  flowOfCalls,
  flowOfParts,
  startOf,
  type FlowNode,
  type ProgramStart,
  type RunFlow,
} from './run-flow.ts'
import { sourcesOf, type Making, type StoredRun } from './storage-facts.ts'

/** Something to do again, to make a content again. */
export interface RemakeStep {
  /** What tells it from other steps: contents with the same one are made together. */
  key: string
  seconds: number
  /** Contents of files that it reads. */
  inputs: readonly string[]
  needs: readonly RemakeStep[]
}

/** So many records are opened, of the latest runs; the others are told by their summaries. */
const mostRecords = 40

/**
 * The steps by which contents are made again: the call that wrote it, what handed that one values, and the start of its
 * program. A summary adds up the calls of a component, so where these made several files, its run's record tells which
 * was made from which; beyond a bound of records, each file is taken to be made from all that the calls read.
 */
export class RemakeSteps {
  /** Runs whose records were opened. */
  readonly opened: readonly string[]
  readonly #parts: ReadonlyMap<string, RunFlow>
  readonly #calls: ReadonlyMap<string, RunFlow>
  readonly #starts: ReadonlyMap<string, ProgramStart>
  readonly #steps = new Map<string, RemakeStep>()

  private constructor(
    parts: ReadonlyMap<string, RunFlow>,
    calls: ReadonlyMap<string, RunFlow>,
    starts: ReadonlyMap<string, ProgramStart>,
  ) {
    this.#parts = parts
    this.#calls = calls
    this.#starts = starts
    this.opened = [...calls.keys()]
  }

  /** @param makings one for each content that is to be made again */
  static async read(questions: Questions, makings: readonly Making[]): Promise<RemakeSteps> {
    const runs = latestFirst(makings)
    const opened = latestFirst(makings.filter((making) => making.calls > 1 && outputsOf(making) > 1))
      .slice(0, mostRecords)
      .toSorted()
    const ask = async (query: string, run: readonly string[]) =>
      groupBy(run.length === 0 ? [] : await questions.ask(query, { run }), (row) => text(row, 'run'))
    const steps = [...(await ask('value-steps', runs.toSorted()))]
    const flows = [...(await ask('call-flow', opened))]
    const storedRuns = new Map(makings.map(({ run }) => [run.run, run]))
    return new RemakeSteps(
      new Map(
        steps.map(([run, rows]) => [run, flowOfParts(rows, (part) => filesOf(storedRuns.get(run)!, part))]),
      ),
      new Map(flows.map(([run, rows]) => [run, flowOfCalls(rows)])),
      new Map(steps.map(([run, rows]) => [run, startOf(rows)])),
    )
  }

  /** How a content is made again as in this run. */
  stepOf(making: Making): RemakeStep {
    const { run, content } = making
    const seen = this.#stepSeen(making)
    const sources = [...new Set(sourcesOf(run).map((source) => source.content))]
    if (sources.length === 0 || readsFiles(seen)) return seen
    // Its data came through the body of a caller, where nothing was seen: only the whole run is sure to make it.
    if (sources.includes(content)) return seen
    return this.#once({
      key: `${run.run} whole`,
      seconds: run.seconds ?? seen.seconds,
      inputs: sources,
      needs: [],
    })
  }

  #stepSeen(making: Making): RemakeStep {
    const { run, part, content } = making
    const call = this.#calls.get(run.run)?.makerOf(content)
    if (call !== undefined) {
      const needs = this.#needsOf(making, this.#calls.get(run.run)!, call)
      return this.#once({ key: call.id, seconds: call.seconds, inputs: inputsOf(call), needs })
    }
    const flow = this.#parts.get(run.run)
    const node = flow?.get(part)
    const inputs = node === undefined ? [...filesOf(run, part).read] : inputsOf(node)
    const isShared = making.calls < outputsOf(making)
    return this.#once({
      key: isShared ? part : `${part} ${content}`,
      seconds: secondsOfOne(making) ?? 0,
      inputs,
      needs: flow === undefined || node === undefined ? [] : this.#needsOf(making, flow, node),
    })
  }

  /** What handed it values, and the start of the program. */
  #needsOf({ run, part }: Making, flow: RunFlow, node: FlowNode): RemakeStep[] {
    const start = this.#starts.get(run.run)
    const needs = flow
      .valuesBehind(node)
      .filter(({ id }) => start?.parts.has(id) !== true)
      .map((one) => this.#once({ key: one.id, seconds: one.seconds, inputs: inputsOf(one), needs: [] }))
    if (start === undefined || start.parts.has(part)) return needs
    return [...needs, this.#once({ key: `${run.run} start`, seconds: start.seconds, inputs: [], needs: [] })]
  }

  #once(step: RemakeStep): RemakeStep {
    const known = this.#steps.get(step.key)
    if (known !== undefined) return known
    this.#steps.set(step.key, step)
    return step
  }
}

/** Seconds for one of the files that the calls of a component made. */
export function secondsOfOne(making: Making): number | undefined {
  const outputs = outputsOf(making)
  const share = making.calls >= outputs ? outputs : 1
  return making.seconds === undefined ? undefined : making.seconds / share
}

function outputsOf({ run, part }: Making): number {
  const makings = run.makings.filter((making) => making.part === part && !making.isScratch)
  return new Set(makings.map(({ content }) => content)).size
}

function filesOf(run: StoredRun, part: string): Pick<FlowNode, 'read' | 'made'> {
  const contents = (list: readonly { part: string; content: string }[]) =>
    new Set(list.filter((each) => each.part === part).map(({ content }) => content))
  return { read: contents(run.readings), made: contents(run.makings) }
}

/** What it read and did not make itself. */
function inputsOf({ read, made }: FlowNode): string[] {
  return [...read].filter((content) => !made.has(content))
}

function readsFiles(step: RemakeStep): boolean {
  return step.inputs.length > 0 || step.needs.some(readsFiles)
}

function latestFirst(makings: readonly Making[]): string[] {
  const runs = new Map(makings.map(({ run }) => [run.run, run.started]))
  return [...runs.keys()].toSorted((a, b) => (runs.get(b)! > runs.get(a)! ? 1 : -1))
}
