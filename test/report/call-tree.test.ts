import { describe, expect, test } from 'vitest'
import type { FileAt, FunctionOverview, RunInspection } from '../../src/analyse/inspect-run.ts'
import { callTree } from '../../src/report/call-tree.ts'
import { formatTree } from '../../src/report/format-tree.ts'

const called = (name: string, caller?: string, more: Partial<FunctionOverview> = {}): FunctionOverview => ({
  part: `urn:part:${name}`,
  name,
  ...(caller === undefined ? {} : { caller }),
  calls: 1,
  failures: 0,
  used: [],
  generated: [],
  ...more,
})
const file = (url: string): FileAt => ({ content: 'ni:///sha-256;x', url })

function draw(functions: readonly FunctionOverview[], folder?: string): string[] {
  const facts = folder === undefined ? {} : { run: { workingDirectory: folder } }
  const inspection = { id: 'urn:run', facts, functions, files: [], packages: [] } as RunInspection
  return callTree(inspection).flatMap(formatTree)
}

describe('Who called whom', () => {
  test('is drawn under the caller, in the order of the first calls, with how often', () => {
    expect(
      draw([
        called('main'),
        called('read', 'main', { calls: 1 }),
        called('fit', 'main', { calls: 4096 }),
        called('clip', 'fit', { calls: 2 }),
      ]),
    ).toEqual(['main', '├─ read', '└─ fit ×4,096', '   └─ clip ×2'])
  })

  test('begins with what nobody called, and with what a caller called that is not in the record', () => {
    expect(draw([called('one'), called('two', 'excluded'), called('three', 'one')])).toEqual([
      'one',
      '└─ three',
      'two',
    ])
  })

  test('is opened where it is first met and only named after that', () => {
    expect(
      draw([
        called('main'),
        called('a', 'main'),
        called('b', 'main'),
        called('shared', 'a'),
        called('shared', 'b'),
        called('leaf', 'shared'),
      ]),
    ).toEqual(['main', '├─ a', '│  └─ shared', '│     └─ leaf', '└─ b', '   └─ shared  …'])
  })

  test('ends where a function calls itself', () => {
    expect(draw([called('main'), called('walk', 'main'), called('walk', 'walk', { calls: 9 })])).toEqual([
      'main',
      '└─ walk',
      '   └─ walk ×9  …',
    ])
  })
})

describe('Files stand beside what read and wrote them', () => {
  test.each([
    [['/data/a.csv'], ['/data/out/b.csv'], 'main   a.csv → out/b.csv'],
    [['/data/a.csv'], [], 'main   a.csv →'],
    [[], ['/data/b.csv'], 'main   → b.csv'],
    [['/other/a.csv'], [], 'main   /other/a.csv →'],
    [['/database/a.csv'], [], 'main   /database/a.csv →'],
    [['/data/a%20b.csv'], [], 'main   a b.csv →'],
    [['/data/1', '/data/2', '/data/3'], [], 'main   1, 2, 3 →'],
    [['/data/1', '/data/2', '/data/3', '/data/4', '/data/5'], [], 'main   1, 2, 3, and 2 more →'],
  ])('%j and %j: %s', (used, generated, line) => {
    const main = called('main', undefined, {
      used: used.map((path) => file(`file://${path}`)),
      generated: generated.map((path) => file(`file://${path}`)),
    })
    expect(draw([main], '/data')).toEqual([line])
  })

  test('by their content where their place is not known, by the whole path where the folder is not', () => {
    const used = [{ content: 'ni:///sha-256;x' }, file('file:///data/a.csv')]
    expect(draw([called('main', undefined, { used })])).toEqual(['main   ni:///sha-256;x, /data/a.csv →'])
  })
})
