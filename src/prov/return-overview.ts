import { createHash } from 'node:crypto'
import type { Json } from '../canonical-json.ts'
import type { Call, CallGroup, ComponentVersion, Value } from '../record/run.ts'

/** Components beyond which a summary leaves what they returned to the record. */
const mostComponents = 200
/** Different results of one component that are listed, and the characters of all of them. Of more there is a digest. */
const mostResults = 20
const mostCharacters = 500

/** A result, by all that is recorded of it, with how many calls returned such a one. */
interface Result {
  value: Pick<Value, 'type' | 'literal' | 'length' | 'shape'>
  calls: number
}

/** What each component of a run returned, in little room: enough to say of two runs whether it was the same. */
export class ReturnOverview {
  readonly #components = new Map<string, { name: string; returned: Returned }>()
  /** Results of calls that are not written yet. */
  readonly #pending = new Map<number, Map<string, Result['value']>>()

  value(value: Value): void {
    const { generatedBy, generatedAs = -1 } = value
    if (generatedBy === undefined || !('call' in generatedBy) || generatedAs >= 0) return
    const { type, literal, length, shape } = value
    let results = this.#pending.get(generatedBy.call)
    if (results === undefined) this.#pending.set(generatedBy.call, (results = new Map()))
    results.set(keyOf(value), { type, literal, length, shape })
  }

  /** @param iri of the component; undefined for one that has nowhere to return anything */
  call({ n, component }: Call, iri: string | undefined): void {
    const results = this.#pending.get(n)
    if (results === undefined) return
    this.#pending.delete(n)
    const returned = iri === undefined ? undefined : this.#of(iri, component)
    for (const [key, value] of results) returned?.add(key, value)
  }

  group({ component }: CallGroup, iri: string | undefined): void {
    const returned = iri === undefined ? undefined : this.#of(iri, component)
    if (returned !== undefined) returned.isGrouped = true
  }

  /** By the names of the components; undefined where they are too many. */
  read(): Json[] | undefined {
    if (this.#components.size > mostComponents) return undefined
    return [...this.#components]
      .sort(([a, one], [b, other]) => compare(one.name, other.name) || compare(a, b))
      .map(([component, { name, returned }]) => ({ component, name, ...returned.read() }))
  }

  #of(iri: string, { name }: ComponentVersion): Returned | undefined {
    const known = this.#components.get(iri)
    if (known !== undefined) return known.returned
    // One more than fit, so that it is seen that they do not.
    if (this.#components.size > mostComponents) return undefined
    const returned = new Returned()
    this.#components.set(iri, { name, returned })
    return returned
  }
}

/** The results of one component. */
class Returned {
  /** Some calls are kept as a group, so that what they returned is not known. */
  isGrouped = false
  #results: Map<string, Result> | undefined = new Map()
  #characters = 0
  /** The sum of the digests of all results, which does not depend on their order. */
  #sum = 0n

  add(key: string, value: Result['value']): void {
    if (this.#results === undefined) {
      this.#sum += digestOf(key)
      return
    }
    const known = this.#results.get(key)
    if (known !== undefined) {
      known.calls++
      return
    }
    this.#results.set(key, { value, calls: 1 })
    this.#characters += key.length
    if (this.#results.size <= mostResults && this.#characters <= mostCharacters) return
    for (const [each, { calls }] of this.#results) this.#sum += digestOf(each) * BigInt(calls)
    this.#results = undefined
  }

  read(): Record<string, Json> {
    if (this.isGrouped) return { grouped: true }
    if (this.#results === undefined) return { digest: BigInt.asUintN(128, this.#sum).toString(16) }
    return { results: [...this.#results.values()].sort(byValue).map(resultOf) }
  }
}

function resultOf({ value: { type, literal, length, shape }, calls }: Result): Json {
  return {
    type,
    calls,
    ...(literal !== undefined && { value: literal.lexical, valueType: literal.type }),
    ...(length !== undefined && { length }),
    ...(shape !== undefined && { shape }),
  }
}

function keyOf({ type, literal, length, shape }: Result['value']): string {
  return JSON.stringify([
    type,
    length ?? null,
    shape ?? null,
    literal?.type ?? null,
    literal?.lexical ?? null,
  ])
}

function digestOf(key: string): bigint {
  return BigInt(`0x${createHash('sha256').update(key).digest('hex').slice(0, 32)}`)
}

/** As the query `returned-values` sorts them. */
function byValue({ value: a }: Result, { value: b }: Result): number {
  return (
    compare(a.type, b.type) ||
    (a.length ?? -1) - (b.length ?? -1) ||
    compare(a.shape && JSON.stringify(a.shape), b.shape && JSON.stringify(b.shape)) ||
    compareLiterals(a.literal, b.literal)
  )
}

function compareLiterals(a: Value['literal'], b: Value['literal']): number {
  const isNumber = (literal: Value['literal']) => literal?.type === 'integer' || literal?.type === 'double'
  const difference = isNumber(a) && isNumber(b) ? Number(a!.lexical) - Number(b!.lexical) : Number.NaN
  return difference || compare(a?.lexical, b?.lexical)
}

function compare(a = '', b = ''): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
