import { expect, test } from 'vitest'
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

test('a value that a call made stands for that call, and calls of one component are told together', () => {
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
