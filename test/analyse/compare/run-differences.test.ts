import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import {
  compareComponents,
  compareEnvironments,
  compareFacts,
  compareParameters,
} from '../../../src/analyse/compare/run-differences.ts'

const { literal } = DataFactory
const ids = ['urn:one', 'urn:other'] as const

const row = (cells: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, literal(String(value))]))
const fact = (run: string, group: string, name: string, value: string) =>
  row({ run, group, fact: name, value })

describe('The facts of two runs', () => {
  test.each([
    ['run', 'status'],
    ['run', 'exitCode'],
    ['run', 'signal'],
    ['run', 'commandLine'],
    ['run', 'workingDirectory'],
  ])('of the %s: %s is compared', (group, name) => {
    const rows = [fact('urn:one', group, name, 'a'), fact('urn:other', group, name, 'b')]
    expect(compareFacts(ids, rows)).toEqual([{ fact: name, values: ['a', 'b'] }])
  })

  test.each([
    ['pipeline', 'name'],
    ['pipeline', 'version'],
    ['pipeline', 'commit'],
    ['pipeline', 'uncommittedChanges'],
    ['pipeline', 'repository'],
    ['operator', 'agent'],
  ])('of the %s: %s is compared, and named with its group', (group, name) => {
    const rows = [fact('urn:one', group, name, 'a'), fact('urn:other', group, name, 'b')]
    expect(compareFacts(ids, rows)).toEqual([{ fact: `${group} ${name}`, values: ['a', 'b'] }])
  })

  test.each([
    ['run', 'wallSeconds'],
    ['run', 'startedAt'],
    ['metadata', 'name'],
    ['environment', 'version'],
  ])('of the %s: %s is not compared', (group, name) => {
    const rows = [fact('urn:one', group, name, 'a'), fact('urn:other', group, name, 'b')]
    expect(compareFacts(ids, rows)).toEqual([])
  })

  test('A run that was killed has a signal where the other has none', () => {
    expect(compareFacts(ids, [fact('urn:other', 'run', 'signal', 'SIGKILL')])).toEqual([
      { fact: 'signal', values: [undefined, 'SIGKILL'] },
    ])
  })

  test('Facts that several rows give are compared as a set, and differences are sorted by fact', () => {
    const rows = [
      fact('urn:one', 'pipeline', 'repository', 'b'),
      fact('urn:one', 'pipeline', 'repository', 'a'),
      fact('urn:other', 'pipeline', 'repository', 'a'),
      fact('urn:other', 'pipeline', 'repository', 'b'),
      fact('urn:one', 'run', 'status', 'x'),
      fact('urn:one', 'operator', 'agent', 'x'),
    ]
    expect(compareFacts(ids, rows).map((each) => each.fact)).toEqual(['operator agent', 'status'])
  })
})

test('A parameter differs by each value whose count of calls differs, and only by these', () => {
  const setting = (value: string, count: number) =>
    row({ thing: 'urn:p:lab/fit.sigma', name: 'fit', value, count })
  expect(
    compareParameters([
      [setting('1', 2), setting('2', 3)],
      [setting('2', 4), setting('1', 2), setting('9', 1)],
    ]),
  ).toEqual([
    {
      parameter: 'urn:p:lab/fit.sigma',
      componentName: 'fit',
      parameterName: 'sigma',
      values: [
        { value: '2', calls: [3, 4] },
        { value: '9', calls: [undefined, 1] },
      ],
    },
  ])
  expect(compareParameters([[setting('1', 2)], [setting('1', 2)]])).toEqual([])
  expect(compareParameters([undefined, [setting('1', 2)]])).toHaveLength(1)
})

test('A parameter of calls that were mostly only counted differs where each run had one value of it', () => {
  const setting = (value: string) => row({ thing: 'urn:p:lab/fit.sigma', name: 'fit', value, count: 200 })
  const differences = (one: string[], other: string[]) =>
    compareParameters([one.map(setting), other.map(setting)], new Set(['fit']))
  expect(differences(['1'], ['2'])).toHaveLength(1)
  expect(differences(['1', '2'], ['2', '3'])).toEqual([])
  expect(differences(['1'], [])).toEqual([])
})

describe('The components of two runs', () => {
  const part = (value: string, count: number) => row({ thing: 'c:fit', name: 'fit', value, count })

  test('are the same when each version was called as often', () => {
    expect(
      compareComponents([
        [part('v1', 1), part('v2', 2)],
        [part('v2', 2), part('v1', 1)],
      ]),
    ).toEqual([])
  })

  test('differ by the sum of their calls, over all versions and callers', () => {
    expect(compareComponents([[part('v1', 1), part('v1', 2)], [part('v1', 4)]])).toEqual([
      { component: 'c:fit', name: 'fit', calls: [3, 4], versions: [['v1'], ['v1']], versionChanged: false },
    ])
  })

  test('differ by version even when they were called as often', () => {
    expect(compareComponents([[part('v1', 2)], [part('v2', 2)]])).toMatchObject([
      { calls: [2, 2], versions: [['v1'], ['v2']], versionChanged: true },
    ])
  })

  test('have no changed version where only one run called them', () => {
    expect(compareComponents([undefined, [part('v1', 2)]])).toEqual([
      {
        component: 'c:fit',
        name: 'fit',
        calls: [undefined, 2],
        versions: [undefined, ['v1']],
        versionChanged: false,
      },
    ])
  })
})

test('Environments differ by package and by fact; only the rows of the two runs count', () => {
  const place = (run: string, aspect: string, name: string, value: string) =>
    row({ run, aspect, name, value })
  expect(
    compareEnvironments(ids, [
      place('urn:one', 'package', 'numpy', '1'),
      place('urn:other', 'package', 'numpy', '2'),
      place('urn:one', 'cpu', '', 'x'),
      place('urn:other', 'cpu', '', 'x'),
      place('urn:other', 'package', 'scipy', '1'),
      place('urn:third', 'package', 'astropy', '1'),
    ]),
  ).toEqual([
    { aspect: 'package', name: 'numpy', values: ['1', '2'] },
    { aspect: 'package', name: 'scipy', values: [undefined, '1'] },
  ])
})
