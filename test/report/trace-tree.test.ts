import { describe, expect, test } from 'vitest'
import type { Trace, TraceEdge, TraceNode } from '../../src/analyse/trace/trace.ts'
import { formatTree } from '../../src/report/format-tree.ts'
import { traceTrees } from '../../src/report/trace-tree.ts'

const run = 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
const other = 'urn:uuid:0193fff0-0000-7c3e-9d55-3f2b7a1c0002'

function trace(
  nodes: readonly TraceNode[],
  edges: readonly TraceEdge[],
  start: Partial<Trace['start']> = {},
): Trace {
  const first = nodes[0]!
  return {
    direction: 'lineage',
    start: { asked: first.label, iris: [first.iri], known: true, otherVersions: [], ...start },
    nodes,
    edges,
    runs: [run],
    alike: [],
  }
}
const node = (iri: string, kind: TraceNode['kind'], more: Partial<TraceNode> = {}): TraceNode => ({
  iri,
  kind,
  label: iri,
  run,
  strength: 'seen',
  depth: 0,
  ...more,
})
const edge = (from: string, to: string, strength: TraceEdge['strength'] = 'seen'): TraceEdge => ({
  from,
  to,
  relation: 'used',
  strength,
})
const draw = (trees: readonly Parameters<typeof formatTree>[0][]) => trees.flatMap(formatTree)

test('a file leads to the call that made it, with the scalars that it used, and on to what that read', () => {
  const { seen, possible } = traceTrees(
    trace(
      [
        node('plot.png', 'FileVersion'),
        node('draw', 'Call', { calledFrom: 'a.py:3' }),
        node('v1', 'Value', { value: '30', valueType: 'int' }),
        node('v2', 'Value', { value: 'b.csv', valueType: 'str' }),
        node('b.csv', 'FileVersion'),
      ],
      [edge('plot.png', 'draw'), edge('draw', 'v1'), edge('draw', 'v2'), edge('draw', 'b.csv')],
    ),
  )
  expect(draw(seen)).toEqual([
    'plot.png  [run 019343c2-8a10]',
    '└─ draw(30, "b.csv") at a.py:3',
    '   └─ b.csv',
  ])
  expect(possible).toEqual([])
})

test('calls of a component lead to what they made, where these were asked about', () => {
  const calls = [1, 2].map((n) => node(`smooth${n}`, 'Call', { label: 'smooth', calledFrom: 'a.py:7' }))
  const { seen } = traceTrees(
    trace([...calls, node('a.fits', 'FileVersion')], [edge('smooth1', 'a.fits')], {
      asked: 'smooth',
      iris: ['smooth1', 'smooth2'],
    }),
  )
  expect(draw(seen)).toEqual(['smooth() ×2 at a.py:7  [run 019343c2-8a10]', '└─ a.fits'])
})

test('a value that a call made stands for that call, and calls of one component are one line', () => {
  const calls = [1, 2, 3].map((n) => node(`scale${n}`, 'Call', { label: 'scale', calledFrom: 'a.py:7' }))
  const values = [1, 2, 3].map((n) => node(`v${n}`, 'Value', { value: String(n) }))
  const { seen } = traceTrees(
    trace(
      [
        node('out', 'FileVersion'),
        node('total', 'Call'),
        ...calls,
        ...values,
        node('group', 'CallGroup', {
          label: 'scale (500 calls, 497 grouped)',
          component: 'scale',
          callCount: 497,
        }),
      ],
      [
        edge('out', 'total'),
        ...[1, 2, 3].flatMap((n) => [edge('total', `v${n}`), edge(`v${n}`, `scale${n}`)]),
        edge('total', 'group'),
      ],
    ),
  )
  expect(draw(seen)).toEqual(['out  [run 019343c2-8a10]', '└─ total()', '   └─ scale() ×500 at a.py:7'])
})

test('what is only possible stands apart, under the seen thing that it may have come in by', () => {
  const { seen, possible } = traceTrees(
    trace(
      [
        node('out', 'FileVersion'),
        node('write', 'Call'),
        node('main', 'Call', { strength: 'possible' }),
        node('in', 'FileVersion', { strength: 'possible' }),
      ],
      [edge('out', 'write'), edge('write', 'main', 'possible'), edge('main', 'in', 'possible')],
    ),
  )
  expect(draw(seen)).toEqual(['out  [run 019343c2-8a10]', '└─ write()'])
  expect(draw(possible)).toEqual(['write()  [run 019343c2-8a10]', '└─ main()', '   └─ in'])
})

test('what was seen is not drawn under what it only possibly came from', () => {
  const { seen } = traceTrees(
    trace(
      [node('in', 'FileVersion'), node('read', 'Call'), node('draw', 'Call')],
      [edge('in', 'read'), edge('in', 'draw'), edge('read', 'draw', 'possible')],
    ),
  )
  expect(draw(seen)).toEqual(['in  [run 019343c2-8a10]', '├─ read()', '└─ draw()'])
})

test('a thing that is met again is only named, and a circle ends', () => {
  const { seen } = traceTrees(
    trace(
      [node('out', 'FileVersion'), node('a', 'Call'), node('b', 'Call'), node('c', 'Call')],
      [edge('out', 'a'), edge('a', 'b'), edge('a', 'c'), edge('b', 'c'), edge('c', 'b')],
    ),
  )
  expect(draw(seen)).toEqual([
    'out  [run 019343c2-8a10]',
    '└─ a()',
    '   ├─ b()',
    '   │  └─ c() ↑',
    '   └─ c()',
    '      └─ b() ↑',
  ])
})

test('a file on disk is called as it was asked for, and a hop into another run names it', () => {
  const { seen } = traceTrees(
    trace(
      [
        node('ni:///x', 'Content', { run: undefined as never }),
        node('f2', 'FileVersion', { label: 'plot.png' }),
        node('read', 'Call'),
        node('f1', 'FileVersion', { label: 'a.csv' }),
        node('f0', 'FileVersion', { label: 'made/a.csv', run: other }),
      ],
      [edge('ni:///x', 'f2'), edge('f2', 'read'), edge('read', 'f1'), edge('f1', 'f0')],
      { asked: '../plot.png', url: 'file:///plot.png' },
    ),
  )
  expect(draw(seen)).toEqual([
    '../plot.png  [run 019343c2-8a10]',
    '└─ read()',
    '   └─ a.csv',
    '      └─ made/a.csv  [run 0193fff0-0000]',
  ])
})

describe('The scalars that a call used stand in its brackets', () => {
  const drawCall = (...values: readonly Partial<TraceNode>[]) => {
    const nodes = values.map((more, n) => node(`v${n}`, 'Value', more))
    const { seen } = traceTrees(
      trace(
        [node('out', 'FileVersion'), node('fit', 'Call'), ...nodes],
        [edge('out', 'fit'), ...nodes.map(({ iri }) => edge('fit', iri))],
      ),
    )
    return draw(seen)[1]
  }

  test.each([
    [{ value: '30', valueType: 'int' }, '30'],
    [{ value: 'b.csv', valueType: 'str' }, '"b.csv"'],
    [{ value: '0.12345678', valueType: 'float' }, '0.123457'],
    [{ value: '-12.3456789', valueType: 'float' }, '-12.3457'],
    [{ value: '0.1234', valueType: 'float' }, '0.1234'],
    [{ value: '0.12345x', valueType: 'tag' }, '0.12345x'],
    [{ value: 'a'.repeat(24), valueType: 'str' }, `"${'a'.repeat(24)}"`],
    [{ value: 'a'.repeat(25), valueType: 'str' }, `"${'a'.repeat(23)}…"`],
  ])('%j: %s', (value, text) => expect(drawCall(value)).toBe(`└─ fit(${text})`))

  test('four of them, each once', () => {
    const values = ['1', '2', '2', '3', '4'].map((value) => ({ value }))
    expect(drawCall(...values)).toBe('└─ fit(1, 2, 3, 4)')
    expect(drawCall(...values, { value: '5' })).toBe('└─ fit(1, 2, 3, 4, …)')
  })

  test('but not those that are only possible, nor what has no scalar', () => {
    expect(drawCall({ value: '1', strength: 'possible' }, { valueType: 'object' })).toBe('└─ fit()')
  })

  test('and not where several calls stand together', () => {
    const { seen } = traceTrees(
      trace(
        [
          node('out', 'FileVersion'),
          node('fit1', 'Call', { label: 'fit', calledFrom: 'a.py:1' }),
          node('fit2', 'Call', { label: 'fit', calledFrom: 'a.py:2' }),
          node('v', 'Value', { value: '1' }),
        ],
        [edge('out', 'fit1'), edge('out', 'fit2'), edge('fit1', 'v'), edge('fit2', 'v')],
      ),
    )
    expect(draw(seen)).toEqual(['out  [run 019343c2-8a10]', '└─ fit() ×2 at 2 places'])
  })
})

test('calls of one name in two runs, or seen and possible, are two things', () => {
  const { seen } = traceTrees(
    trace(
      [
        node('out', 'FileVersion'),
        node('fit1', 'Call', { label: 'fit' }),
        node('fit2', 'Call', { label: 'fit', run: other }),
      ],
      [edge('out', 'fit1'), edge('out', 'fit2')],
    ),
  )
  expect(draw(seen)).toEqual(['out  [run 019343c2-8a10]', '├─ fit()', '└─ fit()  [run 0193fff0-0000]'])
})

describe('A content that was asked about', () => {
  const content = node('ni:///x', 'Content', { run: undefined as never })
  test('in two runs is opened into both', () => {
    const { seen } = traceTrees(
      trace(
        [content, node('f1', 'FileVersion'), node('f2', 'FileVersion', { run: other })],
        [edge('ni:///x', 'f1'), edge('ni:///x', 'f2')],
      ),
    )
    expect(draw(seen)).toEqual(['ni:///x', '├─ f1  [run 019343c2-8a10]', '└─ f2  [run 0193fff0-0000]'])
  })

  test('that leads to something else than a file is not taken for it', () => {
    const { seen } = traceTrees(trace([content, node('fit', 'Call')], [edge('ni:///x', 'fit')]))
    expect(draw(seen)).toEqual(['ni:///x', '└─ fit()  [run 019343c2-8a10]'])
  })

  test('that no run has stands alone', () => {
    expect(draw(traceTrees(trace([content], [])).seen)).toEqual(['ni:///x'])
  })
})

test('a start that is only possible is drawn all the same', () => {
  const start = node('file', 'FileVersion', { strength: 'possible' })
  expect(draw(traceTrees(trace([start], [])).seen)).toEqual(['file  [run 019343c2-8a10]'])
})

test('a value that was asked about is a thing of its own', () => {
  const { seen } = traceTrees(
    trace([node('v', 'Value', { label: '30', value: '30' }), node('fit', 'Call')], [edge('v', 'fit')]),
  )
  expect(draw(seen)).toEqual(['30  [run 019343c2-8a10]', '└─ fit()'])
})

test('a file that other runs made too says how many', () => {
  const { seen } = traceTrees(
    trace(
      [
        node('ni:///x', 'Content', { run: undefined as never }),
        node('f2', 'FileVersion', { label: 'plot.png', otherMakers: 1499 }),
        node('read', 'Call'),
        node('f0', 'FileVersion', { label: 'a.csv', run: other, otherMakers: 1 }),
      ],
      [edge('ni:///x', 'f2'), edge('f2', 'read'), edge('read', 'f0')],
    ),
  )
  expect(draw(seen)).toEqual([
    'ni:///x  [run 019343c2-8a10] and 1,499 other runs made the same bytes',
    '└─ read()',
    '   └─ a.csv  [run 0193fff0-0000] and 1 other run made the same bytes',
  ])
})

test('a run that stands for others that did the same says how many they are', () => {
  const { seen, possible } = traceTrees({
    ...trace(
      [
        node('ni:///x', 'Content', { run: undefined as never }),
        node('f1', 'FileVersion'),
        node('f2', 'FileVersion', { run: other }),
        node('main', 'Call', { strength: 'possible' }),
      ],
      [edge('ni:///x', 'f1'), edge('ni:///x', 'f2'), edge('f1', 'main', 'possible')],
    ),
    alike: [{ run, others: 499 }],
  })
  expect(draw(seen)).toEqual(['ni:///x', '├─ f1  [run 019343c2-8a10 ×500]', '└─ f2  [run 0193fff0-0000]'])
  expect(draw(possible)).toEqual(['f1  [run 019343c2-8a10 ×500]', '└─ main()'])
})
