import { describe, expect, it } from 'vitest'
import { QueryError } from '../../src/errors.ts'
import { Dataset } from '../../src/query/dataset.ts'
import { querySyntax } from '../../src/query/query-syntax.ts'

const malformed: readonly [string, string, { line: number; column?: number }][] = [
  ['a triple without an object', 'SELECT * WHERE {\n  ?s ?p }', { line: 2 }],
  ['a bracket that is not closed', 'SELECT * WHERE { ?s ?p ?o', { line: 1 }],
  ['a prefix that is not declared', 'SELECT *\nWHERE { ?s nowhere:p ?o }', { line: 2 }],
  ['no query at all', 'hello', { line: 1 }],
  ['a broken IRI', 'SELECT * WHERE {\n\n  <a b> ?p ?o }', { line: 3 }],
]

describe('a malformed query', () => {
  it.each(malformed)('with %s is told with its line and column, by Oxigraph', async (_, sparql, place) => {
    const dataset = await Dataset.create()
    const ask = () => dataset.query(sparql)
    expect(ask).toThrow(QueryError)
    expect(ask).toThrow(/^The query is malformed at line \d+, column \d+, (near|at)/)
    expect(ask).toThrow(expect.objectContaining({ place: expect.objectContaining(place) }))
  })

  it.each(malformed)('with %s is told in one line before it is federated', async (_, sparql) => {
    const syntax = await querySyntax()
    const parse = () => syntax.parse(sparql)
    expect(parse).toThrow(QueryError)
    expect(parse).toThrow(/^The query is malformed[^\n]*$/)
  })

  it('that is an update is refused', async () => {
    const syntax = await querySyntax()
    expect(() => syntax.parse('DROP ALL')).toThrow('Cannot run an update')
    const dataset = await Dataset.create()
    expect(() => dataset.query('DROP ALL')).toThrow(QueryError)
  })
})
