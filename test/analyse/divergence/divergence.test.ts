import { expect, test } from 'vitest'
import { findDivergence } from '../../../src/analyse/divergence/divergence.ts'
import { Questions } from '../../../src/analyse/questions.ts'
import { engineOver } from '../small-engine.ts'
import { runIri, type SmallRun } from '../small-run.ts'

type Small = Omit<SmallRun, 'id'>

async function divergenceOf(one: Small, other: Small) {
  const { engine } = await engineOver([
    { id: 1, ...one },
    { id: 2, ...other },
  ])
  return findDivergence(new Questions(engine), [runIri(1), runIri(2)])
}

/** `main` smooths an image and counts what is in it; the steps are functions that call nothing. */
function survey(image: string, smooth: string, counted: string, std = '2.5'): Small {
  return {
    calls: [
      { n: 1, name: 'main', args: [1], ends: 9 },
      { n: 2, name: 'smooth', by: 1, args: [1], reads: [1], ends: 4 },
      { n: 5, name: 'count', by: 1, reads: [2], returns: 2, ends: 6 },
    ],
    values: { 1: std, 2: counted },
    files: { 1: { content: image, path: 'image' }, 2: { content: smooth, path: 'smooth', by: 2 } },
  }
}

test('Two runs that did the same diverge nowhere', async () => {
  const { first, follows, healed, alignedCalls } = await divergenceOf(
    survey('sky', 'soft', '125'),
    survey('sky', 'soft', '125'),
  )
  expect({ first, follows, healed }).toEqual({ first: undefined, follows: undefined, healed: [] })
  expect(alignedCalls).toBe(4)
})

test('The first divergence is the call that made other bytes of the same, and neither its caller nor who read them', async () => {
  const { first, follows } = await divergenceOf(survey('sky', 'soft', '125'), survey('sky', 'softer', '128'))
  expect(first).toMatchObject({
    name: 'smooth',
    inputs: [],
    outputs: [{ role: 'smooth', kind: 'file', values: ['soft', 'softer'] }],
  })
  expect(follows).toMatchObject({ name: 'count', outputs: [{ values: ['125', '128'] }] })
})

test('Where another setting was given nothing diverges: what differs follows', async () => {
  const { first, follows } = await divergenceOf(
    survey('sky', 'soft', '125'),
    survey('sky', 'softer', '128', '3.5'),
  )
  expect(first).toBeUndefined()
  expect(follows).toMatchObject({ name: 'smooth', inputs: [{ values: ['2.5', '3.5'] }] })
})

test('A file that is read below a call is an input of it', async () => {
  const { first, follows } = await divergenceOf(survey('sky', 'soft', '125'), survey('night', 'dark', '3'))
  expect(first).toBeUndefined()
  expect(follows?.inputs).toEqual([{ role: 'image', kind: 'file', values: ['sky', 'night'] }])
})

test('What makes the same of other bytes heals', async () => {
  const { first, healed } = await divergenceOf(survey('sky', 'soft', '125'), survey('sky', 'softer', '125'))
  expect(first?.name).toBe('smooth')
  expect(healed.map(({ name, inputs }) => [name, inputs[0]?.values])).toEqual([['count', ['soft', 'softer']]])
})

test('A caller is the first that differs where its own body gave other things to what it called', async () => {
  const drawing = (seed: string, drawn: string): Small => ({
    calls: [
      { n: 1, name: 'main', ends: 9 },
      { n: 2, name: 'draw', by: 1, args: [1], returns: 2, ends: 3 },
      { n: 4, name: 'save', by: 1, args: [2], ends: 5 },
    ],
    values: { 1: seed, 2: drawn },
    files: { 1: { content: drawn, path: 'noise', by: 4 } },
  })
  const { first, follows } = await divergenceOf(drawing('1', '17'), drawing('2', '18'))
  expect(first).toMatchObject({ name: 'main', outputs: [{ role: 'noise', values: ['17', '18'] }] })
  expect(follows?.name).toBe('draw')
})

/** `load` returns something whose bytes nobody kept, and `save` writes it. */
function copying(image: string, saved: string): Small {
  return {
    calls: [
      { n: 1, name: 'main', ends: 9 },
      { n: 2, name: 'load', by: 1, reads: [1], returns: 1, ends: 3 },
      { n: 4, name: 'save', by: 1, args: [1], ends: 5 },
    ],
    files: { 1: { content: image, path: 'image' }, 2: { content: saved, path: 'saved', by: 4 } },
  }
}

test('A value whose bytes are not known differs if what it came from does', async () => {
  const { first, follows } = await divergenceOf(copying('sky', 'soft'), copying('night', 'dark'))
  expect(first).toBeUndefined()
  expect(follows?.name).toBe('save')
})

test('and else the divergence is at the call that got it, or before, unseen', async () => {
  const { first } = await divergenceOf(copying('sky', 'soft'), copying('sky', 'dark'))
  expect(first).toMatchObject({ name: 'save', unknownInputs: ['argument'] })
})

test('Files under other names are compared by their bytes, and their names say nothing', async () => {
  const named = (name: string): Small => ({
    calls: [{ n: 1, name: 'copy', args: [1], reads: [1], returns: 2, ends: 3 }],
    values: { 1: `"${name}.fits"`, 2: `"${name}_copy.fits"` },
    files: {
      1: { content: 'sky', path: `${name}.fits` },
      2: { content: 'copy', path: `${name}_copy.fits`, by: 1 },
    },
  })
  const divergence = await divergenceOf(named('a'), named('b'))
  expect(divergence).not.toHaveProperty('first')
  expect(divergence).not.toHaveProperty('follows')
})

test('Calls are aligned by what they were called with, then by their names', async () => {
  const looping = (...items: readonly [argument: string, result: string][]): Small => ({
    calls: [
      { n: 1, name: 'main', ends: 30 },
      ...items.map((_, at) => ({
        n: at + 2,
        name: 'step',
        by: 1,
        args: [at * 2],
        returns: at * 2 + 1,
        ends: at + 3,
      })),
    ],
    values: Object.fromEntries(
      items.flatMap(([a, b], at) => [[at * 2, a] as const, [at * 2 + 1, b] as const]),
    ),
    files: {},
  })
  const { first, alignedCalls } = await divergenceOf(
    looping(['1', '10'], ['2', '20'], ['3', '30']),
    looping(['2', '20'], ['3', '31']),
  )
  expect(alignedCalls).toBe(4)
  expect(first).toMatchObject({ name: 'step', inputs: [], outputs: [{ values: ['30', '31'] }] })
})

test('A function that is defined in the body of another sees what that was given', async () => {
  const drawing = (scale: string, drawn: string): Small => ({
    calls: [
      { n: 1, name: 'draw', args: [1], ends: 9 },
      { n: 2, name: 'draw.<locals>.place', by: 1, args: [2], returns: 3, ends: 3 },
    ],
    values: { 1: scale, 2: '7', 3: drawn },
    files: {},
  })
  const { first, follows } = await divergenceOf(drawing('1', '7'), drawing('2', '14'))
  expect(first).toBeUndefined()
  expect(follows?.name).toBe('draw.<locals>.place')
})
