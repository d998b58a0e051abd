import { expect, test } from 'vitest'
import { RunQueue } from '../../../src/analyse/trace/run-queue.ts'
import type { Entry } from '../../../src/analyse/trace/run-queue.ts'

const entry = (content: string, from: string, more: Partial<Entry> = {}): Entry => {
  return {
    from,
    to: { content, files: 'read' },
    relation: 'used',
    strength: 'seen',
    depth: 1,
    ...more,
  } as Entry
}

test('Back in time the latest run comes first, onward the earliest', () => {
  for (const [direction, order] of [
    ['lineage', ['c', 'b', 'a']],
    ['impact', ['a', 'b', 'c']],
  ] as const) {
    const queue = new RunQueue(direction)
    for (const [run, hour] of [
      ['b', 2],
      ['c', 3],
      ['a', 1],
    ] as const) {
      queue.add(run, `2026-11-23T0${hour}:00:00Z`, entry('x', 'somewhere'))
    }
    expect([queue.take()?.run, queue.take()?.run, queue.take()?.run, queue.take()]).toEqual([
      ...order,
      undefined,
    ])
  }
})

test('A run is opened again with all ways into it when a new or a better one is found', () => {
  const queue = new RunQueue('impact')
  queue.add('a', '', entry('x', '1'))
  queue.take()
  queue.add('a', '', entry('x', '1', { depth: 2 }))
  expect(queue.size).toBe(0)
  queue.add('a', '', entry('x', '2'))
  expect(queue.take()?.entries.map(({ from }) => from)).toEqual(['1', '2'])
  queue.add('a', '', entry('x', '1', { depth: 0 }))
  expect(queue.take()?.entries.map(({ depth }) => depth)).toEqual([0, 1])
})

test('A run that holds no such file is not opened for it again, whatever leads there', () => {
  const queue = new RunQueue('impact')
  queue.close('a', [{ content: 'x', files: 'read', url: undefined }])
  queue.add('a', '', entry('x', '1'))
  expect(queue.size).toBe(0)
  queue.add('a', '', entry('y', '1'))
  queue.add('b', '', entry('x', '1'))
  expect(queue.size).toBe(2)
})
