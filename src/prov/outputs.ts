import type { ActivityRef, Value } from '../record/run.ts'
import { activityToken } from './bundle.ts'

/** A generation: named when its value is written, described when its call is written. */
export interface Output {
  token: string
  /** -1: what the call returned; else the position of the argument that it changed. */
  position: number
}

/** Generations of calls and groups that are not written yet, so as many as calls are running. */
export class PendingOutputs {
  readonly #pending = new Map<string, { outputs: Output[]; counts: Map<number, number> }>()

  /** Names the generation of a value: `…-out-0` for a return, `…-out-{position + 1}` for a changed argument. */
  add(value: Value): string | undefined {
    if (value.generatedBy === undefined) return undefined
    const activity = activityToken(value.generatedBy)
    const position = value.generatedAs ?? -1
    let entry = this.#pending.get(activity)
    if (entry === undefined) this.#pending.set(activity, (entry = { outputs: [], counts: new Map() }))
    const count = (entry.counts.get(position) ?? 0) + 1
    entry.counts.set(position, count)
    // A generator makes several values at one port.
    const token = `${activity}-out-${position + 1}${count === 1 ? '' : `-${count}`}`
    entry.outputs.push({ token, position })
    return token
  }

  take(activity: ActivityRef): readonly Output[] {
    const token = activityToken(activity)
    const entry = this.#pending.get(token)
    if (entry === undefined) return []
    this.#pending.delete(token)
    return entry.outputs
  }
}
