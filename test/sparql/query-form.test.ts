import { expect, test } from 'vitest'
import { isUpdate, queryForm } from '../../src/sparql/query-form.ts'

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

test.each([
  ['DROP ALL', true],
  ['# tidy\nPREFIX a: <urn:a>\ninsert data { a:b a:c a:d }', true],
  ['WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }', true],
  ['SELECT * { ?insert ?data ?x }', false],
  ['INSERTED', false],
  ['', false],
])('%j is an update: %s', (sparql, update) => {
  expect(isUpdate(sparql)).toBe(update)
})
