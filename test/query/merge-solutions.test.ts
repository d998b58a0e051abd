import { DataFactory } from 'n3'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/sparql/answer.ts'
import { mergeSolutions } from '../../src/query/merge-solutions.ts'

const { literal, namedNode } = DataFactory
const xsd = 'http://www.w3.org/2001/XMLSchema#'

function answer(values: readonly string[], type = 'integer'): Answer {
  return {
    type: 'bindings',
    variables: ['n'],
    rows: values.map((value) => ({ n: literal(value, namedNode(xsd + type)) })),
  }
}

function merged(...answers: Answer[]): string[] {
  return mergeSolutions(answers).rows.map((row) => row['n']?.value ?? '')
}

describe('mergeSolutions', () => {
  it('takes what two sources both have once', () => {
    expect(merged(answer(['1', '2']), answer(['2', '3']))).toEqual(['1', '2', '3'])
  })

  it('keeps a solution as often as the source has it that has it most often', () => {
    expect(merged(answer(['1', '1']), answer(['1', '1', '1']))).toEqual(['1', '1', '1'])
  })

  it.each([
    ['double', '8.0E0', '8', '8e0'],
    ['decimal', '1.50', '1.5', '01.5'],
    ['integer', '007', '7', '+7'],
    ['boolean', '1', 'true', 'true'],
    ['dateTime', '2026-11-26T20:03:11.500Z', '2026-11-26T20:03:11.5Z', '2026-11-26T20:03:11.50Z'],
  ])('knows a %s again however it is spelled', (type, ...spelled) => {
    expect(merged(...spelled.map((value) => answer([value], type)))).toEqual(spelled.slice(0, 1))
  })

  it('keeps apart times that differ in nanoseconds', () => {
    const times = ['2026-11-26T20:03:11.794174581Z', '2026-11-26T20:03:11.794174582Z']
    expect(merged(answer(times, 'dateTime'))).toEqual(times)
  })

  it('has the variables of all sources, each once, and of no yes or no', () => {
    const table = (variables: string[]): Answer => ({ type: 'bindings', variables, rows: [] })
    expect(
      mergeSolutions([table(['a', 'b']), { type: 'boolean', value: true }, table(['b', 'c'])]).variables,
    ).toEqual(['a', 'b', 'c'])
  })

  it('knows terms apart that only look alike', () => {
    const terms = [literal('x'), namedNode('x'), literal('x', 'en'), literal('x', namedNode('urn:x'))]
    const rows = terms.map((n) => ({ n }))
    const table: Answer = { type: 'bindings', variables: ['n'], rows }
    expect(mergeSolutions([table, table]).rows).toEqual(rows)
  })

  it('knows solutions apart whose terms stand under other variables', () => {
    const rows = [{ a: literal('x') }, { b: literal('x') }, { a: literal('x'), b: literal('x') }]
    const answers = rows.map((row): Answer => ({ type: 'bindings', variables: ['a', 'b'], rows: [row] }))
    expect(mergeSolutions(answers).rows).toEqual(rows)
  })

  it('keeps a solution that leaves a variable unbound', () => {
    const rows = mergeSolutions([
      { type: 'bindings', variables: ['a', 'b'], rows: [{ a: literal('x') }, {}] },
    ]).rows
    expect(rows).toEqual([{ a: literal('x') }, {}])
  })
})
