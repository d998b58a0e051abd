import { format } from 'prettier'
import { kindsOf, lengthOf, nameOf } from './journal-schema.ts'
import type { JournalSchema, Schema } from './journal-schema.ts'

const header = `/**
 * The lines of a journal. Read-only: nobody changes a line after it was read.
 * Generated from contract/journal.schema.json by: npm run generate:journal
 */
`

/** The text of src/journal/line.ts: a type for each kind of line, and for each part of a line that has a title. */
export async function generateLineTypes(schema: JournalSchema): Promise<string> {
  const kinds = kindsOf(schema)
  const types = new Types(schema, kinds)
  for (const [name, definition] of Object.entries(schema.$defs)) types.define(name, definition)
  const declarations = [...types.declarations.values()]
  const lines = kinds.map((kind) => types.titleOf(kind)).join(' | ')
  return format([header, ...declarations, `export type JournalLine = ${lines}`].join('\n\n'), {
    parser: 'typescript',
    semi: false,
    singleQuote: true,
    printWidth: 110,
    trailingComma: 'all',
  })
}

class Types {
  /** By title, in the order in which they are met. */
  readonly declarations = new Map<string, string>()
  readonly #schema: JournalSchema
  readonly #kinds: ReadonlySet<string>

  constructor(schema: JournalSchema, kinds: readonly string[]) {
    this.#schema = schema
    this.#kinds = new Set(kinds)
  }

  /** The name of a definition's type; undefined where it is written out in each place. */
  titleOf(name: string): string | undefined {
    if (this.#kinds.has(name)) return `${name.charAt(0).toUpperCase()}${name.slice(1)}Line`
    return this.#schema.$defs[name]?.title
  }

  define(name: string, definition: Schema): void {
    const title = this.titleOf(name)
    if (title !== undefined) this.#declare(title, definition)
  }

  #declare(title: string, schema: Schema): string {
    if (this.declarations.has(title)) return title
    const { properties, oneOf } = schema
    const text =
      properties !== undefined
        ? `export interface ${title} ${this.#fields(schema)}`
        : `export type ${title} = ${(oneOf ?? []).map((one) => this.#typeOf(one)).join(' | ')}`
    this.declarations.set(title, `${comment(schema)}${text}`)
    return title
  }

  #typeOf(schema: Schema): string {
    if (schema.$ref !== undefined) {
      const name = nameOf(schema.$ref)
      return this.titleOf(name) ?? this.#typeOf(this.#schema.$defs[name] ?? {})
    }
    if (schema.const !== undefined) return JSON.stringify(schema.const)
    if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
    if (schema.oneOf !== undefined) return schema.oneOf.map((one) => this.#typeOf(one)).join(' | ')
    if (Array.isArray(schema.type)) return schema.type.join(' | ')
    switch (schema.type) {
      case 'integer':
        return 'number'
      case 'array':
        return this.#arrayOf(schema)
      case 'object':
        if (schema.title !== undefined) return this.#declare(schema.title, schema)
        return this.#fields(schema)
      default:
        return schema.type ?? 'unknown'
    }
  }

  #arrayOf(schema: Schema): string {
    const length = lengthOf(schema)
    if (length === undefined) return `(${this.#typeOf(schema.items ?? {})})[]`
    const items = schema.prefixItems ?? Array.from({ length }, () => schema.items ?? {})
    return `[${items.map((item) => this.#typeOf(item)).join(', ')}]`
  }

  #fields({ properties, required = [], additionalProperties }: Schema): string {
    if (properties === undefined) {
      const values = typeof additionalProperties === 'object' ? this.#typeOf(additionalProperties) : 'unknown'
      return `Record<string, ${values}>`
    }
    const fields = Object.entries(properties).map(
      ([name, field]) =>
        `${comment(field)}${name}${required.includes(name) ? '' : '?'}: ${this.#typeOf(field)}`,
    )
    return `{\n${fields.join('\n')}\n}`
  }
}

/** The description as a doc comment, on several lines where one would be too long. */
function comment({ description }: Schema): string {
  if (description === undefined) return ''
  if (description.length < 100) return `/** ${description} */\n`
  const lines = ['']
  for (const word of description.split(' ')) {
    if ((lines.at(-1) ?? '').length + word.length > 105) lines.push('')
    lines.push(`${lines.pop()} ${word}`)
  }
  return `/**\n${lines.map((line) => ` *${line}\n`).join('')} */\n`
}
