import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Quad, Term } from '@rdfjs/types'
import { Parser } from 'n3'
import type { Answer } from '../../src/sparql/answer.ts'
import type { Parameters } from '../../src/query/bind.ts'
import { LocalEngine } from '../../src/query/local-engine.ts'
import { writeTerm } from '../../src/rdf/write-term.ts'
import { initStore } from '../../src/open/init-store.ts'
import type { RunEntry, Store } from '../../src/store/store.ts'

const here = import.meta.dirname

/** Recorded runs of examples/first-run, oldest first; fixtures/record.sh made them. */
export const fixtures = ['cooling-default', 'cooling-keeps-glitches', 'cooling-fails', 'ranking'] as const

/** A question with the answer that the recorded runs of fixtures/ give to it. */
export interface QueryCase {
  /** `{cooling-default}` in a value stands for that run's IRI. */
  parameters: Readonly<Record<string, string | readonly string[]>>
  /** Rows in any order; terms as N-Triples writes them, unbound variables absent. */
  rows: readonly Readonly<Record<string, string>>[]
}

/** Of a file of a fixture, compressed or not. */
export function textOf(fixture: string, file: string): string {
  const bytes = readFileSync(join(here, 'fixtures', fixture, file))
  return file.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8')
}

export function entryOf(fixture: string): RunEntry {
  return JSON.parse(textOf(fixture, 'entry.json')) as RunEntry
}

export function parametersOf({ parameters }: QueryCase): Parameters {
  const resolve = (text: string) => text.replace(/\{([\w-]+)\}/g, (_, name: string) => entryOf(name).id)
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? resolve(value) : value.map(resolve),
    ]),
  )
}

/** These runs in a store of their own, in a folder that is removed by `remove`. */
export async function storeOf(
  runs: readonly string[] = fixtures,
): Promise<{ store: Store; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-queries-'))
  const store = await initStore(folder)
  for (const fixture of runs) {
    const entry = entryOf(fixture)
    const writer = await store.begin(entry.id)
    await writer.write('record', textOf(fixture, 'record.trig.gz'))
    await writer.write('summary', textOf(fixture, 'summary.nq.gz'))
    await writer.commit(entry)
    for (const text of notesOf(fixture)) await store.annotate(entry.id, () => text)
  }
  return { store, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** An engine over a store of these runs; `close` ends it and removes the store. */
export async function engineOf(
  runs?: readonly string[],
): Promise<{ engine: LocalEngine; close: () => Promise<void> }> {
  const { store, remove } = await storeOf(runs)
  const engine = new LocalEngine([store])
  return {
    engine,
    close: async () => {
      await engine.close()
      remove()
    },
  }
}

/** What was added to the run later: an answer that rests on the runs of cooling. */
function notesOf(fixture: string): string[] {
  return existsSync(join(here, 'fixtures', fixture, 'notes-1.trig')) ? [textOf(fixture, 'notes-1.trig')] : []
}

/** All graphs of these runs, as N3's parser reads them. */
export function quadsOf(runs: readonly string[] = fixtures): Quad[] {
  const parser = (format: string) => new Parser({ format })
  return runs.flatMap((fixture) => [
    ...parser('application/trig').parse(textOf(fixture, 'record.trig.gz')),
    ...parser('application/n-quads').parse(textOf(fixture, 'summary.nq.gz')),
    ...notesOf(fixture).flatMap((text) => parser('application/trig').parse(text)),
  ])
}

function pathOf(query: string): string {
  return join(here, 'cases', `${query}.json`)
}

export function readCases(query: string): QueryCase[] {
  if (!existsSync(pathOf(query))) return []
  return JSON.parse(readFileSync(pathOf(query), 'utf8')) as QueryCase[]
}

/** Keeps what was answered as what is expected; look at the difference before committing it. */
export function writeCases(query: string, cases: readonly QueryCase[]): void {
  writeFileSync(pathOf(query), `${JSON.stringify(cases, undefined, 2)}\n`)
}

export function rowsOf(answer: Answer): Record<string, string>[] {
  if (answer.type !== 'bindings') throw new Error(`${answer.type} instead of rows`)
  return answer.rows.map((row) =>
    Object.fromEntries(
      answer.variables.flatMap((name) => {
        const term = row[name]
        return term === undefined ? [] : [[name, write(term)]]
      }),
    ),
  )
}

/** Rows in an order of their own, with numbers by value: engines write the same number in several ways. */
export function comparable(rows: readonly Readonly<Record<string, string>>[]): string[] {
  return rows
    .map((row) =>
      Object.entries(row)
        .map(([name, term]) => `${name}=${name === 'inputs' ? byParts(term) : byValue(term)}`)
        .join('  '),
    )
    .toSorted()
}

/** SPARQL gives no order to what GROUP_CONCAT joins, and engines spell numbers in it as they like. */
function byParts(term: string): string {
  const text = term.slice(1, -1).replace(/\d+(\.\d+)?(e-?\d+)?/gi, (spelt) => String(Number(spelt)))
  return text.split(', ').toSorted().join(', ')
}

const number = /^"([^"]*)"\^\^<http:\/\/www\.w3\.org\/2001\/XMLSchema#(?:integer|decimal|double|float)>$/

function byValue(term: string): string {
  const match = number.exec(term)
  return match === null ? term : Number(match[1]).toPrecision(12)
}

function write(term: Term): string {
  return writeTerm(term) ?? `_:${term.value}`
}
