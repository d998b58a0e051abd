import type { QueryEngine } from '../query/engine.ts'
import type { Parameters } from '../query/bind.ts'
import type { Row } from '../sparql/answer.ts'
import { ask } from './ask.ts'

/** A question of the catalogue that was asked on the way to an answer. */
export interface AskedQuery {
  /** Its name in `queries/`. */
  query: string
  parameters: Parameters
  /** How many rows came back. */
  rows: number
}

/** Asks questions of the catalogue, the same one only once, and keeps which: an answer says what it rests on. */
export class Questions {
  readonly engine: QueryEngine
  readonly signal: AbortSignal | undefined
  readonly #answers = new Map<string, { asked: AskedQuery; rows: readonly Row[] }>()

  constructor(engine: QueryEngine, signal?: AbortSignal) {
    this.engine = engine
    this.signal = signal
  }

  /** In the order in which they were asked. */
  get asked(): readonly AskedQuery[] {
    return [...this.#answers.values()].map(({ asked }) => asked)
  }

  async ask(query: string, parameters: Parameters = {}): Promise<readonly Row[]> {
    const key = JSON.stringify([query, parameters])
    const known = this.#answers.get(key)
    if (known !== undefined) return known.rows
    const rows = await ask(this.engine, query, parameters, this.signal)
    this.#answers.set(key, { asked: { query, parameters, rows: rows.length }, rows })
    return rows
  }
}
