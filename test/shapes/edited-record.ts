import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Quad } from 'n3'
import { Parser } from 'n3'
import { Store } from 'oxigraph'
import { packageRoot } from '../../src/package-root.ts'

const folder = join(packageRoot, 'test', 'shapes')
const good = readFileSync(join(folder, 'good-record.trig'), 'utf8')
export const prefixes: Readonly<Record<string, string>> = Object.fromEntries(
  [...good.matchAll(/^PREFIX (\S+): +<(\S+)>$/gm)].map(([, prefix = '', namespace = '']) => [
    prefix,
    namespace,
  ]),
)

/** What a shape must find after an edit. */
export interface Expectation {
  /** components#plan */
  shape: string
  /** IRI of the node. */
  node: string
  severity: 'Violation' | 'Info'
  /** Source line, where the edit's header gives one. */
  place: string | undefined
}

/** A small edit of the good record: a SPARQL update, and what the shapes must say of the outcome, to the last node. */
export interface Edit {
  name: string
  summary: string
  update: string
  expected: readonly Expectation[]
}

export const edits: readonly Edit[] = readdirSync(join(folder, 'edits'))
  .filter((file) => file.endsWith('.ru'))
  .map((file) => readEdit(file.slice(0, -3), readFileSync(join(folder, 'edits', file), 'utf8')))

function readEdit(name: string, text: string): Edit {
  const headers = [...text.matchAll(/^#\+ (\w+): (.*)$/gm)].map(([, key = '', value = '']) => ({
    key,
    value,
  }))
  return {
    name,
    summary: headers.find(({ key }) => key === 'summary')?.value ?? name,
    update: text,
    expected: headers
      .filter(({ key }) => key === 'finds' || key === 'notes')
      .map(({ key, value }) => {
        const [shape = '', node = '', place] = value.split(' ')
        return { shape, node: expand(node), severity: key === 'finds' ? 'Violation' : 'Info', place }
      }),
  }
}

function expand(name: string): string {
  if (name.startsWith('<')) return name.slice(1, -1)
  const [prefix = '', local = ''] = name.split(':')
  const namespace = prefixes[prefix]
  if (namespace === undefined) throw new Error(`No prefix of the good record: ${name}`)
  return namespace + local
}

/** The good record in the default graph, edited. */
export function editRecord(update?: string): Quad[] {
  return new Parser({ format: 'application/n-quads' }).parse(editedNTriples(update))
}

export function editedNTriples(update?: string): string {
  const store = new Store()
  const graph = `${prefixes['run']}record`
  store.load(good, { format: 'application/trig' })
  store.update(`MOVE <${graph}> TO DEFAULT`)
  if (update !== undefined) {
    const header = Object.entries(prefixes).map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}>`)
    store.update([...header, update].join('\n'))
  }
  return store.dump({ format: 'application/n-quads' })
}
