import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { bindQuery, scopeOf, type Parameters } from '../../src/query/bind.ts'
import { Dataset } from '../../src/query/dataset.ts'
import { readQueryHeader } from '../../src/query/query-header.ts'

const sparql = `#+ summary: Names
#+ answers: everyday
#+ params:
#+   thing iri+: only these
#+   name literal: only of this name
#+   rank integer: only of this rank
#+   limit integer = 10: at most so many
#+ returns:
#+   thing: a thing
#+ reads: records
SELECT ?thing WHERE {
  GRAPH ?g {
    VALUES ?thing { UNDEF }
    VALUES ?name { UNDEF }
    VALUES ?rank { UNDEF }
    ?thing <urn:name> ?name ; <urn:rank> ?rank .
  }
}
ORDER BY ?thing
LIMIT 10
`
const query = { name: 'names', sparql, ...readQueryHeader('names.rq', sparql) }

/** Text that would leave its quotes, its brackets or its block, were it spliced. */
const hostile = [
  '"',
  "'",
  '\\',
  '\\"',
  '" } ?s ?p ?o . #',
  '""" } } DROP ALL #',
  '> } <urn:x',
  'a\nb\r\tc',
  '?name',
  '$name',
  '$&$1$`',
  '\\u0022 } ?s ?p ?o',
  '<urn:vampira:parameter-mark:thing>',
  'é 😀 \u2028 \u0001',
]

async function datasetWith(names: readonly string[]): Promise<Dataset> {
  const dataset = await Dataset.create()
  const lines = names.map(
    (name, index) =>
      `<urn:thing:${index}> <urn:name> ${JSON.stringify(name).replace(/[\u2028\u0001]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)} ; <urn:rank> ${index} .`,
  )
  dataset.load([`GRAPH <urn:graph> { ${lines.join('\n')} }`], 'application/trig')
  return dataset
}

describe('bindQuery', () => {
  it.each(hostile.map((name, index) => [JSON.stringify(name), name, index] as const))(
    'finds exactly the thing that is named %s',
    async (_, name, index) => {
      const answer = (await datasetWith(hostile)).query(bindQuery(query, { name }))
      expect(answer.type === 'bindings' && answer.rows.map((row) => row['thing']?.value)).toEqual([
        `urn:thing:${index}`,
      ])
    },
  )

  it.each([
    'urn:a> } <urn:b',
    'urn:a b',
    'urn:a"',
    'urn:a\\u003E',
    'urn:a{',
    'urn:a\n',
    'relative',
    '',
    ':x',
    '<urn:a>',
  ])('refuses %j as an IRI', async (thing) => {
    expect(() => bindQuery(query, { thing: [thing] })).toThrow(UsageError)
  })

  it.each(['1 } ?s', '1.5', '', '0x10', '1e3', '- 1'])('refuses %j as a whole number', async (rank) => {
    expect(() => bindQuery(query, { rank })).toThrow('rank of the query names must be a whole number')
  })

  it('leaves a parameter free that is not given', async () => {
    const answer = (await datasetWith(['a', 'b'])).query(bindQuery(query))
    expect(answer.type === 'bindings' && answer.rows.length).toBe(2)
  })

  it('takes a list of terms for one parameter, and nothing for an empty list', async () => {
    const dataset = await datasetWith(['a', 'b', 'c'])
    const count = async (thing: readonly string[]) => {
      const answer = dataset.query(bindQuery(query, { thing }))
      return answer.type === 'bindings' ? answer.rows.length : undefined
    }
    expect(await count(['urn:thing:0', 'urn:thing:2'])).toBe(2)
    expect(await count([])).toBe(0)
  })

  it('takes a limit as the limit of the query', async () => {
    const answer = (await datasetWith(['a', 'b', 'c'])).query(bindQuery(query, { limit: 2 }))
    expect(answer.type === 'bindings' && answer.rows.length).toBe(2)
    const negative = () => bindQuery(query, { limit: -1 })
    expect(negative).toThrow(UsageError)
    expect(negative).toThrow('limit of the query names must be a whole number, 0 or more, not "-1"')
  })

  it.each([
    ['values of its own', 'VALUES ?thing { <urn:thing:1> <urn:thing:2> }', ['urn:thing:1', 'urn:thing:2']],
    ['one value of its own', 'VALUES ?thing { <urn:thing:1> }', ['urn:thing:1']],
    ['no values at all', 'VALUES ?thing { }', []],
    [
      'two rows of which one is free',
      'VALUES ?thing { UNDEF <urn:thing:1> }',
      ['urn:thing:0', 'urn:thing:1', 'urn:thing:1', 'urn:thing:2'],
    ],
    ['two free rows', 'VALUES ?rank { UNDEF UNDEF }', [0, 0, 1, 1, 2, 2].map((n) => `urn:thing:${n}`)],
    ['two variables', 'VALUES (?thing ?rank) { (UNDEF UNDEF) }', [0, 1, 2].map((n) => `urn:thing:${n}`)],
  ])('takes a table with %s for no parameter', async (_, table, expected) => {
    const own = {
      ...query,
      sparql: `SELECT ?thing { GRAPH ?g { ${table} ?thing <urn:name> ?name ; <urn:rank> ?rank } } ORDER BY ?thing`,
    }
    const answer = (await datasetWith(['a', 'b', 'c'])).query(bindQuery(own, { rank: undefined }))
    expect(answer.type === 'bindings' && answer.rows.map((row) => row['thing']?.value)).toEqual(expected)
  })

  it('keeps the OFFSET of a query whose LIMIT is given', async () => {
    const own = {
      ...query,
      sparql: 'SELECT ?rank { GRAPH ?g { ?thing <urn:rank> ?rank } } ORDER BY ?rank LIMIT 5 OFFSET 1',
    }
    const answer = (await datasetWith(['a', 'b', 'c', 'd'])).query(bindQuery(own, { limit: 2 }))
    expect(answer.type === 'bindings' && answer.rows.map((row) => row['rank']?.value)).toEqual(['1', '2'])
  })

  it('may be bound again to other terms, to fewer parameters, and to another limit', async () => {
    const dataset = await datasetWith(['a', 'b', 'c'])
    const find = async (parameters: Parameters) => {
      const answer = dataset.query(bindQuery(query, parameters))
      return answer.type === 'bindings' ? answer.rows.map((row) => row['thing']?.value.at(-1)).join('') : ''
    }
    expect(await find({ name: 'a' })).toBe('0')
    expect(await find({ name: 'b' })).toBe('1')
    expect(await find({ name: 'b', rank: 2 })).toBe('')
    expect(await find({ rank: 2 })).toBe('2')
    expect(await find({ rank: '-1' })).toBe('')
    expect(await find({ rank: '+001' })).toBe('1')
    expect(await find({ limit: 1 })).toBe('0')
    expect(await find({ limit: 0 })).toBe('')
    expect(await find({})).toBe('012')
  })

  it('says which parameters there are when one is unknown', async () => {
    expect(() => bindQuery(query, { nmae: 'x' })).toThrow(
      expect.objectContaining({ advice: 'It takes thing, name, rank, limit.' }),
    )
  })

  it('says what a required parameter is when it is missing', async () => {
    const required = {
      ...query,
      parameters: query.parameters.map((each) => ({ ...each, required: each.name === 'name' })),
    }
    expect(() => bindQuery(required)).toThrow('The query names needs name: only of this name')
  })

  it('refuses a list where one term is taken', async () => {
    expect(() => bindQuery(query, { name: ['a', 'b'] })).toThrow('takes one name, not 2')
  })
})

describe('scopeOf', () => {
  it('reads all records where a run is only a part of another address, or of a text', () => {
    const run = 'urn:uuid:01a21974-72be-7ec3-81d2-4f804df1b298'
    expect(scopeOf(query, { thing: [`http://example.org/${run}`] })).toEqual({ records: 'all' })
    expect(scopeOf(query, { name: run })).toEqual({ records: 'all' })
  })

  it('reads the records of the runs that are asked about, by whatever parameter', () => {
    const run = 'urn:uuid:01a21974-72be-7ec3-81d2-4f804df1b298'
    expect(scopeOf(query, { thing: [`${run}#call-1`, `${run}#file-2`] })).toEqual({ records: [run] })
    expect(scopeOf(query, { thing: `${run}#call-1` })).toEqual({ records: [run] })
    expect(scopeOf(query, { thing: [] })).toEqual({ records: 'all' })
    expect(scopeOf(query)).toEqual({ records: 'all' })
    expect(scopeOf({ ...query, reads: 'summaries' }, { thing: [run] })).toEqual({ summaries: true })
  })

  it('reads the summaries of the runs that are asked about, where the query says that they are enough', () => {
    const ofRuns = { ...query, reads: 'summaries of runs' } as const
    expect(scopeOf(ofRuns, { run: ['urn:uuid:a', 'urn:uuid:b'] })).toEqual({
      summaries: ['urn:uuid:a', 'urn:uuid:b'],
    })
    expect(scopeOf(ofRuns, { run: 'urn:uuid:a' })).toEqual({ summaries: ['urn:uuid:a'] })
    expect(scopeOf(ofRuns)).toEqual({ summaries: true })
  })
})
