import { format } from 'prettier'
import { kindsOf, lengthOf, nameOf } from './journal-schema.ts'
import type { JournalSchema, Schema } from './journal-schema.ts'

/** The text of src/journal/line-fields.ts: what each field of each kind of line must be. */
export async function generateLineFields(schema: JournalSchema): Promise<string> {
  const kinds = kindsOf(schema)
  const lines = new Set([...kinds, 'agentLine', 'recorderLine'])
  const definitions = Object.entries(schema.$defs)
    .filter(([name]) => !lines.has(name))
    .map(([name, definition]) => `const ${checkName(name)} = ${checkOf(definition)}`)
  const fields = kinds.map((kind) => {
    const { kind: _, ...others } = schema.$defs[kind]?.properties ?? {}
    return `${kind}: ${fieldsOf(others, schema.$defs[kind]?.required)}`
  })
  const body = `${definitions.join('\n')}

/** For each kind of line: its required fields, and what each field must be. */
export const fieldsOf: ReadonlyMap<string, Fields> = new Map(
  Object.entries({ ${fields.join(',\n')} }).map(([kind, fields]) => [kind, readFields(fields)]),
)`
  const used = checks.filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  return format(
    `// Generated from contract/journal.schema.json by: npm run generate:journal
import { ${used.join(', ')} } from './checks.ts'
import type { Fields } from './checks.ts'

${body}`,
    { parser: 'typescript', semi: false, singleQuote: true, printWidth: 110, trailingComma: 'all' },
  )
}

/** What src/journal/checks.ts offers to the generated text. */
const checks = [
  'constant',
  'isAnything',
  'isBoolean',
  'isCount',
  'isInteger',
  'isObject',
  'isPlain',
  'isPositive',
  'isString',
  'listOf',
  'mapOf',
  'matching',
  'oneOf',
  'pairOf',
  'readFields',
  'shaped',
  'taggedOr',
]

function checkName(definition: string): string {
  return `is${definition.charAt(0).toUpperCase()}${definition.slice(1)}`
}

function checkOf(schema: Schema): string {
  if (schema.$ref !== undefined) return checkName(nameOf(schema.$ref))
  if (schema.const !== undefined) return `constant(${JSON.stringify(schema.const)})`
  if (schema.enum !== undefined) return `oneOf(${schema.enum.map((one) => JSON.stringify(one)).join()})`
  if (schema.oneOf !== undefined) return choiceOf(schema.oneOf)
  switch (schema.type) {
    case undefined:
      return 'isAnything'
    case 'string':
      return schema.pattern === undefined ? 'isString' : `matching(/${schema.pattern}/)`
    case 'boolean':
      return 'isBoolean'
    case 'integer':
      return integerFrom(schema.minimum)
    case 'array':
      return arrayOf(schema)
    case 'object':
      return objectOf(schema)
    default:
      // The only list of types that the contract has: all that stands for itself.
      if (String(schema.type) === 'null,boolean,string,number') return 'isPlain'
      throw new Error(`No check is known for ${JSON.stringify(schema)}`)
  }
}

function integerFrom(minimum: number | undefined): string {
  if (minimum === undefined) return 'isInteger'
  if (minimum === 0) return 'isCount'
  if (minimum === 1) return 'isPositive'
  throw new Error(`No check is known for integers from ${minimum}`)
}

function arrayOf(schema: Schema): string {
  const { items = {}, prefixItems = [items, items] } = schema
  const length = lengthOf(schema)
  if (length === undefined) return `listOf(${checkOf(items)})`
  if (length !== 2 || prefixItems.length !== 2) throw new Error(`No check is known for ${length} items`)
  return `pairOf(${prefixItems.map(checkOf).join()})`
}

function objectOf({ properties, required, additionalProperties }: Schema): string {
  if (properties !== undefined) return `shaped(${fieldsOf(properties, required)})`
  return typeof additionalProperties === 'object' ? `mapOf(${checkOf(additionalProperties)})` : 'isObject'
}

/** Something plain, or an object whose `$` says which of several it is. */
function choiceOf([plain = {}, ...tagged]: readonly Schema[]): string {
  const byTag = tagged.flatMap(({ properties = {}, required }) => {
    const { $: tag } = properties
    const tags = tag?.enum ?? [String(tag?.const)]
    // Which tag it is has been looked at when this check is called.
    const check = `shaped(${fieldsOf({ ...properties, $: { type: 'string' } }, required)})`
    return tags.map((name) => `${name}: ${check}`)
  })
  return `taggedOr(${checkOf(plain)}, { ${byTag.join()} })`
}

function fieldsOf(properties: Record<string, Schema>, required: readonly string[] = []): string {
  const fields = Object.entries(properties).map(
    ([name, field]) => `'${name}${required.includes(name) ? '' : '?'}': ${checkOf(field)}`,
  )
  return `{ ${fields.join()} }`
}
