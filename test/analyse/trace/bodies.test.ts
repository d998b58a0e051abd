import { describe, expect, test } from 'vitest'
import { Bodies } from '../../../src/analyse/trace/bodies.ts'

const at = (second: number) => `2026-11-23T10:00:0${second}Z`

/** A body with one event a second, from 1 to 5; each event is a call that is named after its second. */
function bodies(backwards: boolean): Bodies {
  const made = new Bodies(backwards)
  made.enter('body', { start: at(backwards ? 0 : 9), call: 'nothing' })
  made.takeChanged()
  for (const second of [1, 2, 3, 4, 5])
    made.add('body', { to: `to-${second}`, call: `call-${second}`, start: at(second) })
  return made
}
const released = (all: Bodies) => all.release('body').map(({ to }) => to)

describe.each([
  { way: 'back in time', backwards: true, first: ['to-1', 'to-2'], rest: ['to-3', 'to-4', 'to-5'] },
  { way: 'on in time', backwards: false, first: ['to-4', 'to-5'], rest: ['to-1', 'to-2', 'to-3'] },
])('A body that is walked $way', ({ backwards, first, rest }) => {
  test('lets through what lies beyond the call that led in, but not that call itself', () => {
    const all = bodies(backwards)
    all.enter('body', { start: at(3), call: 'call-3' })
    expect(released(all)).toEqual(first)
  })

  test('lets through what another call did at the same moment', () => {
    const all = bodies(backwards)
    all.enter('body', { start: at(3), call: 'call-0' })
    expect(released(all)).toContain('to-3')
  })

  test.each([['call-3', 'call-0'] as const, ['call-0', 'call-3'] as const])(
    'lets through both of two calls at one moment, because each may explain the other: %s, then %s',
    (first, second) => {
      const all = bodies(backwards)
      all.enter('body', { start: at(3), call: first })
      all.enter('body', { start: at(3), call: second })
      expect(released(all)).toContain('to-3')
    },
  )

  test('lets each event through once', () => {
    const all = bodies(backwards)
    all.enter('body', { start: at(3), call: 'call-3' })
    released(all)
    expect(released(all)).toEqual([])
    all.enter('body')
    expect(released(all)).toEqual(rest)
  })

  test('is not narrowed by a call that leads in less far', () => {
    const all = bodies(backwards)
    all.enter('body', { start: at(3), call: 'call-3' })
    all.enter('body', { start: at(backwards ? 2 : 4), call: 'call-2' })
    expect(released(all)).toEqual(first)
  })

  test('lets everything through when it is entered as a whole, and stays so', () => {
    const all = bodies(backwards)
    all.enter('body')
    all.enter('body', { start: at(3), call: 'call-3' })
    expect(released(all)).toHaveLength(5)
  })
})

test('A body is changed when it is entered further, and its events are asked for the first time only', () => {
  const all = new Bodies(true)
  all.enter('body', { start: at(2), call: 'a' })
  expect(all.takeChanged()).toEqual({ changed: ['body'], unknown: ['body'] })
  expect(all.takeChanged()).toEqual({ changed: [], unknown: [] })
  all.enter('body', { start: at(1), call: 'b' })
  expect(all.takeChanged()).toEqual({ changed: [], unknown: [] })
  all.enter('body', { start: at(3), call: 'c' })
  expect(all.takeChanged()).toEqual({ changed: ['body'], unknown: [] })
  all.enter('body')
  expect(all.takeChanged()).toEqual({ changed: ['body'], unknown: [] })
  all.enter('body')
  expect(all.takeChanged()).toEqual({ changed: [], unknown: [] })
})

test('A body that was never entered lets nothing through', () => {
  const all = new Bodies(true)
  all.add('body', { to: 'to', call: 'call', start: at(1) })
  expect(all.release('body')).toEqual([])
})
