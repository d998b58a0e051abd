import { DataFactory } from 'n3'
import { afterAll, describe, expect, test } from 'vitest'
import { printAnswer } from '../../cli/answer.ts'
import { columnsOf } from '../../cli/terminal/columns.ts'
import { bindQuery, scopeOf } from '../../src/query/bind.ts'
import { catalogue } from '../../src/query/catalogue.ts'
import { XSD } from '../../src/rdf/vocabulary.ts'
import { engineOf, parametersOf, readCases } from '../queries/cases.ts'
import { openScreen } from './screen.ts'

const { namedNode, literal } = DataFactory
const queries = await catalogue()

const { engine, close } = await engineOf()
afterAll(close)

describe('The table of every ready-made query fits a terminal', () => {
  test.each(queries.map((query) => [query.name, query] as const))('%s', async (name, query) => {
    const [one] = readCases(name)
    const given = parametersOf(one!)
    const answer = await engine.query(bindQuery(query, given), scopeOf(query, given))
    const { terminal, text } = openScreen(100)
    await printAnswer(terminal, answer, undefined, query.shows)
    const lines = text()
      .replace(/‹[^›]*›/g, '')
      .split('\n')
    expect(lines.filter((line) => columnsOf(line) > 100)).toEqual([])
    // No title is cut, or nobody knows what stands below it.
    expect(lines[0]).not.toContain('…')
  })
})

test('A table has as many rows as the answer, also where those are more than a function takes arguments', async () => {
  const rows = Array.from({ length: 200_000 }, () => ({ n: literal('1') }))
  const { terminal, text } = openScreen(100)
  await printAnswer(terminal, { type: 'bindings', variables: ['n'], rows }, undefined)
  expect(text().split('\n').length).toBeGreaterThan(rows.length)
})

describe('A table with chosen columns', () => {
  const row = {
    run: namedNode('urn:uuid:01a225d3-8030-7f19-b942-bfb7a0904782'),
    node: namedNode('urn:uuid:01a225d3-8030-7f19-b942-bfb7a0904782#call-7'),
    content: namedNode('ni:///sha-256;QpPEn6jri1HQ1tkVBf8mE0URPMOdMb1gKbX9pHaYbwI'),
    parameter: namedNode('urn:vampira:parameter:first-run/pipeline.fit.sigma'),
    url: namedNode('file:///data/m.csv'),
    seconds: literal('0.012345678', namedNode(XSD.decimal)),
    bytes: literal('4294967297', namedNode(XSD.integer)),
    left: literal('out'),
  }
  const answer = { type: 'bindings', variables: Object.keys(row), rows: [row] } as const

  test('has those alone, shortened to what can be recognised', async () => {
    const { terminal, text } = openScreen()
    await printAnswer(terminal, answer, 'table', Object.keys(row).slice(0, -1))
    expect(text().replace(/ +/g, ' ').split('\n').slice(1)).toEqual([
      '01a225d3-8030 urn:uuid:01a225d3-8030-7f19-b942-bfb7a0904782#call-7 QpPEn6jr sigma /data/m.csv 0.012346 4294967297',
      '2> ‹dim›1 row; --format csv has all columns in full‹/›',
      '',
    ])
  })

  test('has them all in full in other formats', async () => {
    const { terminal, text } = openScreen()
    await printAnswer(terminal, answer, 'csv', ['run'])
    expect(text().split('\r\n')[1]).toBe(
      Object.values(row)
        .map(({ value }) => value)
        .join(','),
    )
  })
})
