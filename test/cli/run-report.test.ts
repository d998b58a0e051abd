import { afterEach, describe, expect, test } from 'vitest'
import { failureLine, report, summaryLine } from '../../cli/run-report.ts'

const id = '019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
const entry = { id: `urn:uuid:${id}`, name: 'stars', callCount: 1234, tripleCount: 99 }
const kept = { entry, sources: 1, products: 0, possibleProducts: 0, gaps: 2, fault: undefined }
const ended = {
  id,
  name: 'stars',
  journal: '/data/.vampira/journal/1',
  ending: { status: 0, signal: undefined },
}

type Kept = Parameters<typeof summaryLine>[0]
type Ended = Parameters<typeof failureLine>[0]
const summary = (more: object) => summaryLine({ ...kept, ...more } as unknown as Kept, 0.25)
const json = (ending: object, more: object | undefined, failure?: unknown) =>
  report(
    { ...ended, ending } as unknown as Ended,
    more && ({ ...kept, ...more } as unknown as Kept),
    failure,
    1.23456,
  )

const before = process.env['VAMPIRA_DEBUG']
afterEach(() => {
  if (before === undefined) delete process.env['VAMPIRA_DEBUG']
  else process.env['VAMPIRA_DEBUG'] = before
})

describe('One line for people says what was recorded', () => {
  const line = 'vampira: recorded stars 019343c2-8a10… (1,234 calls, 1 source, 0 products) in 250 ms'
  test.each([
    ['a whole journal', {}, ''],
    [
      'a journal with a fault',
      { fault: new Error('line 7\n  is torn') },
      '; its journal is not whole: line 7 is torn',
    ],
    [
      'a damaged journal, whatever the fault',
      { damaged: '/d', fault: new Error('x') },
      '; its journal was damaged, and what could not be read is in /d',
    ],
  ])('of %s', (_, more, incomplete) =>
    expect(summary(more)).toBe(`${line}${incomplete}; see: vampira show last`),
  )

  test('with control characters of a name made visible', () => {
    expect(summary({ entry: { ...entry, name: 'a\x1b]0;owned\x07' } })).toContain(
      'recorded a\\u{1b}]0;owned\\u{7} 0193',
    )
  })

  test('with the singular of what there was one of', () => {
    expect(summary({ entry: { ...entry, callCount: 1 }, products: 2 })).toContain(
      '(1 call, 1 source, 2 products)',
    )
  })

  test('with the files that it may have made, where there are any', () => {
    expect(summary({ possibleProducts: 1 })).toContain(
      '(1,234 calls, 1 source, 0 products, 1 possible product)',
    )
  })
})

describe('People read when nothing was stored', () => {
  const advice = 'Its journal is kept in /data/.vampira/journal/1; `vampira recover` makes the record of it.'
  test('why, and what to do', () => {
    delete process.env['VAMPIRA_DEBUG']
    expect(failureLine(ended as unknown as Ended, new Error('disk is full'))).toBe(
      `vampira: The run of stars was not stored: disk is full. ${advice}`,
    )
    expect(failureLine(ended as unknown as Ended, 'no')).toContain('was not stored: no. ')
  })

  test('with the stack for those who ask for it', () => {
    process.env['VAMPIRA_DEBUG'] = '1'
    const failure = new Error('disk is full')
    expect(failureLine(ended as unknown as Ended, failure)).toContain(`\n${failure.stack}`)
  })
})

describe('Programs read JSON', () => {
  test('what was stored, with seconds to the millisecond', () => {
    expect(json({ status: 3, signal: undefined }, {})).toEqual({
      id: `urn:uuid:${id}`,
      name: 'stars',
      exitCode: 3,
      stored: true,
      callCount: 1234,
      sources: 1,
      products: 0,
      gaps: 2,
      tripleCount: 99,
      secondsToStore: 1.235,
    })
  })

  test('where the journal is when nothing was stored, and why', () => {
    expect(json({ status: 0, signal: undefined }, undefined, new Error('full'))).toEqual({
      id: `urn:uuid:${id}`,
      name: 'stars',
      exitCode: 0,
      stored: false,
      journal: '/data/.vampira/journal/1',
      secondsToStore: 1.235,
      error: 'full',
    })
  })

  test('the signal that ended the program, and the fault of a stored journal', () => {
    expect(json({ status: undefined, signal: 'SIGKILL' }, { fault: new Error('torn') })).toMatchObject({
      signal: 'SIGKILL',
      exitCode: 137,
      stored: true,
      error: 'torn',
    })
  })
})
