import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hashLines, hashTrig } from '../../src/prov/canonical-hash.ts'
import { stringLiteral } from '../../src/rdf/literals.ts'
import { Prefixes } from '../../src/rdf/prefixes.ts'
import { TrigSink } from '../../src/rdf/trig-sink.ts'
import { KINDS } from '../../src/rdf/vocabulary.ts'

/** What RDFC-1.0 says of a graph without blank nodes: the lines in their order, hashed. */
const hashOf = (text: string) => `sha-256:${createHash('sha256').update(text).digest('hex')}`

/** The hash of a record, written as records are. */
async function hashOfRecord(write: (sink: TrigSink, prefixes: Prefixes) => void): Promise<string> {
  const prefixes = new Prefixes({ run: 'urn:uuid:1#' })
  const chunks: string[] = []
  const sink = new TrigSink(prefixes, 'run:record', (text) => chunks.push(text))
  write(sink, prefixes)
  sink.finish()
  return hashTrig(chunks, prefixes)
}

describe('lines are hashed in the order of their code points', () => {
  // U+E000 and U+FFFF are code units above the surrogates that stand for U+1F9DB, and code points below it.
  test.each([
    ['in objects', (text: string) => `<urn:a> <urn:p> "${text}" .`],
    ['in subjects', (text: string) => `<urn:${text}> <urn:p> "x" .`],
    ['in predicates', (text: string) => `<urn:a> <urn:${text}> "x" .`],
  ])('%s', (_, line) => {
    const inOrder = ['A', 'é', '\ue000', '\uffff', '\u{1F9DB}', '\u{1F9DC}'].map((text) => `${line(text)}\n`)
    const lines = inOrder.map((each) => each.trimEnd())
    expect(hashLines(lines.toReversed())).toBe(hashOf(inOrder.join('')))
    expect(hashLines(lines)).toBe(hashOf(inOrder.join('')))
  })

  test('of a record, too', async () => {
    const hash = await hashOfRecord((sink) => {
      for (const subject of ['<urn:\u{1F9DB}>', '<urn:\uffff>']) {
        sink.begin(subject)
        for (const predicate of ['<urn:\u{1F9DB}>', '<urn:\uffff>']) {
          for (const text of ['\u{1F9DB}', '\ue000', 'a']) sink.add(predicate, stringLiteral(text))
        }
        sink.end()
      }
    })
    const texts = ['"a"', '"\ue000"', '"\u{1F9DB}"']
    const iris = ['<urn:\uffff>', '<urn:\u{1F9DB}>']
    const lines = iris.flatMap((s) => iris.flatMap((p) => texts.map((o) => `${s} ${p} ${o} .\n`)))
    expect(hash).toBe(hashOf(lines.join('')))
  })

  test('where one term begins another, and where none has surrogates', async () => {
    const inOrder = [
      '<urn:a> <urn:p> "x" .',
      '<urn:a> <urn:p> "x"@en .',
      '<urn:a> <urn:p> "x"^^<urn:t> .',
      '<urn:a> <urn:pq> "x" .',
      '<urn:ab> <urn:p> "x" .',
    ]
    expect(hashLines(inOrder.toReversed())).toBe(hashOf(inOrder.map((line) => `${line}\n`).join('')))
  })
})

describe('a record is hashed as its canonical lines', () => {
  const type = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
  const vam = 'https://w3id.org/vampira#'

  test('with prefixes, classes, numbers and repeated objects in full', async () => {
    const hash = await hashOfRecord((sink, prefixes) => {
      sink.begin('run:b', KINDS.property)
      sink.add('vam:wallSeconds', '"2"^^xsd:decimal')
      sink.add('vam:callCount', '12')
      sink.end()
      prefixes.declare('mine', 'urn:mine:')
      sink.begin('run:a', KINDS.pipeline)
      sink.add('rdfs:label', '"a ;\\n  b"')
      sink.add('rdfs:label', '"c"')
      sink.add('prov:used', 'mine:x')
      sink.end()
    })
    const [prov, schema] = ['http://www.w3.org/ns/prov#', 'http://schema.org/']
    const xsd = 'http://www.w3.org/2001/XMLSchema#'
    expect(hash).toBe(
      hashLines([
        `<urn:uuid:1#a> ${type} <${prov}Entity> .`,
        `<urn:uuid:1#a> ${type} <http://purl.dataone.org/provone/2015/01/15/ontology#Workflow> .`,
        `<urn:uuid:1#a> ${type} <${vam}Pipeline> .`,
        `<urn:uuid:1#a> <http://www.w3.org/2000/01/rdf-schema#label> "a ;\\n  b" .`,
        `<urn:uuid:1#a> <http://www.w3.org/2000/01/rdf-schema#label> "c" .`,
        `<urn:uuid:1#a> <${prov}used> <urn:mine:x> .`,
        `<urn:uuid:1#b> ${type} <${schema}PropertyValue> .`,
        `<urn:uuid:1#b> <${vam}wallSeconds> "2"^^<${xsd}decimal> .`,
        `<urn:uuid:1#b> <${vam}callCount> "12"^^<${xsd}integer> .`,
      ]),
    )
  })

  test('each once, though a subject comes twice and says the same again', async () => {
    const hash = await hashOfRecord((sink) => {
      for (const object of ['run:b', 'run:c', 'run:b']) {
        sink.begin('run:a')
        sink.add('prov:used', object)
        sink.end()
      }
    })
    const used = '<urn:uuid:1#a> <http://www.w3.org/ns/prov#used>'
    expect(hash).toBe(hashOf(`${used} <urn:uuid:1#b> .\n${used} <urn:uuid:1#c> .\n`))
  })

  test('however many chunks it comes in', async () => {
    const lines: string[] = []
    const hash = await hashOfRecord((sink) => {
      for (let n = 0; n < 20_000; n++) {
        sink.begin(`run:node-${n}`)
        sink.add('rdfs:label', `"${n}"`)
        sink.end()
        lines.push(`<urn:uuid:1#node-${n}> <http://www.w3.org/2000/01/rdf-schema#label> "${n}" .`)
      }
    })
    expect(hash).toBe(hashLines(lines))
  })

  test('without statements as nothing', async () => {
    expect(await hashOfRecord(() => {})).toBe(hashOf(''))
    expect(hashLines([])).toBe(hashOf(''))
  })
  test('where names of others stand before and after those of the run, or begin as they do', async () => {
    const subjects = [
      '<urn:a>',
      'run:a',
      'run:a-b',
      '<urn:uuid:1#a b>',
      '<urn:uuid:1#>',
      'prov:x',
      '<urn:uuid:2>',
      '<urn:z>',
    ]
    const hash = await hashOfRecord((sink) => {
      for (const subject of subjects) {
        sink.begin(subject)
        sink.add('<urn:p>', '"x"')
        sink.end()
      }
    })
    const full = (token: string) =>
      token.replace(/^run:(.*)$/, '<urn:uuid:1#$1>').replace('prov:x', '<http://www.w3.org/ns/prov#x>')
    expect(hash).toBe(hashLines(subjects.map((subject) => `${full(subject)} <urn:p> "x" .`)))
  })

  test('where a predicate comes again after another, and as a class of its kind', async () => {
    const hash = await hashOfRecord((sink) => {
      sink.begin('<urn:a>', KINDS.process)
      sink.add('<urn:p>', '"c"')
      sink.add('<urn:p>', '"a"')
      sink.add('<urn:q>', '"x"')
      sink.add('<urn:p>', '"b"')
      sink.add('<urn:p>', '"a"')
      sink.add('a', '<urn:class>')
      sink.add('a', 'prov:Agent')
      sink.end()
    })
    const classes = [
      '<http://www.w3.org/ns/prov#SoftwareAgent>',
      '<http://www.w3.org/ns/prov#Agent>',
      `<${vam}Process>`,
    ]
    expect(hash).toBe(
      hashLines([
        ...[...classes, '<urn:class>'].map((each) => `<urn:a> ${type} ${each} .`),
        ...['a', 'b', 'c'].map((each) => `<urn:a> <urn:p> "${each}" .`),
        '<urn:a> <urn:q> "x" .',
      ]),
    )
  })
  test('where two predicates take turns thousands of times', async () => {
    const lines: string[] = []
    const hash = await hashOfRecord((sink) => {
      sink.begin('<urn:a>')
      for (let n = 0; n < 20_000; n++) {
        for (const predicate of ['<urn:p>', '<urn:q>']) {
          sink.add(predicate, `"${n}"`)
          lines.push(`<urn:a> ${predicate} "${n}" .`)
        }
      }
      sink.end()
    })
    expect(hash).toBe(hashLines(lines))
  })
})
