import { canonicalJson } from '../canonical-json.ts'
import type { JournalValue, ObjectValue } from '../journal/line.ts'
import { literalOf, plainJson } from './literals.ts'
import type { Literal } from './run.ts'

/** Objects whose fields are remembered, of one process. */
const remembered = 10_000

/** A field of an object that holds settings: its path, with dots, and its value; secrets have none. */
export interface Field {
  path: string
  literal: Literal | undefined
}

/** Fields of the objects of one process, as they were written last. An agent leaves them out until they change. */
export class KnownFields {
  readonly #known = new Map<number, Pick<ObjectValue, 'fields' | 'length'>>()

  /** The same values, objects with the fields that they have. */
  completeAll(values: readonly JournalValue[] | undefined): readonly JournalValue[] | undefined {
    return values?.some(isFollowed) === true ? values.map((value) => this.complete(value)) : values
  }

  complete(value: JournalValue): JournalValue {
    if (!isFollowed(value)) return value
    const { id, fields, length } = value
    if (fields === undefined && length === undefined) return { ...value, ...this.#known.get(id) }
    this.#known.delete(id)
    if (fields === undefined) return value
    if (this.#known.size >= remembered) this.#known.delete(this.#known.keys().next().value ?? 0)
    this.#known.set(id, { fields, ...(length !== undefined && { length }) })
    return value
  }
}

function isFollowed(value: JournalValue): value is ObjectValue & { id: number } {
  return typeof value === 'object' && value !== null && value.$ === 'object' && value.id !== undefined
}

/** The fields of an object or a mapping, those of nested ones by their path; undefined for any other value. */
export function fieldsOf(value: JournalValue): Field[] | undefined {
  if (typeof value !== 'object' || value === null || value.$ !== 'object') return undefined
  const mapping = value.fields ?? value.v
  if (!isMapping(mapping)) return undefined
  const fields: Field[] = []
  addFields(mapping, '', fields)
  return fields.length === 0 ? undefined : fields
}

function addFields(mapping: Readonly<Record<string, unknown>>, before: string, fields: Field[]): void {
  for (const [name, member] of Object.entries(mapping)) {
    const path = `${before}${name}`
    if (isMapping(member) && Object.keys(member).length > 0) addFields(member, `${path}.`, fields)
    else fields.push({ path, literal: literalOfMember(member) })
  }
}

function literalOfMember(member: unknown): Literal | undefined {
  const isJson = Array.isArray(member) || isMapping(member)
  return isJson
    ? { lexical: canonicalJson(plainJson(member)), type: 'json' }
    : literalOf(member as JournalValue)
}

/** Whether something is a JSON object that stands for itself: tagged values do not. */
function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('$' in value)
}
