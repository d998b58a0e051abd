import { expect, test } from 'vitest'
import { Questions } from '../../../src/analyse/questions.ts'
import { seenRepeats } from '../../../src/analyse/storage/equal-repeats.ts'
import { findPresentFiles } from '../../../src/analyse/storage/present-files.ts'
import type { Making, StorageFacts, StoredRun } from '../../../src/analyse/storage/storage-facts.ts'
import { readStorageFacts } from '../../../src/analyse/storage/storage-facts.ts'
import { FileProblem } from '../../../src/analyse/storage/file-problem.ts'
import { Remakings } from '../../../src/analyse/storage/remaking.ts'
import { RemakeSteps } from '../../../src/analyse/storage/remake-steps.ts'
import { repeatedStore } from '../repeated-store.ts'
import { engineOver } from '../small-engine.ts'

/** A run of one component that reads and makes files, told as `maker version: in → out`. */
function run(
  id: string,
  {
    version = 'v1',
    reads,
    makes,
    command = 'go',
    status = 'Completed',
    seconds,
  }: {
    version?: string
    reads: Record<string, string>
    makes: Record<string, string>
    command?: string
    status?: string
    seconds?: number
  },
): StoredRun {
  const stored: StoredRun = {
    run: `urn:uuid:00000000-0000-7000-8000-00000000000${id}`,
    pipeline: 'p',
    version: 'ni:///sha-256;pipeline',
    status,
    started: `2026-01-0${id}T00:00:00Z`,
    commandLine: command,
    environment: 'here',
    makings: [],
    readings: [],
  }
  const part = `${id}#part`
  for (const [url, content] of Object.entries(reads))
    stored.readings.push({ part, content, url, isKept: false })
  for (const [url, content] of Object.entries(makes)) {
    const making: Making = {
      run: stored,
      part,
      component: 'maker',
      version,
      calls: 1,
      isSeen: true,
      content,
      url,
      isScratch: false,
      sizeBytes: 1,
      ...(seconds !== undefined && { seconds }),
    }
    stored.makings.push(making)
  }
  return stored
}

function facts(...runs: StoredRun[]): StorageFacts {
  return { runs: new Map(runs.map((each) => [each.run, each])) }
}

test('Repeats are runs of one command on the same sources; what they made at one place is equal or not', () => {
  const same = { reads: { a: 'in' }, makes: { b: 'out' } }
  expect(seenRepeats(facts(run('1', same), run('2', same), run('3', same))).get('v1')).toEqual({
    equal: 2,
    different: 0,
  })
  const other = run('3', { ...same, makes: { b: 'noise' } })
  expect(seenRepeats(facts(run('1', same), other)).get('v1')).toEqual({ equal: 0, different: 1 })
})

test('Another command, another source and a failed run are no repeats', () => {
  const made = { reads: { a: 'in' }, makes: { b: 'out' } }
  const others = [
    run('2', { ...made, makes: { b: 'x' }, command: 'go --fast' }),
    run('3', { reads: { a: 'other' }, makes: { b: 'y' } }),
    run('4', { ...made, makes: { b: 'z' }, status: 'Failed' }),
  ]
  expect(seenRepeats(facts(run('1', made), ...others)).get('v1')).toBeUndefined()
})

test('What differs because its input did is not held against the code that made it', () => {
  const [one, two] = ['1', '2'].map((id) => {
    const stored = run(id, { version: 'noise', reads: { a: 'in' }, makes: { b: `noise ${id}` } })
    const after = run(id, { version: 'smooth', reads: { b: `noise ${id}` }, makes: { c: `smooth ${id}` } })
    for (const making of after.makings) stored.makings.push({ ...making, run: stored, part: `${id}#after` })
    for (const reading of after.readings) stored.readings.push({ ...reading, part: `${id}#after` })
    return stored
  }) as [StoredRun, StoredRun]
  const repeats = seenRepeats(facts(one, two))
  expect(repeats.get('noise')).toEqual({ equal: 0, different: 1 })
  expect(repeats.get('smooth')).toBeUndefined()
})

test('At a place is what a run left or found there last, if the file is still as long', async () => {
  const stored = facts(
    run('1', { reads: { a: 'in' }, makes: { b: 'first', c: 'copy' } }),
    run('2', { reads: { a: 'in' }, makes: { b: 'second', d: 'copy' } }),
  )
  const { places } = await findPresentFiles(stored)
  expect(Object.fromEntries(places)).toEqual({ in: ['a'], second: ['b'], copy: ['c', 'd'] })
  const looked = await findPresentFiles(stored, async (url) =>
    url === 'b' ? 7 : url === 'd' ? undefined : 1,
  )
  expect(Object.fromEntries(looked.places)).toEqual({ in: ['a'], copy: ['c'] })
})

test('A file’s steps are its call, what handed that one values, and the start of the program', async () => {
  const { engine, close } = await repeatedStore(['cooling-default'])
  const questions = new Questions(engine)
  const { runs } = await readStorageFacts(questions)
  const makings = [...runs.values()].flatMap((stored) => stored.makings)
  const steps = await RemakeSteps.read(questions, makings)
  const cleaned = makings.find(({ url }) => url.endsWith('cleaned.tsv'))!
  const step = steps.stepOf(cleaned)
  const below = (each: typeof step): number => 1 + each.needs.reduce((sum, need) => sum + below(need), 0)
  // write_cleaned, remove_glitches and read_measurements, and the start of pipeline.py.
  expect(below(step)).toBe(4)
  const sources = new Set([...runs.values()][0]!.readings.map(({ content }) => content))
  expect(step.needs.flatMap(({ inputs }) => inputs).filter((input) => sources.has(input)).length).toBe(1)
  const residuals = makings.find(({ url }) => url.endsWith('residuals.tsv'))!
  expect(steps.stepOf(residuals).inputs).toContain(cleaned.content)
  await close()
})

test('Of files that are made from one another, not all may be dropped', async () => {
  const [whole, packed] = ['ni:///sha-256;whole', 'ni:///sha-256;packed']
  const zip = {
    version: 'pkg:deb/debian/gzip#gzip',
    reads: { a: whole },
    makes: { z: packed },
    command: 'gzip',
  }
  const unzip = {
    version: 'pkg:deb/debian/gzip#gunzip',
    reads: { z: packed },
    makes: { a: whole },
    command: 'gunzip',
  }
  const stored = facts(run('1', zip), run('2', unzip), run('3', zip), run('4', unzip))
  const { engine } = await engineOver([])
  const remakings = await Remakings.read(
    new Questions(engine),
    stored,
    await findPresentFiles(stored),
    seenRepeats(stored),
    [whole, packed],
  )
  const reasons = [whole, packed].map((content) => {
    const remaking = remakings.of(content)
    return 'because' in remaking ? remaking.because : 'can be made again'
  })
  expect(reasons.toSorted()).toEqual(['can be made again', 'made from itself'])
})

test.each([
  ['of three times the middle one', [1, 1.2, 90], 1.2],
  ['of two their mean', [1, 3], 2],
  ['the only one', [90], 90],
])('To make a file takes %s: one run may have had to wait', async (_, times, expected) => {
  const packed = 'ni:///sha-256;packed'
  const zip = {
    version: 'pkg:deb/debian/gzip#gzip',
    reads: { a: 'ni:///sha-256;whole' },
    makes: { z: packed },
  }
  const stored = facts(
    ...times.map((seconds, at) => run(String(at + 1), { ...zip, seconds })),
    // What the code makes twice the same, it made on other bytes.
    ...['8', '9'].map((id) =>
      run(id, { ...zip, reads: { b: 'ni:///sha-256;other' }, makes: { y: 'ni:///sha-256;small' } }),
    ),
  )
  const { engine } = await engineOver([])
  const present = await findPresentFiles(stored)
  const remakings = await Remakings.read(new Questions(engine), stored, present, seenRepeats(stored), [
    packed,
  ])
  const prices = { keep: 1, compute: 1 }
  const problem = new FileProblem({ contents: [packed], remakings, present, uses: new Map(), prices })
  const solved = await problem.solve()
  expect(solved.remakeOf(packed)?.seconds).toBeCloseTo(expected, 9)
})
