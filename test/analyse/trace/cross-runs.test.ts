import { mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { impact, lineage } from '../../../src/analyse/trace/walk.ts'
import type { Direction, TraceOptions } from '../../../src/analyse/trace/trace.ts'
import { engineOver } from '../small-engine.ts'
import { contentIri, runIri, writeSmallRun, type SmallRun } from '../small-run.ts'

const file = (run: number, n: number) => `${runIri(run)}#file-${n}`
const walks = { lineage, impact } as const
async function walk(runs: readonly SmallRun[], direction: Direction, of: string, options: TraceOptions = {}) {
  return walks[direction]((await engineOver(runs)).engine, of, options)
}
/** The edges from run to run that all runs give. */
async function cross(
  runs: readonly SmallRun[],
  direction: Direction,
  of: string,
  wanted: 'same content' | 'same bytes' = 'same content',
) {
  const { edges } = await walk(runs, direction, of, { allRuns: true })
  return edges.filter(({ relation }) => relation === wanted).map(({ from, to }) => [from, to])
}

/** Reads one content as file 1, and writes another as file 2. */
const copying = (id: number, read: string, written: string, more: Partial<SmallRun> = {}): SmallRun => ({
  id,
  calls: [{ n: 1, name: 'copy', reads: [1] }],
  files: { 1: { content: read }, 2: { content: written, by: 1 } },
  ...more,
})

describe('From a file that a run read', () => {
  test('back to the run that had made it last; the others made the same bytes, and who only read it did not', async () => {
    const runs = [copying(1, 'a', 'b'), copying(2, 'x', 'b'), copying(3, 'b', 'c'), copying(4, 'b', 'd')]
    expect(await cross(runs, 'lineage', file(3, 1))).toEqual([[file(3, 1), file(2, 2)]])
    expect(await cross(runs, 'lineage', file(3, 1), 'same bytes')).toEqual([[file(3, 1), file(1, 2)]])
  })

  test('to where another run made the same bytes elsewhere as a possible copy, unless they are trivial', async () => {
    const elsewhere: SmallRun['files'] = {
      1: { content: 'a' },
      2: { content: 'b', path: 'other', by: 1 },
    }
    const runs = (size: number) => [
      copying(1, '', '', { files: { ...elsewhere, 2: { ...elsewhere[2]!, size } } }),
      copying(2, 'b', 'c'),
    ]
    expect(await cross(runs(32), 'lineage', file(2, 1), 'same bytes')).toEqual([[file(2, 1), file(1, 2)]])
    expect(await cross(runs(32), 'impact', file(1, 2), 'same bytes')).toEqual([[file(1, 2), file(2, 1)]])
    for (const relation of ['same bytes', 'same content'] as const) {
      expect(await cross(runs(31), 'lineage', file(2, 1), relation)).toEqual([])
      expect(await cross(runs(31), 'impact', file(1, 2), relation)).toEqual([])
    }
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
  expect((await cross(runs, 'lineage', `${runIri(3)}#call-1`)).toSorted()).toEqual([
    [file(3, 1), file(1, 2)],
    [file(3, 2), file(2, 2)],
  ])
})

describe('Where several runs made the same bytes, a lineage follows', () => {
  /** Runs that its answer names, and how many others are said to have made each content. */
  async function followed(runs: readonly SmallRun[], of: string) {
    const { nodes, runs: names } = await walk(runs, 'lineage', of)
    const others = nodes.flatMap(({ content, otherMakers }) =>
      otherMakers === undefined ? [] : [[content?.slice(contentIri('').length), otherMakers]],
    )
    return { runs: names, others: Object.fromEntries(others) as Record<string, number> }
  }

  test('the latest, and counts the others', async () => {
    const runs = [1, 2, 3].map((id) => copying(id, 'a', 'b'))
    expect(await followed(runs, contentIri('b'))).toEqual({ runs: [runIri(3)], others: { b: 2 } })
  })

  test('none with a count, where nobody else made them', async () => {
    expect(await followed([copying(1, 'a', 'b')], contentIri('b'))).toEqual({ runs: [runIri(1)], others: {} })
  })

  test('to a file that was read, the latest that had started before the reader', async () => {
    const runs = [1, 2, 3, 5].map((id) => copying(id, 'a', 'b'))
    expect(await followed([...runs, copying(4, 'b', 'c')], contentIri('c'))).toEqual({
      runs: [runIri(4), runIri(3)],
      others: { b: 2 },
    })
  })

  test('to a file that was read, first those that wrote it where it was read', async () => {
    const there: SmallRun['files'] = { 1: { content: 'a' }, 2: { content: 'b', path: 'b', by: 1 } }
    const elsewhere: SmallRun['files'] = {
      1: { content: 'a' },
      2: { content: 'b', path: 'copy-of-b', by: 1 },
    }
    const runs = [copying(1, '', '', { files: there }), copying(2, '', '', { files: elsewhere })]
    expect(await followed([...runs, copying(4, 'b', 'c')], contentIri('c'))).toEqual({
      runs: [runIri(4), runIri(1)],
      others: { b: 1 },
    })
  })

  test('all of them, where all runs are asked for', async () => {
    const runs = [1, 2, 3].map((id) => copying(id, 'a', 'b'))
    const trace = await walk(runs, 'lineage', contentIri('b'), { allRuns: true })
    expect(trace.runs).toEqual([runIri(3), runIri(2), runIri(1)])
    expect(trace.nodes.some(({ otherMakers }) => otherMakers !== undefined)).toBe(false)
  })
})

describe('Where a file on disk was made by several runs', () => {
  let folder: string
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'vampira-cross-')))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Runs 1 to 3 wrote these bytes: run 3 into another folder. The file was last written at this time. */
  async function traceOf(written: string) {
    const out = join(folder, 'out.txt')
    writeFileSync(out, 'bytes')
    utimesSync(out, new Date(written), new Date(written))
    const content = createHash('sha256').update('bytes').digest('base64url')
    const { engine, dataset } = await engineOver([])
    for (const id of [1, 2, 3]) {
      const path = id === 3 ? 'elsewhere.txt' : 'out.txt'
      const run = copying(id, 'a', '', { files: { 1: { content: 'a' }, 2: { content, path, by: 1 } } })
      dataset.load(
        writeSmallRun(run).replaceAll('file:///data', pathToFileURL(folder).href),
        'application/trig',
      )
    }
    return await lineage(engine, out)
  }
  const makerOf = async (written: string) => (await traceOf(written)).runs

  test('the one that wrote at its path when it was last written is followed', async () => {
    expect(await makerOf('2026-11-23T11:00:30Z')).toEqual([runIri(1)])
  })

  test('and is seen to have made it, though the clock of file times lags behind that of the run', async () => {
    const strengthAt = async (written: string) =>
      (await traceOf(written)).nodes.find(({ label }) => label === 'out.txt')?.strength
    expect(await strengthAt('2026-11-23T11:00:00.495Z')).toBe('seen')
    expect(await strengthAt('2026-11-23T11:00:00.2Z')).toBe('possible')
  })

  test('the latest that wrote at its path is followed, where it was written when none of them ran', async () => {
    expect(await makerOf('2026-11-24T00:00:00Z')).toEqual([runIri(2)])
  })
})

describe('Runs of one version that did the same', () => {
  const alike = { version: 'v', command: ['python3', 'copy.py'] }
  const others = { version: 'w', command: ['python3', 'copy.py'] }

  test('are one in an impact, the latest of them', async () => {
    const runs = [1, 2, 3].map((id) => copying(id, 'a', 'b', alike))
    const trace = await walk(runs, 'impact', contentIri('a'))
    expect(trace.runs).toEqual([runIri(3)])
    expect(trace.alike).toEqual([{ run: runIri(3), others: 2 }])
  })

  test('are all there, where all runs are asked for', async () => {
    const runs = [1, 2, 3].map((id) => copying(id, 'a', 'b', alike))
    const trace = await walk(runs, 'impact', contentIri('a'), { allRuns: true })
    expect(trace.runs).toEqual([runIri(1), runIri(2), runIri(3)])
    expect(trace.alike).toEqual([])
  })

  test.each([
    ['versions', copying(1, 'a', 'b', others)],
    ['command lines', copying(1, 'a', 'b', { ...alike, command: ['python3', 'copy.py', '--fast'] })],
    ['results', copying(1, 'a', 'c', alike)],
    [
      'further inputs',
      copying(1, 'a', 'b', {
        ...alike,
        calls: [{ n: 1, name: 'copy', reads: [1, 3] }],
        files: { 1: { content: 'a' }, 2: { content: 'b', by: 1 }, 3: { content: 'x' } },
      }),
    ],
    [
      'files that the run wrote',
      copying(1, 'a', 'b', {
        ...alike,
        files: { 1: { content: 'a' }, 2: { content: 'b', by: 1 }, 3: { content: 'log', by: 'run' } },
      }),
    ],
  ])('have no other %s', async (_, first) => {
    const trace = await walk([first, copying(2, 'a', 'b', alike)], 'impact', contentIri('a'))
    expect(trace.runs).toEqual([runIri(1), runIri(2)])
    expect(trace.alike).toEqual([])
  })

  test('are not known where their versions are not', async () => {
    const runs = [1, 2].map((id) => copying(id, 'a', 'b', { command: ['make'] }))
    expect((await walk(runs, 'impact', contentIri('a'))).runs).toEqual([runIri(1), runIri(2)])
  })

  test('lead on to all that read what any of them made, also before the latest of them', async () => {
    const runs = [
      copying(1, 'a', 'b', alike),
      copying(2, 'b', 'c', others),
      copying(3, 'a', 'b', alike),
      copying(4, 'b', 'd', others),
    ]
    const trace = await walk(runs, 'impact', contentIri('a'))
    expect(trace.runs).toEqual([runIri(3), runIri(2), runIri(4)])
    expect(trace.alike).toEqual([{ run: runIri(3), others: 1 }])
  })
})
