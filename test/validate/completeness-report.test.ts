import { describe, expect, test } from 'vitest'
import {
  formatReadiness,
  judgeUseCases,
  type RequirementStatus,
} from '../../src/validate/completeness-report.ts'
import type { Level, RequirementTable } from '../../src/validate/requirement-table.ts'

/** A table of one use case, UC1, that needs these requirements. */
function tableOf(needs: Readonly<Record<string, Level>>): RequirementTable {
  return {
    note: '',
    groups: {},
    useCases: [{ id: 'UC1', group: 'A', name: 'Re-execution' }],
    requirements: Object.entries(needs).map(([id, level]) => ({
      id,
      name: `The ${id}`,
      group: 'g',
      satisfiedWhen: '',
      cells: { UC1: { level, basis: '', ...(id === 'asked-otherwise' ? { asks: 'other' } : {}) } },
    })),
  }
}

function judge(
  needs: Readonly<Record<string, Level>>,
  statuses: Readonly<Record<string, RequirementStatus>>,
  isOneRun = true,
) {
  const table = tableOf(needs)
  const [judged] = judgeUseCases(table, table.useCases, isOneRun, (id) => statuses[id] ?? 'satisfied')
  return { ...judged!, sentence: formatReadiness(table, [judged!]) }
}

describe('A use case is answered', () => {
  test('when nothing that is mandatory is missing', () => {
    const judged = judge({ a: 'mandatory', b: 'mandatory' }, { b: 'nothing-to-check' })
    expect(judged).toMatchObject({ answered: true, missing: [], warnings: [] })
    expect(judged.sentence).toBe('holds the facts for UC1')
  })

  test('when one of the alternatives is there', () => {
    expect(judge({ a: 'one-of:x', b: 'one-of:x' }, { a: 'missing' }).answered).toBe(true)
  })

  test('poorly, when something optional is missing', () => {
    expect(judge({ a: 'optional' }, { a: 'missing' })).toMatchObject({ answered: true, warnings: ['a'] })
  })

  test('when what is about the store was not asked', () => {
    expect(
      judge({ 'records-of-same-pipeline': 'mandatory' }, { 'records-of-same-pipeline': 'not-asked' }),
    ).toMatchObject({
      answered: true,
    })
  })
})

describe('A use case is not answered', () => {
  test('when something mandatory is missing, and each such requirement stands for itself', () => {
    const judged = judge({ a: 'mandatory', b: 'mandatory', c: 'mandatory' }, { a: 'missing', c: 'missing' })
    expect(judged).toMatchObject({ answered: false, missing: [['a'], ['c']] })
    expect(judged.sentence).toBe(
      'holds the facts for none of the use cases; to unlock UC1 record the a, the c',
    )
  })

  test('when all alternatives of one set are missing, though another set is there', () => {
    const needs = { a: 'one-of:x', b: 'one-of:x', c: 'one-of:y' } as const
    const judged = judge(needs, { a: 'missing', b: 'missing' })
    expect(judged).toMatchObject({ answered: false, missing: [['a', 'b']] })
    expect(judged.sentence).toContain('record the a or the b')
  })

  test('when the graph is not exactly one run, whatever it needs', () => {
    expect(judge({ a: 'mandatory' }, { a: 'missing' }, false).missing).toEqual([['pipeline-runs'], ['a']])
    const named = judge({ 'pipeline-runs': 'mandatory' }, { 'pipeline-runs': 'missing' }, false)
    expect(named.missing).toEqual([['pipeline-runs']])
  })
})

test('A use case lists what it needs, and nothing that it does not need', () => {
  const table = tableOf({ a: 'mandatory', b: 'optional' })
  const other = { id: 'UC2', group: 'A', name: 'Impact' }
  const judged = judgeUseCases(table, [...table.useCases, other], true, () => 'satisfied')
  expect(judged.map(({ id, name, needs }) => [id, name, needs])).toEqual([
    [
      'UC1',
      'Re-execution',
      [
        { requirement: 'a', level: 'mandatory', status: 'satisfied' },
        { requirement: 'b', level: 'optional', status: 'satisfied' },
      ],
    ],
    ['UC2', 'Impact', []],
  ])
})

test('The status of a requirement is asked for each cell, with the shape that the cell names', () => {
  const table = tableOf({ a: 'mandatory', 'asked-otherwise': 'mandatory' })
  const asked: unknown[] = []
  judgeUseCases(table, table.useCases, true, (...cell) => {
    asked.push(cell)
    return 'satisfied'
  })
  expect(asked).toEqual([
    ['a', undefined],
    ['asked-otherwise', 'other'],
  ])
})

test('Use cases that miss the same are unlocked together', () => {
  const useCase = (id: string, missing: readonly string[][]) => ({
    ...{
      id,
      group: '',
      name: '',
      answered: missing.length === 0,
      missing,
      lackingInStore: [],
      unknown: [],
      warnings: [],
      needs: [],
    },
  })
  const table = tableOf({ a: 'mandatory', b: 'mandatory' })
  const useCases = [
    useCase('UC1', [['a']]),
    useCase('UC2', []),
    useCase('UC3', [['b']]),
    useCase('UC4', [['a']]),
  ]
  expect(formatReadiness(table, useCases)).toBe(
    'holds the facts for UC2; to unlock UC1, UC4 record the a; to unlock UC3 record the b',
  )
  expect(formatReadiness(table, [useCase('UC5', [['unheard-of']])])).toContain('record unheard-of')
})
