import { readSparqlTsv } from '../../sparql/read-tsv.ts'
import type { Answer } from '../../sparql/answer.ts'
import type { Store } from '../../store/store.ts'
import type { Scope } from '../engine.ts'
import { checkScopes } from './check-scopes.ts'
import { evaluateSmall } from './small-evaluation.ts'
import type { Solution } from './small-expression.ts'
import { SmallGraph } from './small-graph.ts'
import { answered } from './small-terms.ts'
import { NotSmall } from './small-query.ts'
import { readSmallQuery } from './small-syntax.ts'

/** Runs that one question may be about, and bytes of all their summaries. */
const mostRuns = 20
const mostBytes = 8_000_000
/** Questions after which it is quicker to have an engine made ready for more. */
const mostQuestions = 100

/**
 * The summaries of a few runs, which simple questions are answered from without Oxigraph: to make it ready takes half a
 * second of a processor, and a command that shows one run asks five questions.
 */
export class SmallRuns {
  readonly #stores: readonly Store[]
  readonly #graphs = new Map<string, SmallGraph | undefined>()
  #questions = 0

  constructor(stores: readonly Store[]) {
    this.#stores = stores
  }

  /** @returns undefined for what is left to Oxigraph */
  async query(sparql: string, { summaries, records }: Scope): Promise<Answer | undefined> {
    if (typeof summaries !== 'object' || records !== undefined) return undefined
    const runs = [...new Set(summaries)]
    if (runs.length === 0 || runs.length > mostRuns || ++this.#questions > mostQuestions) return undefined
    const graphs: SmallGraph[] = []
    for (const run of runs) {
      const graph = await this.#graphOf(run)
      if (graph === undefined) return undefined
      graphs.push(graph)
    }
    if (graphs.reduce((sum, { length }) => sum + length, 0) > mostBytes) return undefined
    try {
      const query = readSmallQuery(sparql)
      checkScopes(query)
      const names = query.columns.map(({ variable }) => variable)
      return answerOf(names, evaluateSmall(query, graphs))
    } catch (error) {
      if (error instanceof NotSmall) return undefined
      throw error
    }
  }

  clear(): void {
    this.#graphs.clear()
    this.#questions = 0
  }

  /** Of what is missing, damaged or large, or has notes beside it, Oxigraph says what is to be said. */
  async #graphOf(run: string): Promise<SmallGraph | undefined> {
    if (!/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(run)) return undefined
    for (const store of this.#stores) {
      if (!(await store.has(run))) continue
      // A run gets notes at any time; its summary stays as it is.
      if ((await store.notes(run)).length > 0) return undefined
      if (!this.#graphs.has(run)) this.#graphs.set(run, await readSummary(store, run))
      return this.#graphs.get(run)
    }
    return undefined
  }
}

async function readSummary(store: Store, run: string): Promise<SmallGraph | undefined> {
  const summary = await store.graph(run, 'summary')
  if (summary.size > mostBytes || summary.mediaType !== 'application/n-quads') return undefined
  let text = ''
  for await (const chunk of summary.text()) text += chunk
  return SmallGraph.read(text, summary.graph)
}

/** Of the text of an answer, as that of Oxigraph is read. */
function answerOf(names: readonly string[], solutions: readonly Solution[]): Answer {
  const lines = [names, ...solutions.map((each) => names.map((name) => answered(each[name] ?? '')))]
  return readSparqlTsv(lines.map((cells) => `${cells.join('\t')}\n`).join(''))
}
