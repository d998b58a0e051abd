import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'

/** The words of JSON Schema that contract/journal.schema.json uses. */
export interface Schema {
  title?: string
  description?: string
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: string[]
  oneOf?: Schema[]
  minimum?: number
  pattern?: string
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
  prefixItems?: Schema[]
  minItems?: number
  maxItems?: number
}

export interface JournalSchema extends Schema {
  oneOf: Schema[]
  $defs: Record<string, Schema>
}

const knownWords = new Set(
  [
    'title description $ref type const enum oneOf minimum pattern required properties',
    'additionalProperties items prefixItems minItems maxItems',
  ].flatMap((words) => words.split(' ')),
)

/** The journal's contract. @throws Error at a word that the generators would pass over. */
export function readJournalSchema(): JournalSchema {
  const schema = JSON.parse(
    readFileSync(join(packageRoot, 'contract', 'journal.schema.json'), 'utf8'),
  ) as JournalSchema
  Object.values(schema.$defs).forEach(checkWords)
  return schema
}

/** The name of the definition that a schema refers to. */
export function nameOf(reference: string): string {
  return reference.replace('#/$defs/', '')
}

/** The kinds of line, in the order of the contract. */
export function kindsOf(schema: JournalSchema): string[] {
  return schema.oneOf.map(({ $ref = '' }) => nameOf($ref))
}

/** How many items an array must have, where the contract says so. */
export function lengthOf({ minItems, maxItems }: Schema): number | undefined {
  return minItems === maxItems ? minItems : undefined
}

function checkWords(schema: Schema): void {
  const unknown = Object.keys(schema).filter((word) => !knownWords.has(word))
  if (unknown.length > 0) throw new Error(`No generator knows the schema words ${unknown.join(', ')}`)
  const { oneOf = [], prefixItems = [], properties = {}, items, additionalProperties } = schema
  for (const inner of [...oneOf, ...prefixItems, ...Object.values(properties)]) checkWords(inner)
  if (items !== undefined) checkWords(items)
  if (typeof additionalProperties === 'object') checkWords(additionalProperties)
}
