import { readFileSync, readdirSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'

const contract = new URL('../contract/', import.meta.url)
const readText = (path: string) => readFileSync(new URL(path, contract), 'utf8')
const namesIn = (folder: string) =>
  readdirSync(new URL(folder, contract)).filter((name) => name.endsWith('.jsonl'))
const linesOf = (path: string) => readText(path).split('\n').filter(Boolean)

const accepts = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
  strictTypes: false,
}).compile(JSON.parse(readText('journal.schema.json')))

function isAccepted(line: string): boolean {
  try {
    return accepts(JSON.parse(line))
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

describe('the journal contract', () => {
  test.each(namesIn('samples/accepted/'))('accepts every line of %s', (name) => {
    for (const [at, line] of linesOf(`samples/accepted/${name}`).entries()) {
      expect(isAccepted(line), `line ${at + 1}: ${line} ${JSON.stringify(accepts.errors?.slice(-3))}`).toBe(
        true,
      )
    }
  })

  test.each(namesIn('samples/rejected/'))('rejects the line of %s', (name) => {
    const lines = linesOf(`samples/rejected/${name}`)
    expect(lines).toHaveLength(1)
    expect(isAccepted(lines[0] ?? '')).toBe(false)
  })

  test('has an accepted sample of every kind of line', () => {
    const schema = JSON.parse(readText('journal.schema.json')) as { oneOf: { $ref: string }[] }
    const kinds = schema.oneOf.map(({ $ref }) => $ref.replace('#/$defs/', ''))
    const sampled = new Set(
      namesIn('samples/accepted/').flatMap((name) =>
        linesOf(`samples/accepted/${name}`).map((line) => (JSON.parse(line) as { kind: string }).kind),
      ),
    )
    expect(kinds.filter((kind) => !sampled.has(kind))).toEqual([])
  })

  test('knows secrets by patterns that JavaScript can read', () => {
    const secrets = JSON.parse(readText('secrets.json')) as { names: string[]; values: string[] }
    const isName = (name: string) => secrets.names.some((pattern) => new RegExp(pattern, 'i').test(name))
    expect(['DB_PASSWORD', 'apiKey', 'access_token', 'Authorization', 'clientSecret'].every(isName)).toBe(
      true,
    )
    expect(['tokenizer', 'max_tokens', 'path', 'author', 'keyword'].some(isName)).toBe(false)
    const isValue = (text: string) => secrets.values.some((pattern) => new RegExp(pattern).test(text))
    expect(isValue('postgres://ada:hunter2@db/x')).toBe(true)
    expect(isValue('https://example.org/a:b@c')).toBe(false)
  })
})
