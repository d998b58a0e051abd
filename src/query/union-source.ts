import factory from '@rdfjs/data-model'
import type { Quad, Term } from '@rdfjs/types'
import { QueryError } from '../errors.ts'
import { writeTerm } from '../rdf/write-term.ts'
import type { Row } from '../sparql/answer.ts'
import type { Pattern, QuadSource } from './comunica-engine.ts'
import type { Dataset } from './dataset.ts'
import type { LocalGraphs } from './local-engine.ts'
import type { RemoteEngine } from './remote-engine.ts'
import { termKey } from './term-key.ts'

/** The quads of several sources as of one: a quad that two of them hold is there once. */
export class UnionSource implements QuadSource {
  readonly #dataset: Dataset | undefined
  /** Names of the graphs of the dataset that may be read; undefined for all. */
  readonly #graphs: ReadonlySet<string> | undefined
  /** Whether quads of files that stand in no named graph are among them. */
  readonly #loose: boolean
  readonly #remotes: readonly RemoteEngine[]
  readonly #signal: AbortSignal | undefined
  readonly #asked = new Map<string, Promise<readonly Quad[]>>()
  readonly #counts = new Map<string, Promise<number>>()

  constructor(
    local: LocalGraphs | undefined,
    remotes: readonly RemoteEngine[],
    signal: AbortSignal | undefined,
    { loose = false }: { loose?: boolean } = {},
  ) {
    this.#loose = loose
    this.#dataset = local?.dataset
    this.#graphs = local?.graphs && new Set(local.graphs)
    this.#remotes = remotes
    this.#signal = signal
  }

  async *match(...pattern: Pattern): AsyncGenerator<Quad> {
    const terms = boundTerms(pattern)
    yield* await once(this.#asked, keyOf(terms), () => this.#find(terms))
  }

  count(...pattern: Pattern): Promise<number> {
    const terms = boundTerms(pattern)
    return once(this.#counts, keyOf(terms), () => this.#count(terms))
  }

  async #find(terms: BoundTerms): Promise<readonly Quad[]> {
    const rows = await this.#ask('*', terms)
    const seen = new Map<string, Quad>()
    const add = (quad: Quad) => seen.set(keyOf([quad.subject, quad.predicate, quad.object, quad.graph]), quad)
    for (const quad of this.#matchHere(terms)) add(factory.fromQuad(quad))
    for (const [source, row] of rows) {
      const [subject, predicate, object, graph] = names.map((name, index) => {
        const term = row[name] ?? terms[index]
        // Two servers may give the same label to different nodes.
        return term?.termType === 'BlankNode' ? factory.blankNode(`${source}.${term.value}`) : term
      })
      add(factory.quad(subject as never, predicate as never, object as never, graph as never))
    }
    return [...seen.values()]
  }

  async #count(terms: BoundTerms): Promise<number> {
    const rows = await this.#ask('(COUNT(*) AS ?n)', terms)
    return rows.reduce((sum, [, row]) => sum + Number(row['n']?.value ?? 0), this.#matchHere(terms).length)
  }

  /** The solutions of the pattern at the remote sources, each with the number of its source. */
  async #ask(selected: string, terms: BoundTerms): Promise<(readonly [source: number, Row])[]> {
    const [s, p, o, g] = names.map((name, index) => writeBound(terms[index], name))
    const sparql = `SELECT ${selected} WHERE { GRAPH ${g} { ${s} ${p} ${o} } }`
    const answers = await Promise.all(
      this.#remotes.map((remote) => remote.query(sparql, undefined, this.#signal)),
    )
    return answers.flatMap((answer, source) =>
      answer.type === 'bindings' ? answer.rows.map((row) => [source, row] as const) : [],
    )
  }

  #matchHere(terms: BoundTerms): readonly Quad[] {
    const quads = this.#dataset?.match(...terms) ?? []
    return quads.filter(({ graph }) =>
      graph.termType === 'NamedNode' ? (this.#graphs?.has(graph.value) ?? true) : this.#loose,
    )
  }
}

const names = ['s', 'p', 'o', 'g'] as const

type BoundTerms = readonly [Bound, Bound, Bound, Bound]
type Bound = Term | undefined

/** The terms that a quad must have; undefined for a variable, and for the default graph, which is the union of all. */
function boundTerms(pattern: Pattern): BoundTerms {
  const [subject, predicate, object, graph] = pattern.map((term) =>
    term === null || term?.termType === 'Variable' || term?.termType === 'DefaultGraph' ? undefined : term,
  )
  return [subject, predicate, object, graph]
}

/** What `make` gives for this key, made once. */
function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = known.get(key)
  if (value === undefined) known.set(key, (value = make()))
  return value
}

function writeBound(term: Term | undefined, name: string): string {
  if (term === undefined) return `?${name}`
  if (term.termType !== 'NamedNode' && term.termType !== 'Literal') {
    throw new QueryError('Cannot follow a blank node from one source to another', {
      advice: 'Ask one source at a time, or name the nodes.',
    })
  }
  return writeTerm(term)
}

function keyOf(terms: readonly (Term | undefined)[]): string {
  return terms.map(termKey).join(' ')
}
