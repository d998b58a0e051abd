import type { Quad, Term } from '@rdfjs/types'
import { QueryError } from '../errors.ts'
import { writeTerm } from '../rdf/write-term.ts'
import type { Match, QuadSource } from './comunica-engine.ts'
import type { Dataset } from './dataset.ts'
import type { RemoteEngine } from './remote-engine.ts'
import { termKey } from './term-key.ts'

type Pattern = readonly [Match, Match, Match, Match]

/** The quads of several sources as of one: a quad that two of them hold is there once. */
export class UnionSource implements QuadSource {
  readonly #local: Dataset | undefined
  readonly #remotes: readonly RemoteEngine[]
  readonly #signal: AbortSignal | undefined
  readonly #asked = new Map<string, Promise<readonly Quad[]>>()
  readonly #counts = new Map<string, Promise<number>>()

  constructor(local: Dataset | undefined, remotes: readonly RemoteEngine[], signal: AbortSignal | undefined) {
    this.#local = local
    this.#remotes = remotes
    this.#signal = signal
  }

  async *match(...pattern: Pattern): AsyncGenerator<Quad> {
    const key = keyOf(pattern)
    let quads = this.#asked.get(key)
    if (quads === undefined) this.#asked.set(key, (quads = this.#ask(pattern)))
    yield* await quads
  }

  count(...pattern: Pattern): Promise<number> {
    const key = keyOf(pattern)
    let count = this.#counts.get(key)
    if (count === undefined) this.#counts.set(key, (count = this.#ask(pattern, true)))
    return count
  }

  async #ask(pattern: Pattern): Promise<readonly Quad[]>
  async #ask(pattern: Pattern, counting: true): Promise<number>
  async #ask(pattern: Pattern, counting = false): Promise<readonly Quad[] | number> {
    const { DataFactory } = await import('n3')
    const names = ['s', 'p', 'o', 'g'] as const
    const [s, p, o, g] = names.map((name, index) => termOf(pattern[index], name))
    const where = `{ GRAPH ${g} { ${s} ${p} ${o} } }`
    const sparql = counting ? `SELECT (COUNT(*) AS ?n) WHERE ${where}` : `SELECT * WHERE ${where}`
    const answers = await Promise.all(
      this.#remotes.map((remote) => remote.query(sparql, undefined, this.#signal)),
    )
    const local = this.#local?.match(...(pattern as [never, never, never, never])) ?? []
    const rows = answers.flatMap((answer) => (answer.type === 'bindings' ? answer.rows : []))
    if (counting) return rows.reduce((sum, row) => sum + Number(row['n']?.value ?? 0), local.length)
    const seen = new Map<string, Quad>()
    const add = (quad: Quad) => seen.set(keyOf([quad.subject, quad.predicate, quad.object, quad.graph]), quad)
    for (const quad of local)
      if (quad.graph.termType !== 'DefaultGraph') add(DataFactory.fromQuad(quad as never))
    for (const row of rows) {
      const [subject, predicate, object, graph] = names.map((name, index) => row[name] ?? pattern[index])
      add(DataFactory.quad(subject as never, predicate as never, object as never, graph as never))
    }
    return [...seen.values()]
  }
}

function termOf(term: Match, name: string): string {
  if (
    term === null ||
    term === undefined ||
    term.termType === 'Variable' ||
    term.termType === 'DefaultGraph'
  ) {
    return `?${name}`
  }
  if (term.termType !== 'NamedNode' && term.termType !== 'Literal') {
    throw new QueryError('Cannot follow a blank node from one source to another', {
      advice: 'Ask one source at a time, or name the nodes.',
    })
  }
  return writeTerm(term)
}

function keyOf(terms: readonly (Term | null | undefined)[]): string {
  return terms.map(termKey).join(' ')
}
