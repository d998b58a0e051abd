import { describe, expect, test } from 'vitest'
import { crossRuns } from '../../../src/analyse/trace/cross-runs.ts'
import { filesAmong } from '../../../src/analyse/trace/file-nodes.ts'
import type { Direction } from '../../../src/analyse/trace/trace.ts'
import { engineOver } from '../small-engine.ts'
import { runIri, type SmallRun } from '../small-run.ts'

const file = (run: number, n: number) => `${runIri(run)}#file-${n}`
async function cross(runs: readonly SmallRun[], direction: Direction, ...from: readonly string[]) {
  const asking = { engine: (await engineOver(runs)).engine, signal: undefined }
  const edges = await crossRuns(asking, direction, await filesAmong(asking, from))
  return edges.map((edge) => [edge.from, edge.to])
}

/** Reads one content as file 1, and writes another as file 2. */
const copying = (id: number, read: string, written: string): SmallRun => ({
  id,
  calls: [{ n: 1, name: 'copy', reads: [1] }],
  files: { 1: { content: read }, 2: { content: written, by: 1 } },
})

describe('From a file that a run read', () => {
  test('back to each run that had made it, and to none that only read it too', async () => {
    const runs = [copying(1, 'a', 'b'), copying(2, 'x', 'b'), copying(3, 'b', 'c'), copying(4, 'b', 'd')]
    expect(await cross(runs, 'lineage', file(3, 1))).toEqual([
      [file(3, 1), file(1, 2)],
      [file(3, 1), file(2, 2)],
    ])
  })

  test('nowhere onward: what the run itself made of it goes on from there', async () => {
    expect(await cross([copying(1, 'a', 'b'), copying(2, 'b', 'c')], 'impact', file(2, 1))).toEqual([])
  })

  test('to no run that started after the reader had ended', async () => {
    expect(await cross([copying(1, 'b', 'c'), copying(2, 'a', 'b')], 'lineage', file(1, 1))).toEqual([])
  })

  test('to no copy that the same run made later: that is another file', async () => {
    const run: SmallRun = {
      id: 1,
      calls: [
        { n: 1, name: 'use', reads: [1] },
        { n: 2, name: 'copy', reads: [1] },
      ],
      files: {
        1: { content: 'a', path: 'a' },
        2: { content: 'out', by: 1 },
        3: { content: 'a', path: 'b', by: 2 },
      },
    }
    expect(await cross([run], 'lineage', file(1, 1))).toEqual([])
  })
})

describe('From a file that a run made', () => {
  test('onward to each run that read it later, and to none that made the same bytes itself', async () => {
    const runs = [copying(1, 'a', 'b'), copying(2, 'b', 'c'), copying(3, 'b', 'd'), copying(4, 'x', 'b')]
    expect(await cross(runs, 'impact', file(1, 2))).toEqual([
      [file(1, 2), file(2, 1)],
      [file(1, 2), file(3, 1)],
    ])
  })

  test('nowhere back: what made it is in its own record', async () => {
    expect(await cross([copying(1, 'a', 'b'), copying(2, 'x', 'b')], 'lineage', file(1, 2))).toEqual([])
  })

  test('to no run that had ended before the maker started', async () => {
    expect(await cross([copying(1, 'b', 'c'), copying(2, 'a', 'b')], 'impact', file(2, 2))).toEqual([])
  })
})

test('Files of several contents each go to their own', async () => {
  const reader: SmallRun = {
    id: 3,
    calls: [{ n: 1, name: 'join', reads: [1, 2] }],
    files: { 1: { content: 'b' }, 2: { content: 'c' } },
  }
  const runs = [copying(1, 'a', 'b'), copying(2, 'a', 'c'), reader]
  expect(await cross(runs, 'lineage', file(3, 1), file(3, 2))).toEqual([
    [file(3, 1), file(1, 2)],
    [file(3, 2), file(2, 2)],
  ])
})
