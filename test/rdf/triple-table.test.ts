import { DataFactory, Store } from 'n3'
import { describe, expect, it } from 'vitest'
import type { Quad, Term } from '@rdfjs/types'
import { TripleTable } from '../../src/rdf/triple-table.ts'
import { nquadsLine } from '../../src/rdf/write-term.ts'

const { blankNode, literal, namedNode, quad } = DataFactory
const iri = (name: string) => namedNode(`http://example.org/${name}`)

/** Some of each sort of term, hubs with many neighbours, and triples that come twice. */
function someQuads(count: number): Quad[] {
  const quads: Quad[] = []
  for (let n = 0; n < count; n++) {
    const subject = n % 7 === 0 ? blankNode(`b${n % 50}`) : iri(`s${n % 97}`)
    const objects: Quad['object'][] = [
      iri(`s${(n * 31) % 97}`),
      literal(`text ${n % 13}`),
      literal(String(n % 5), namedNode('http://www.w3.org/2001/XMLSchema#integer')),
      literal('Grüße 漢字 🜨', n % 2 === 0 ? 'de' : 'fr'),
      namedNode('urn:uuid:0#hub'),
      namedNode(''),
    ]
    quads.push(quad(subject, iri(`p${n % 3}`), objects[n % objects.length]!))
  }
  return quads
}

function tableOf(quads: readonly Quad[]): TripleTable {
  const table = new TripleTable(DataFactory)
  for (const { subject, predicate, object } of quads) table.add(subject, predicate, object)
  return table.seal()
}

const lines = (quads: Iterable<Quad>): string[] => [...quads].map((each) => nquadsLine(each)).sort()

describe('A table of triples', () => {
  const quads = someQuads(3000)
  const table = tableOf(quads)
  const store = new Store(quads)

  it('holds each triple once', () => {
    expect(table.size).toBe(store.size)
    expect(lines(table)).toEqual(lines(store as unknown as Iterable<Quad>))
  })

  it('finds and counts what n3 finds and counts, for every pattern', () => {
    const terms = (of: (each: Quad) => Term): (Term | null)[] => [
      null,
      ...new Map(quads.map((each) => [JSON.stringify(of(each)), of(each)])).values(),
      iri('nowhere'),
    ]
    const subjects = terms(({ subject }) => subject)
    const predicates = terms(({ predicate }) => predicate)
    const objects = terms(({ object }) => object)
    let found = 0
    for (const [n, s] of subjects.entries()) {
      for (const p of predicates) {
        // Every object with some subjects, and the other way round: all together are too many.
        for (const o of n % 10 === 0 ? objects : objects.slice(0, 8)) {
          const expected = store.getQuads(s, p as Quad['predicate'], o, null)
          const matches = table.match(s, p, o)
          if (expected.length !== matches.size || lines(matches).join() !== lines(expected).join())
            expect.fail(`${s?.value} ${p?.value} ${o?.value}`)
          found += expected.length
        }
      }
    }
    expect(found).toBeGreaterThan(10_000)
  })

  it('says whether it has a quad, and gives nothing of another graph', () => {
    const [first] = quads
    expect(table.has(first!)).toBe(true)
    expect(table.has(quad(iri('s1'), iri('p1'), iri('nowhere')))).toBe(false)
    expect(table.match(null, null, null, iri('graph')).size).toBe(0)
    expect([...table.match(null, null, null, iri('graph'))]).toEqual([])
  })

  it('gives quads of the graph that it is named after', () => {
    const named = new TripleTable(DataFactory, iri('graph'))
    named.add(iri('s'), iri('p'), iri('o'))
    named.seal()
    expect(lines(named)).toEqual([
      '<http://example.org/s> <http://example.org/p> <http://example.org/o> <http://example.org/graph> .',
    ])
    expect(named.match(null, null, null, iri('graph')).size).toBe(1)
  })

  it('tells apart terms that are spelt alike', () => {
    const alike: Term[] = [
      namedNode('b1'),
      blankNode('b1'),
      literal('b1'),
      literal('b1', 'en'),
      literal('b1', 'de'),
      literal('b1', iri('type')),
      namedNode('http://example.org/b1'),
      literal('http://example.org/b1'),
    ]
    const { terms } = new TripleTable(DataFactory)
    const numbers = alike.map((term) => terms.add(term))
    expect(numbers).toEqual([...alike.keys()])
    for (const [n, term] of alike.entries()) {
      expect(terms.numberOf(term)).toBe(n)
      expect(terms.term(n).equals(term)).toBe(true)
      expect(terms.term(n).termType).toBe(term.termType)
    }
    expect(terms.numberOf(literal('b1', 'fr'))).toBeUndefined()
  })

  it('keeps terms that hold other terms and directions', () => {
    const { terms } = new TripleTable(DataFactory)
    const triple = quad(iri('s'), iri('p'), literal('o'))
    const hebrew = literal('שלום', { language: 'he', direction: 'rtl' } as never)
    for (const term of [triple as Term, hebrew]) expect(terms.term(terms.add(term)).equals(term)).toBe(true)
    expect(terms.numberOf(triple as Term)).toBe(0)
  })

  it('holds as many terms as come, each found again', () => {
    const { terms } = new TripleTable(DataFactory)
    const names = Array.from({ length: 200_000 }, (_, n) => `http://example.org/${n % 1000}/${n}#call`)
    const numbers = names.map((name) => terms.addIri(name))
    expect(numbers).toEqual([...names.keys()])
    expect(names.map((name) => terms.numberOfIri(name))).toEqual(numbers)
    expect(numbers.map((number) => terms.valueOf(number))).toEqual(names)
  })

  it('takes nothing after it is sealed', () => {
    expect(() => table.add(iri('s'), iri('p'), iri('o'))).toThrow('A sealed table takes no more triples.')
  })

  it('is empty before it has triples', () => {
    const empty = new TripleTable(DataFactory).seal()
    expect(empty.size).toBe(0)
    expect([...empty.match(iri('s'))]).toEqual([])
    expect(empty.match(null, null, iri('o')).size).toBe(0)
  })
})
