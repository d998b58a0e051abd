import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindQuery, scopeOf, type Parameters } from '../../src/query/bind.ts'
import { catalogue, type CatalogueQuery } from '../../src/query/catalogue.ts'
import type { QueryEngine } from '../../src/query/engine.ts'
import { LocalEngine } from '../../src/query/local-engine.ts'
import { comparable, parametersOf, quadsOf, readCases, rowsOf, storeOf, writeCases } from './cases.ts'
import { comunicaOver } from './comunica-over.ts'

const queries = await catalogue()
const update = process.env['UPDATE_CASES'] === '1'

let engines: Record<'Oxigraph' | 'Oxigraph over slices' | 'Comunica', QueryEngine>
let close: () => Promise<void>

beforeAll(async () => {
  const { store, remove } = await storeOf()
  const local = new LocalEngine([store])
  const slicing = new LocalEngine([store], [], { largestLoaded: 0 })
  engines = { Oxigraph: local, 'Oxigraph over slices': slicing, Comunica: comunicaOver(quadsOf()) }
  close = async () => {
    await local.close()
    await slicing.close()
    remove()
  }
})
afterAll(() => close())

async function answer(engine: QueryEngine, query: CatalogueQuery, parameters: Parameters) {
  return rowsOf(await engine.query(bindQuery(query, parameters), scopeOf(query, parameters)))
}

describe.each(queries.map((query) => [query.name, query] as const))('%s', (name, query) => {
  it('has a case', () => {
    expect(readCases(name).length).toBeGreaterThan(0)
  })

  it('has a case with an answer in it', () => {
    expect(readCases(name).some(({ rows }) => rows.length > 0)).toBe(true)
  })

  it.each(update ? ['Oxigraph' as const] : [])('keeps what %s answers as its case', async (engine) => {
    const answered = []
    for (const each of readCases(name)) {
      answered.push({ ...each, rows: await answer(engines[engine], query, parametersOf(each)) })
    }
    writeCases(name, answered)
  })

  it.each(['Oxigraph', 'Oxigraph over slices', 'Comunica'] as const)(
    'is answered by %s as expected',
    async (engine) => {
      for (const each of readCases(name)) {
        const rows = await answer(engines[engine], query, parametersOf(each))
        expect(comparable(rows)).toEqual(comparable(each.rows))
      }
    },
  )
})
