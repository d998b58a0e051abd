import { describe, expect, it } from 'vitest'
import { QueryError } from '../../src/errors.ts'
import { Dataset } from '../../src/query/dataset.ts'
import { malformedQuery, positionOf } from '../../src/query/malformed-query.ts'
import { querySyntax } from '../../src/query/query-syntax.ts'

const syntax = await querySyntax()
const dataset = await Dataset.create()
const askOxigraph = (sparql: string) => dataset.query(sparql)

function failureOf(run: () => unknown): QueryError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(QueryError)
    return error as QueryError
  }
  throw new Error('It did not fail')
}

describe('a malformed query', () => {
  it.each([
    ['a triple without an object', 'SELECT * WHERE {\n  ?s ?p }', { line: 2, column: 9 }, 'near "}"'],
    ['a bracket that is not closed', 'SELECT * WHERE {\n ?s ?p ?o  ', { line: 2, column: 10 }, 'at the end'],
    ['no query at all', '\n hello', { line: 2, column: 2 }, 'near "hello"'],
    ['a broken IRI', 'SELECT * WHERE {\n\n  <a b> ?p ?o }', { line: 3, column: 6 }, 'near "b> ?p ?o }"'],
    ['text behind its end', 'ASK { } ?x', { line: 1, column: 9 }, 'near "?x"'],
    ['a word of escapes before its fault', 'ASK { ?\\u0061 }', { line: 1, column: 10 }, 'near'],
  ])('with %s is refused with its line and column, before it is federated', (_, sparql, place, near) => {
    const failure = failureOf(() => syntax.parse(sparql))
    expect(failure.message).toMatch(/^The query is malformed at line \d+, column \d+, .*$/)
    expect(failure).toMatchObject({ place, malformed: true, message: expect.stringContaining(near) })
  })

  it.each([
    ['a triple without an object', 'SELECT * WHERE {\n  ?s ?p }', 2],
    ['a bracket that is not closed', 'SELECT * WHERE { ?s ?p ?o', 1],
    ['a prefix that is not declared', 'SELECT *\nWHERE { ?s nowhere:p ?o }', 2],
    ['no query at all', 'hello', 1],
    ['a fault in its twelfth line', `SELECT * {${'\n'.repeat(11)} ?s ?p }`, 12],
    ['a broken IRI', 'SELECT * WHERE {\n\n  <a b> ?p ?o }', 3],
  ])('with %s is refused with its line and column, by Oxigraph', (_, sparql, line) => {
    const failure = failureOf(() => askOxigraph(sparql))
    expect(failure.message).toMatch(/^The query is malformed at line \d+, column \d+, (near|at)[^\n]*$/)
    expect(failure.message).not.toContain('[_]')
    expect(failure).toMatchObject({ place: { line, column: expect.any(Number) }, malformed: true })
  })

  it('says the words of the parser where that gives no place', () => {
    const failure = failureOf(() => syntax.parse('SELECT *\nWHERE { ?s nowhere:p ?o }'))
    expect(failure).toMatchObject({
      message: 'The query is malformed: Unknown prefix: nowhere',
      place: undefined,
      malformed: true,
      advice: expect.stringContaining('Correct the query'),
    })
  })

  it('that is an update is refused', () => {
    expect(failureOf(() => syntax.parse('DROP ALL'))).toMatchObject({
      message: 'Cannot run an update: this only answers questions',
      advice: expect.stringContaining('SELECT, ASK, CONSTRUCT or DESCRIBE'),
      malformed: true,
    })
    expect(failureOf(() => askOxigraph('DROP ALL'))).toMatchObject({
      message: 'Cannot run an update: this only answers questions',
      malformed: true,
      cause: expect.any(Error),
    })
  })
})

describe('malformedQuery', () => {
  const sparql = `ASK {\n  ${'?long '.repeat(9)}}\n`
  const cause = new Error('low')

  it.each([
    [{ line: 2, column: 3 }, '', 'at line 2, column 3, near "?long ?long ?long ?long ?long "'],
    [{ line: 2, column: 57 }, 'a dot', 'at line 2, column 57, near "}": a dot'],
    [{ line: 2, column: 58 }, '', 'at line 2, column 58, at the end of the line'],
    [{ line: 9, column: 1 }, '', 'at line 9, column 1, at the end of the line'],
    [{ line: 1, column: 1 }, '\n first \n second', 'at line 1, column 1, near "ASK {": first'],
  ])('says what stands at %j, and %j', (at, reason, message) => {
    expect(malformedQuery(sparql, { at, reason, cause })).toMatchObject({
      message: `The query is malformed ${message}`,
      place: at,
      cause,
    })
  })

  it('says no more than it knows', () => {
    expect(malformedQuery(sparql, { at: undefined, reason: '', cause }).message).toBe(
      'The query is malformed',
    )
  })
})

it.each([
  [0, { line: 1, column: 1 }],
  [2, { line: 1, column: 3 }],
  [3, { line: 2, column: 1 }],
  [4, { line: 2, column: 2 }],
  [Number.NaN, { line: 2, column: 3 }],
])('The character behind %f others stands at %j', (offset, position) => {
  expect(positionOf('ab\ncd \n', offset)).toEqual(position)
})
