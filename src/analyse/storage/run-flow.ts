import type { Row } from '../../sparql/answer.ts'
import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import { numberOf, textOf } from '../read-row.ts'
import { secondsOf } from './storage-facts.ts'

/** A call of a run, or all calls of a component by one other where no more is known. */
export interface FlowNode {
  id: string
  /** Absent for the program's own first one. */
  caller: string | undefined
  seconds: number
  /** Contents of files that it read, and that it made. */
  read: ReadonlySet<string>
  made: ReadonlySet<string>
  /** Nodes that had made values which it got. */
  informers: readonly string[]
}

/** What handed what on in one run. */
export class RunFlow {
  readonly #nodes: ReadonlyMap<string, FlowNode>

  readonly #makers = new Map<string, FlowNode[]>()

  constructor(nodes: readonly FlowNode[]) {
    this.#nodes = new Map(nodes.map((node) => [node.id, node]))
    for (const node of nodes)
      for (const content of node.made) this.#makers.set(content, [...(this.#makers.get(content) ?? []), node])
  }

  get(id: string): FlowNode | undefined {
    return this.#nodes.get(id)
  }

  /** The only node that made a content; where several wrote the same bytes, any may be meant. */
  makerOf(content: string): FlowNode | undefined {
    const [maker, ...others] = this.#makers.get(content) ?? []
    return others.length === 0 ? maker : undefined
  }

  /** What handed a node values, and what handed these values, and so on; what handed over a file, or its name, not. */
  valuesBehind(first: FlowNode): FlowNode[] {
    const found = new Set([first])
    for (const one of found) {
      for (const informer of one.informers) {
        const other = this.#nodes.get(informer)
        if (other !== undefined && !this.#madeBelow(other, one.read)) found.add(other)
      }
    }
    return [...found].slice(1).filter((one) => !this.#isBelow(one, first))
  }

  /** Whether a node, or one that it called, made one of these contents. */
  #madeBelow(node: FlowNode, contents: ReadonlySet<string>): boolean {
    return [...contents].some((content) =>
      (this.#makers.get(content) ?? []).some((maker) => this.#isBelow(maker, node)),
    )
  }

  /** Whether a node is another one, or was called by it or by what that one called. */
  #isBelow(node: FlowNode, above: FlowNode): boolean {
    const passed = new Set<string>()
    for (let at: FlowNode | undefined = node; at !== undefined && !passed.has(at.id);) {
      if (at === above) return true
      passed.add(at.id)
      at = at.caller === undefined ? undefined : this.#nodes.get(at.caller)
    }
    return false
  }
}

/** @param rows of the query `call-flow`, of one run */
export function flowOfCalls(rows: readonly Row[]): RunFlow {
  return new RunFlow(
    [...groupBy(rows, (row) => text(row, 'call'))].map(([id, own]) => {
      const of = (role: string) =>
        own.filter((row) => text(row, 'role') === role).map((row) => text(row, 'thing'))
      return {
        id,
        caller: textOf(own[0]!, 'caller'),
        seconds: secondsOf(own[0]!) ?? 0,
        read: new Set(of('read')),
        made: new Set(of('made')),
        informers: of('got'),
      }
    }),
  )
}

/**
 * @param rows of the query `value-steps`, of one run
 * @param files of each part, contents that it read and made
 */
export function flowOfParts(
  rows: readonly Row[],
  files: (part: string) => Pick<FlowNode, 'read' | 'made'>,
): RunFlow {
  const byComponent = new Map(rows.map((row) => [text(row, 'component'), text(row, 'part')]))
  return new RunFlow(
    [...groupBy(rows, (row) => text(row, 'part'))].map(([id, own]) => ({
      id,
      caller: byComponent.get(text(own[0]!, 'caller')),
      seconds: secondsOf(own[0]!) ?? 0,
      ...files(id),
      informers: own.map((row) => text(row, 'informer')).filter((informer) => informer !== ''),
    })),
  )
}

/** The start of a program: its own first part, and the modules that it imported. */
export interface ProgramStart {
  parts: ReadonlySet<string>
  seconds: number
}

/** @param rows of the query `value-steps`, of one run */
export function startOf(rows: readonly Row[]): ProgramStart {
  const own = groupBy(
    rows.filter((row) => textOf(row, 'caller') === undefined || textOf(row, 'kind') === 'Module'),
    (row) => text(row, 'part'),
  )
  const seconds = [...own.values()].reduce((sum, [row]) => sum + (numberOf(row ?? {}, 'selfSeconds') ?? 0), 0)
  return { parts: new Set(own.keys()), seconds }
}
