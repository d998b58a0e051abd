import { canonicalDouble } from '../canonical-double.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import type { JournalValue } from '../journal/line.ts'
import type { TypeNames } from './languages/language.ts'
import type { Literal, Value } from './run.ts'

/** What a journal says of a value, without where it came from. */
export interface ValueFacts extends Pick<
  Value,
  'type' | 'literal' | 'fields' | 'length' | 'bytes' | 'shape' | 'elementType' | 'columns' | 'redacted'
> {
  /** The object it is, where the agent follows it; scalars have none. */
  id: number | undefined
  /** Of its content, to see a change in place; 0 where nothing is known of it. */
  fingerprint: number
}

/**
 * Facts of a value; undefined for one that was not captured.
 * @param names of the types of the language that the value is of
 */
export function describeValue(value: JournalValue, names: TypeNames): ValueFacts | undefined {
  if (typeof value !== 'object' || value === null) return scalar(typeOfPlain(value, names), literalOf(value))
  switch (value.$) {
    case 'unseen':
      return undefined
    case 'redacted':
      return { ...scalar('redacted', undefined), redacted: true }
    case 'integer':
      return scalar(names.integer, literalOf(value))
    case 'double':
      return scalar(names.double, literalOf(value))
    case 'text':
    case 'bytes':
      return {
        ...scalar(value.$ === 'text' ? names.text : names.bytes, literalOf(value)),
        length: value.length,
        id: value.id,
      }
    case 'object':
      return {
        type: value.type,
        literal: literalOf(value),
        fields: value.fields && canonicalJson(plainJson(value.fields)),
        length: value.length,
        bytes: value.bytes,
        shape: value.shape,
        elementType: value.elementType,
        columns: value.columns,
        redacted: false,
        id: value.id,
        fingerprint: fingerprint(value),
      }
  }
}

/** What RDF can say of a value; undefined where its content is unknown, cut or secret. */
export function literalOf(value: JournalValue): Literal | undefined {
  if (value === null) return { lexical: 'null', type: 'json' }
  switch (typeof value) {
    case 'string':
      return { lexical: value, type: 'string' }
    case 'boolean':
      return { lexical: String(value), type: 'boolean' }
    case 'number':
      return Number.isSafeInteger(value)
        ? { lexical: String(value), type: 'integer' }
        : { lexical: canonicalDouble(value), type: 'double' }
  }
  switch (value.$) {
    case 'integer':
      return { lexical: BigInt(value.v).toString(), type: 'integer' }
    case 'double':
      return { lexical: canonicalDouble(Number(value.v)), type: 'double' }
    case 'text':
      return value.length === undefined || value.length <= [...value.v].length
        ? { lexical: value.v, type: 'string' }
        : undefined
    case 'object':
      if (value.v === undefined) return undefined
      // Told in a few words: a path, a date, the member of an enum.
      if (typeof value.v === 'string') return { lexical: value.v, type: 'string' }
      return { lexical: canonicalJson(plainJson(value.v)), type: 'json' }
    default:
      return undefined
  }
}

/** The number a literal stands for, if it is one. */
export function numberOf(literal: Literal): number | undefined {
  if (literal.type === 'integer') return Number(literal.lexical)
  if (literal.type !== 'double') return undefined
  return Number(literal.lexical.replace('INF', 'Infinity'))
}

/** The JSON that a value with tags of the journal stands for. Numbers that JSON does not have are their digits, as text. */
export function plainJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plainJson)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null) return null
  const { $: tag, v } = value as { $?: unknown; v?: unknown }
  if (tag === 'double' && typeof v === 'string') return Number.isFinite(Number(v)) ? Number(v) : v
  if (tag === 'object') return plainJson(v)
  if ((tag === 'integer' || tag === 'text') && typeof v === 'string') return v
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainJson(member)]))
}

function typeOfPlain(value: null | boolean | string | number, names: TypeNames): string {
  if (value === null) return names.nothing
  if (typeof value === 'string') return names.text
  if (typeof value === 'boolean') return names.boolean
  return Number.isSafeInteger(value) ? names.integer : names.double
}

/** What is said of a value of which only the type is known. */
export const onlyType = {
  literal: undefined,
  fields: undefined,
  length: undefined,
  bytes: undefined,
  shape: undefined,
  elementType: undefined,
  columns: undefined,
  redacted: false,
}

function scalar(type: string, literal: Literal | undefined): ValueFacts {
  // Written out, because most values are scalars and to spread an object takes much longer.
  return {
    type,
    literal,
    fields: undefined,
    length: undefined,
    bytes: undefined,
    shape: undefined,
    elementType: undefined,
    columns: undefined,
    redacted: false,
    id: undefined,
    fingerprint: 0,
  }
}

/** FNV-1a over all that a change in place would change; never 0. */
function fingerprint(value: {
  v?: unknown
  fields?: Record<string, unknown>
  digest?: string
  length?: number
  shape?: number[]
  columns?: string[]
}): number {
  const shown = value.v ?? value.fields
  if (value.digest === undefined && shown === undefined && value.length === undefined && !value.shape)
    return 0
  const content = value.digest ?? (shown === undefined ? '' : JSON.stringify(shown))
  const text = `${content}|${value.length ?? ''}|${value.shape?.join() ?? ''}|${value.columns?.join() ?? ''}`
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0 || 1
}
