import { expect, test } from 'vitest'
import { queryForm } from '../../src/sparql/query-form.ts'

test.each([
  ['SELECT * {}', 'SELECT'],
  ['ask {}', 'ASK'],
  ['Construct WHERE {}', 'CONSTRUCT'],
  ['DESCRIBE <urn:a>', 'DESCRIBE'],
  ['\n  # SELECT in a comment\nASK {}', 'ASK'],
  ['BASE <http://x/>\nPREFIX : <urn:a>\nprefix b.c:<urn:select> CONSTRUCT {} {}', 'CONSTRUCT'],
  ['PREFIX ask: <urn:a> SELECT * { ask:b ?p ?o }', 'SELECT'],
  ['SELECTED', undefined],
  ['DROP ALL', undefined],
  ['', undefined],
])('The form of %j is %s', (sparql, form) => {
  expect(queryForm(sparql)).toBe(form)
  // Twice, because the pattern keeps where it stopped.
  expect(queryForm(sparql)).toBe(form)
})
