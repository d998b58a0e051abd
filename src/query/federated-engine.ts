import type { Term } from '@rdfjs/types'
import { EndpointError, QueryError } from '../errors.ts'
import { foreignService } from './check-services.ts'
import { ComunicaEngine } from './comunica-engine.ts'
import { Dataset } from './dataset.ts'
import type { QueryEngine, Scope } from './engine.ts'
import type { Answer, Row } from '../sparql/answer.ts'
import type { LocalEngine, LocalGraphs } from './local-engine.ts'
import { mergeSolutions } from './merge-solutions.ts'
import { querySyntax } from './query-syntax.ts'
import type { RemoteEngine } from './remote-engine.ts'
import { namesGraphs, servicesOf, splitQuery, type Block } from './split-query.ts'
import { UnionSource } from './union-source.ts'
import { writeTerm } from '../rdf/write-term.ts'

/**
 * Answers over several sources as over one that holds all their graphs, where a graph may be at any number of them.
 *
 * Each GRAPH block is evaluated whole at every source, its solutions are merged, and the rest of the query (joins,
 * aggregates, order) is evaluated here, in Oxigraph, with those tables in place of the blocks: one request a block and
 * source. What cannot be split so is answered by Comunica, pattern by pattern.
 */
export class FederatedEngine implements QueryEngine {
  readonly sources: readonly string[]
  readonly #local: LocalEngine | undefined
  readonly #remotes: readonly RemoteEngine[]

  constructor(local: LocalEngine | undefined, remotes: readonly RemoteEngine[]) {
    this.#local = local
    this.#remotes = remotes
    this.sources = [...(local?.sources ?? []), ...remotes.flatMap((remote) => remote.sources)]
  }

  async query(sparql: string, scope?: Scope, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted()
    const syntax = await querySyntax()
    const query = syntax.parse(sparql)
    const split = splitQuery(query)
    if (split === undefined) {
      if (servicesOf(query).length > 0) {
        throw new QueryError(
          'Cannot answer SERVICE together with patterns outside of GRAPH over several sources',
          {
            advice: 'Put every pattern into GRAPH ?g { … } or SERVICE <…> { … }.',
          },
        )
      }
      return this.#pattern(sparql, namesGraphs(query) ? 'some' : 'none', scope, signal)
    }
    const tables = new Map<string, string>()
    for (const block of split.blocks) {
      const table = await this.#evaluate(block, syntax.write(block.query), scope, signal)
      // A blank node cannot be written into a query.
      if (table === undefined) return this.#pattern(sparql, 'all', scope, signal)
      tables.set(block.marker, table)
    }
    const rest = syntax
      .write(split.rest)
      .replace(
        /VALUES \?(vampiraBlock\d+) \{\s*UNDEF\s*\}/g,
        (text, marker: string) => tables.get(marker) ?? text,
      )
    signal?.throwIfAborted()
    return (await Dataset.create()).query(rest)
  }

  async close(): Promise<void> {
    await Promise.all([this.#local?.close(), ...this.#remotes.map((remote) => remote.close())])
  }

  async #evaluate(
    block: Block,
    sparql: string,
    scope: Scope | undefined,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    if (block.service === undefined) {
      const engines: QueryEngine[] = [...(this.#local === undefined ? [] : [this.#local]), ...this.#remotes]
      const answers = await Promise.all(engines.map((engine) => engine.query(sparql, scope, signal)))
      return tableOf(answers)
    }
    const { url, silent } = block.service
    const remote = this.#remotes.find((each) => each.endpoint.query === url || each.endpoint.name === url)
    if (remote === undefined) {
      throw foreignService(url)
    }
    try {
      return tableOf([await remote.query(sparql, scope, signal)])
    } catch (cause) {
      if (silent && cause instanceof EndpointError) return 'VALUES () { () }'
      throw cause
    }
  }

  /** @param inGraphs which of its patterns stand in GRAPH */
  #pattern(
    sparql: string,
    inGraphs: 'all' | 'some' | 'none',
    scope: Scope | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const ask = (local?: LocalGraphs) => {
      // Comunica does not say of a pattern whether it stands in GRAPH.
      if (inGraphs === 'some' && local?.loose === true) {
        throw new QueryError(
          'Cannot tell the default graph of a file from graphs with names, together with a server',
          {
            advice:
              'Put every pattern into GRAPH ?g { … }, or none, or the triples of the file into a graph (TriG).',
          },
        )
      }
      const source = new UnionSource(local, this.#remotes, signal, { loose: inGraphs === 'none' })
      return new ComunicaEngine(this.sources, source).query(sparql, scope, signal)
    }
    return this.#local === undefined ? ask() : this.#local.withGraphs(scope, signal, ask)
  }
}

/** Solutions of one block at several sources as a VALUES block; undefined where one has a blank node. */
function tableOf(answers: readonly Answer[]): string | undefined {
  const { variables, rows } = mergeSolutions(answers)
  const written: string[] = []
  for (const row of rows) {
    const line = writeRow(variables, row)
    if (line === undefined) return undefined
    written.push(line)
  }
  // Oxigraph goes through a bare VALUES for each solution that it is joined with. Behind a LIMIT it is hashed once.
  const table = `VALUES (${variables.map((name) => `?${name}`).join(' ')}) {\n${written.join('\n')}\n}`
  return written.length < 2 ? table : `{ SELECT * WHERE { ${table} } LIMIT ${written.length} }`
}

function writeRow(variables: readonly string[], row: Row): string | undefined {
  const terms: string[] = []
  for (const name of variables) {
    const term: Term | undefined = row[name]
    if (term !== undefined && term.termType !== 'NamedNode' && term.termType !== 'Literal') return undefined
    terms.push(term === undefined ? 'UNDEF' : writeTerm(term))
  }
  return `(${terms.join(' ')})`
}
