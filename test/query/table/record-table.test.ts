import { afterAll, describe, expect, it } from 'vitest'
import { answersByValue } from '../../../src/query/answers-by-value.ts'
import { bindQuery, scopeOf } from '../../../src/query/bind.ts'
import { catalogue } from '../../../src/query/catalogue.ts'
import { Dataset } from '../../../src/query/dataset.ts'
import { NotHere } from '../../../src/query/table/expression.ts'
import { RecordTable } from '../../../src/query/table/record-table.ts'
import { answerFrom, readTableQuery } from '../../../src/query/table/table-query.ts'
import type { StoredGraph } from '../../../src/store/store.ts'
import type { Answer } from '../../../src/sparql/answer.ts'
import { randomQueries } from '../large/random-queries.ts'
import { comparable, parametersOf, readCases, rowsOf, storeOf } from '../../queries/cases.ts'
import { idOf } from '../../store/sample-run.ts'

/** Needs a path of any length. */
const leftToOxigraph = new Set(['prov-hops'])

describe('A record as a table', async () => {
  const { store, remove } = await storeOf()
  afterAll(remove)
  const queries = (await catalogue()).filter(({ reads }) => reads === 'records')

  it.each(queries.map((query) => [query.name, query] as const))(
    'answers %s as expected',
    async (name, query) => {
      for (const each of readCases(name)) {
        const given = parametersOf(each)
        const { records } = scopeOf(query, given)
        if (records === undefined || records === 'all' || records.length !== 1) continue
        const [run] = records
        const table = await RecordTable.read(run!, await store.graph(run!, 'record'))
        const read = await readTableQuery(bindQuery(query, given))
        let answer: Answer | undefined
        try {
          answer = read && answerFrom(table!, read, () => true)
        } catch (error) {
          if (!(error instanceof NotHere)) throw error
        }
        if (leftToOxigraph.has(name)) expect(answer).toBeUndefined()
        else expect(comparable(rowsOf(answer!))).toEqual(comparable(each.rows))
      }
    },
  )

  it('answers hundreds of queries that nobody thought of as Oxigraph does, or leaves them to it', async () => {
    const graph =
      record(`:a :p :b , :c , :a ; :q :b , "one" , "one"@en , 01 ; :r :d . :b :p :c ; :q :d , "two" , 1.50 .
      :a :s :a , 2.0E0 , "2026-11-29T10:00:00.000Z"^^xsd:dateTime . :d :s :d , "one" ; :r :p . :p :q :p . :e a :Class .`)
    const table = await RecordTable.read(id, graph)
    const oxigraph = await Dataset.create()
    oxigraph.load(await textOf(graph), graph.mediaType)
    let answered = 0
    for (const query of randomQueries(1000)) {
      const read = await readTableQuery(prefixes + query)
      let answer: Answer
      try {
        if (read === undefined) continue
        answer = answerFrom(table!, read, () => true)
      } catch (error) {
        if (!(error instanceof NotHere)) throw error
        continue
      }
      answered++
      const expected = rowsOf(await byValue(oxigraph.query(prefixes + query)))
      expect({ query, rows: comparable(rowsOf(await byValue(answer))) }).toEqual({
        query,
        rows: comparable(expected),
      })
    }
    expect(answered).toBeGreaterThan(100)
  })

  it.each([
    ['a blank node', '_:x :p :o .'],
    ['no end', ':s :p'],
  ])('is none that has %s', async (_, triples) => {
    expect(await RecordTable.read(id, record(triples))).toBeUndefined()
  })
})

const id = `urn:uuid:${idOf(1)}`
const prefixes = 'PREFIX : <urn:t:> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n'

function record(triples: string): StoredGraph {
  const text = `${prefixes} <${id}#record> { ${triples} }`
  return {
    graph: `${id}#record`,
    mediaType: 'application/trig',
    size: text.length,
    async *text() {
      yield text
    },
  }
}

async function textOf(graph: StoredGraph): Promise<string> {
  let text = ''
  for await (const chunk of graph.text()) text += chunk
  return text
}

/** With one spelling of each value. */
function byValue(answer: Answer): Promise<Answer> {
  return answersByValue({ sources: [], query: async () => answer, close: async () => {} }).query('')
}
