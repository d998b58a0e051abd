import { describe, expect, test } from 'vitest'
import { Prefixes } from '../../src/rdf/prefixes.ts'

const run = 'urn:uuid:019343c2#'
const prefixes = () => new Prefixes({ run, mod: 'urn:vampira:component:survey/swep.', base: 'urn:base:' })

describe('the token of an IRI', () => {
  test.each([
    [`${run}call-2`, 'run:call-2'],
    ['http://www.w3.org/ns/prov#used', 'prov:used'],
    ['http://schema.org/name', 'schema:name'],
    ['urn:base:x', 'base:x'],
    // Names of a module's components go on after a dot.
    ['urn:vampira:component:survey/swep.clip', 'mod:clip'],
    ['urn:vampira:component:survey/swep.clip.value', 'mod:clip.value'],
    // Local names that Turtle reads, at their bounds.
    ['urn:base:_', 'base:_'],
    ['urn:base:0', 'base:0'],
    ['urn:base:a.b-c', 'base:a.b-c'],
    ['urn:base:%C3%a9', 'base:%C3%a9'],
    ['urn:base:a%20', 'base:a%20'],
    ['urn:base:a-', 'base:a-'],
  ])('%s is %s', (iri, token) => {
    expect(prefixes().token(iri)).toBe(token)
    expect(prefixes().expand(token)).toBe(`<${iri}>`)
  })

  test.each([
    'urn:base:',
    'urn:base:-a',
    'urn:base:.a',
    'urn:base:a.',
    'urn:base:a%2',
    'urn:base:%g0',
    'urn:base:é',
    'urn:base:a(b)',
    'urn:base:a,b',
    'urn:other:x',
    'ni:///sha-256;f4Ox',
  ])('%s has no short form', (iri) => {
    expect(prefixes().token(iri)).toBe(`<${iri}>`)
    expect(prefixes().expand(`<${iri}>`)).toBe(`<${iri}>`)
  })

  test('in a known namespace has that prefix, wherever the namespace ends', () => {
    const some = new Prefixes({ mod: 'urn:a/b.c' })
    expect(some.tokenIn('urn:a/b.c', 'urn:a/b.cde')).toBe('mod:de')
    expect(some.tokenIn('urn:a/b.c', 'urn:a/b.cd e')).toBe('<urn:a/b.cd\\u0020e>')
    expect(some.token('urn:a/b.cde')).toBe('<urn:a/b.cde>')
  })
})

describe('a token in full', () => {
  const xsd = 'http://www.w3.org/2001/XMLSchema#'
  test.each([
    ['a', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'],
    ['true', `"true"^^<${xsd}boolean>`],
    ['false', `"false"^^<${xsd}boolean>`],
    ['12', `"12"^^<${xsd}integer>`],
    ['-2.5', `"-2.5"^^<${xsd}decimal>`],
    ['"a:b"', '"a:b"'],
    ['""', '""'],
    ['"2"^^xsd:decimal', `"2"^^<${xsd}decimal>`],
    ['"a\\"^^xsd:b"^^rdf:JSON', '"a\\"^^xsd:b"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>'],
    ['run:call-2', `<${run}call-2>`],
    ['prov:used', '<http://www.w3.org/ns/prov#used>'],
  ])('%s is %s', (token, text) => {
    const some = prefixes()
    expect(some.expand(token)).toBe(text)
    // Once more: what is expanded often is kept.
    expect(some.expand(token)).toBe(text)
  })
})

describe('a prefix that is declared', () => {
  test('is the wanted one, and those who wait for prefixes are called', () => {
    const some = new Prefixes()
    const declared: string[] = []
    some.onDeclare((prefix, namespace) => declared.push(`${prefix}: <${namespace}>`))
    some.onDeclare((prefix) => declared.push(prefix))
    expect(some.declare('swep', 'urn:swep.')).toBe('swep')
    expect(declared).toEqual(['swep: <urn:swep.>', 'swep'])
    expect([...some]).toContainEqual(['swep', 'urn:swep.'])
    expect(some.token('urn:swep.clip')).toBe('swep:clip')
  })

  test('is not declared again: a namespace keeps its first prefix', () => {
    const some = new Prefixes()
    const declared: string[] = []
    some.onDeclare((prefix) => declared.push(prefix))
    expect(some.declare('p', 'http://www.w3.org/ns/prov#')).toBe('prov')
    expect(declared).toEqual([])
  })

  test.each([
    ['prov', 'prov-2'],
    ['my mod', 'mymod'],
    ['Größe', 'Gre'],
    ['2nd-part_3', 'nd-part_3'],
    ['a1b2', 'a1b2'],
    ['__init__', 'init__'],
    ['-', 'ns'],
    ['', 'ns'],
    ['1', 'ns'],
  ])('as %j is %s where that is free', (wanted, prefix) => {
    expect(new Prefixes().declare(wanted, 'urn:x.')).toBe(prefix)
  })

  test('has a number after the name where others have the name', () => {
    const some = new Prefixes()
    expect(['urn:1.', 'urn:2.', 'urn:3.'].map((each) => some.declare('io', each))).toEqual([
      'io',
      'io-2',
      'io-3',
    ])
  })
})
