import type { ActivityRef } from '../record/run.ts'
import type { NodeSink } from '../rdf/node-sink.ts'
import type { Prefixes } from '../rdf/prefixes.ts'

/** One of a run's graphs while it is written: where it goes, and which shared nodes are in it already. */
export class Bundle {
  readonly sink: NodeSink
  readonly prefixes: Prefixes
  /** Token of the run. */
  readonly run: string
  readonly base: string
  readonly #named = new Set<string>()

  constructor(sink: NodeSink, prefixes: Prefixes, run: string, base: string) {
    this.sink = sink
    this.prefixes = prefixes
    this.run = run
    this.base = base
  }

  /** True the first time that it is called with a name. */
  once(name: string): boolean {
    if (this.#named.has(name)) return false
    this.#named.add(name)
    return true
  }

  token(iri: string): string {
    return this.prefixes.token(iri)
  }

  /** Adds a statement unless its object is unknown. */
  maybe<T>(predicate: string, value: T | undefined, write: (value: T) => string): void {
    if (value !== undefined) this.sink.add(predicate, write(value))
  }
}

/** Token of a call or a group of calls. */
export function activityToken(activity: ActivityRef): string {
  return 'call' in activity ? `run:call-${activity.call}` : `run:calls-${activity.group}`
}
