import { describe, expect, test } from 'vitest'
import { describeError, exitCodeOf } from '../../cli/exit-codes.ts'
import { EndpointError, QueryError, StoreError, UsageError } from '../../src/errors.ts'

describe('what was asked wrongly ends with 2, what could not be done with 3', () => {
  test.each([
    [new UsageError('No run is named moon'), 2],
    [new StoreError('Cannot read the store'), 3],
    [new QueryError('The query is malformed', { malformed: true }), 2],
    [new QueryError('The query was refused', { place: { line: 2, column: 9 } }), 3],
    [new QueryError('The query was refused'), 3],
    [new TypeError('x is undefined'), 3],
    ['a thrown string', 3],
  ])('%s: %d', (error, code) => expect(exitCodeOf(error)).toBe(code))
})

describe('an expected failure is one line: what, where, what to do', () => {
  test.each([
    [new UsageError('No run is named moon'), 'vampira: No run is named moon.'],
    [new UsageError('No run is named \u001b[31m'), 'vampira: No run is named \\u{1b}[31m.'],
    [
      new UsageError('No run is named moon', { advice: 'See vampira list' }),
      'vampira: No run is named moon. See vampira list.',
    ],
    [
      new QueryError('Unexpected token "}".\nExpected a term', {
        place: { file: 'q.rq', line: 3, column: 7 },
      }),
      'vampira: Unexpected token "}". Expected a term (q.rq:3:7).',
    ],
    [
      new QueryError('q.rq is malformed', { place: { file: 'q.rq', line: 3, column: 7 } }),
      'vampira: q.rq is malformed (line 3, column 7).',
    ],
    [
      new QueryError('Malformed query at line 3, column 7: what?', { place: { line: 3, column: 7 } }),
      'vampira: Malformed query at line 3, column 7: what?',
    ],
    [
      new EndpointError('No answer', { place: { iri: 'http://localhost:1/' }, advice: 'Is it running?' }),
      'vampira: No answer (http://localhost:1/). Is it running?',
    ],
  ])('%s', (error, line) => expect(describeError(error, false)).toBe(line))
})

test('with VAMPIRA_DEBUG=1 an expected failure shows its stack and its cause', () => {
  const text = describeError(new StoreError('Cannot read', { cause: new Error('EIO: i/o error') }), true)
  expect(text).toMatch(/^vampira: Cannot read\.\nStoreError: Cannot read\n\s+at /)
  expect(text).toContain('Caused by: Error: EIO: i/o error')
})

test('a bug says that it is one, shows its stack and how to report it', () => {
  const text = describeError(new TypeError('x is undefined'), false)
  expect(text).toMatch(
    /^vampira: This is a bug in vampira, not something you did: x is undefined\nPlease report it/,
  )
  expect(text).toMatch(/TypeError: x is undefined\n\s+at /)
})
