import { expect, test } from 'vitest'
import { impact, lineage } from '../../../src/analyse/trace/walk.ts'
import { engineOver } from '../small-engine.ts'
import { runIri, type SmallRun } from '../small-run.ts'

const iri = (node: string) => `${runIri(1)}#${node}`
async function reached(walk: typeof lineage, run: Omit<SmallRun, 'id'>, of: string): Promise<string[]> {
  const { engine } = await engineOver([{ id: 1, ...run }])
  const { nodes } = await walk(engine, iri(of))
  return nodes.map((node) => `${node.iri.replace(iri(''), '')} ${node.strength}`)
}

/** `report = save("plot", 5)`, where save writes the file, and nothing else happens in main. */
const saving = {
  calls: [
    { n: 1, name: 'main', received: [2] },
    { n: 2, name: 'save', by: 1, args: [1], returns: 2 },
  ],
  values: { 1: '5' },
  files: { 1: { content: 'plot', by: 2 } },
}

test('A call is not explained by what it itself made: it started before that was there', async () => {
  expect(await reached(lineage, saving, 'file-1')).toEqual([
    'file-1 seen',
    'call-2 seen',
    'value-1 seen',
    'call-1 possible',
  ])
})

test('What a call returned went into nothing that the same call wrote', async () => {
  expect(await reached(impact, saving, 'value-2')).toEqual(['value-2 seen'])
})

/** main(a): b = first(a); save(b + 1), and later log(2). */
const passing = {
  calls: [
    { n: 1, name: 'main', received: [3], args: [1] },
    { n: 2, name: 'first', by: 1, args: [1], returns: 3 },
    { n: 3, name: 'save', by: 1, args: [4] },
    { n: 4, name: 'log', by: 1, args: [5] },
  ],
  values: { 4: '7', 5: '2' },
  files: { 1: { content: 'out', by: 3 }, 2: { content: 'log', by: 4 } },
}

test('What a body passed on may be of what it had received until then, and of its own arguments', async () => {
  expect(await reached(lineage, passing, 'file-1')).toEqual([
    ...['file-1 seen', 'call-3 seen', 'value-4 seen'],
    ...['call-1 possible', 'value-3 possible', 'value-1 possible', 'call-2 possible'],
  ])
})

test('What a body received may be in all that it passed on later', async () => {
  const found = await reached(impact, passing, 'value-3')
  expect(found.toSorted()).toEqual(
    [
      'value-3 seen',
      'call-1 possible',
      'call-3 possible',
      'call-4 possible',
      'file-1 possible',
      'file-2 possible',
    ].toSorted(),
  )
})

/** main(): data = read(); return total — a value that main made itself after it had received data. */
const returning = {
  calls: [
    { n: 1, name: 'outer', received: [3] },
    { n: 2, name: 'main', by: 1, args: [9], received: [2], returns: 3 },
    { n: 3, name: 'read', by: 2, args: [1], reads: [1], returns: 2 },
    { n: 4, name: 'write', by: 1, args: [3] },
  ],
  values: { 1: '"a"', 9: '1' },
  files: { 1: { content: 'a' }, 2: { content: 'out', by: 4 } },
}

test('What a call made may be of all that its body received', async () => {
  expect(await reached(lineage, returning, 'value-3')).toContain('value-2 possible')
})

test('What a body received may be in what it returned, and on from there', async () => {
  const found = await reached(impact, returning, 'value-2')
  expect(found).toContain('value-3 possible')
  expect(found).toContain('file-2 possible')
})

test('A hop through a body has an edge that is possible, and says how it went', async () => {
  const { engine } = await engineOver([{ id: 1, ...returning }])
  const { edges } = await impact(engine, iri('value-2'))
  const short = (text: string) => text.replace(iri(''), '')
  const drawn = edges.map(({ from, to, relation, strength }) => [short(from), relation, short(to), strength])
  expect(drawn).toContainEqual(['value-2', 'received', 'call-2', 'possible'])
  expect(drawn).toContainEqual(['call-2', 'generated', 'value-3', 'possible'])
})

/** A file that main wrote by its own hand; deep calls below it read. */
const writing = {
  calls: [
    { n: 1, name: 'main' },
    { n: 2, name: 'load', by: 1 },
    { n: 3, name: 'open_all', by: 2 },
    { n: 4, name: 'open', by: 3, reads: [1] },
  ],
  files: { 1: { content: 'a' }, 2: { content: 'out', by: 1 } },
}

test('A file may be of what was read any number of levels below the call that wrote it', async () => {
  expect(await reached(lineage, writing, 'file-2')).toEqual([
    ...['file-2 seen', 'call-1 seen', 'file-1 possible'],
    ...['call-4 possible', 'call-3 possible', 'call-2 possible'],
  ])
})

test('Hops between levels have edges that are possible, from call to call and to the file', async () => {
  const { engine } = await engineOver([{ id: 1, ...writing }])
  const { edges } = await lineage(engine, iri('file-2'))
  const short = (text: string) => text.replace(iri(''), '')
  const below = edges.filter(({ relation }) => relation === 'below')
  expect(below.map(({ from, to, strength }) => `${short(from)} ${strength} ${short(to)}`)).toEqual([
    'call-1 possible call-2',
    'call-2 possible call-3',
    'call-3 possible call-4',
    'call-4 possible file-1',
  ])
})

test('A file that was read may be in what any caller above the reader wrote', async () => {
  const found = await reached(impact, writing, 'file-1')
  expect(found).toContain('file-2 possible')
  expect(found).toContain('call-4 seen')
})

test('A value that a call used says nothing of files that callers above it wrote', async () => {
  const run = {
    ...writing,
    calls: writing.calls.map((call) => (call.n === 4 ? { ...call, args: [5] } : call)),
  }
  expect(await reached(impact, run, 'value-5')).not.toContain('file-2 possible')
})
