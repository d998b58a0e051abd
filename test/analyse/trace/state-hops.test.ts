import { expect, test } from 'vitest'
import { impact, lineage } from '../../../src/analyse/trace/walk.ts'
import { engineOver } from '../small-engine.ts'
import { runIri } from '../small-run.ts'

/** Three calls get one object, one after the other; all of them were given the value 2, too. */
const sharing = {
  id: 1,
  calls: [
    { n: 1, name: 'fill', args: [1, 2], ends: 1 },
    { n: 2, name: 'look', args: [1, 2], ends: 2 },
    { n: 3, name: 'save', args: [1, 2], ends: 3 },
  ],
  values: { 2: '7' },
  files: {},
}

async function stateEdges(walk: typeof lineage, of: string): Promise<string[]> {
  const { engine } = await engineOver([sharing])
  const { edges } = await walk(engine, `${runIri(1)}#${of}`)
  return edges
    .filter(({ relation }) => relation === 'state')
    .map(({ from, to }) => [from, to].map((iri) => iri.replace(/^.*#/, '')).join(' → '))
}

test('What a call put into an object may be in what later calls made of it, and of none before', async () => {
  const edges = await stateEdges(impact, 'value-2')
  expect(edges.length).toBeGreaterThan(0)
  expect(edges.filter((edge) => !/^call-1 → call-[23]$/.test(edge))).toEqual([])
})

test('What a call found in an object may be of calls before it, and of none after', async () => {
  const edges = await stateEdges(lineage, 'call-2')
  expect(edges).toEqual(['call-2 → call-1'])
})
