import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { beforeAll, describe, expect, test } from 'vitest'
import { readQuads } from '../../src/formats/parse.ts'
import { describeRunAsQuads } from '../../src/prov/describe-run.ts'
import { querySyntax } from '../../src/query/query-syntax.ts'
import { findRecordTerm, recordTerms, termsOfSomeSummaries } from '../../src/query/record-terms.ts'
import { NAMESPACES, RDF } from '../../src/rdf/vocabulary.ts'
import { emitExample, runId } from '../prov/example-run.ts'
import { emitHardRun } from '../prov/hard-run.ts'
import { fixtures } from '../queries/cases.ts'

const { vam } = NAMESPACES
const inRecords = new Set<string>()
const inSummaries = new Set<string>()

beforeAll(async () => {
  for (const emit of [emitExample, emitHardRun]) {
    const { listener, quads } = describeRunAsQuads(DataFactory, { id: runId })
    emit(listener)
    add(quads)
  }
  for (const fixture of fixtures) {
    const read = (file: string) =>
      gunzipSync(readFileSync(join(import.meta.dirname, '../queries/fixtures', fixture, file))).toString()
    add(await readQuads(read('record.trig.gz'), { format: 'trig' }))
    add(await readQuads(read('summary.nq.gz'), { format: 'nquads' }))
  }
})

/** Properties, classes, and our own names that stand as objects. */
function add(quads: readonly Quad[]): void {
  for (const { predicate, object, graph } of quads) {
    const names = graph.value.endsWith('#record') ? inRecords : inSummaries
    names.add(predicate.value)
    if (predicate.value === RDF.type || object.value.startsWith(vam)) names.add(object.value)
  }
}

describe('The terms of records', () => {
  test('are all that records have and no summary', () => {
    const missing = [...inRecords].filter((term) => !inSummaries.has(term) && !recordTerms.has(term))
    expect(inRecords.size).toBeGreaterThan(100)
    expect(missing).toEqual([])
  })

  test('are in no summary, but for those of files whose content is not known', () => {
    expect([...recordTerms].filter((term) => inSummaries.has(term)).toSorted()).toEqual(
      [...termsOfSomeSummaries].filter((term) => inSummaries.has(term)).toSorted(),
    )
  })

  test('are defined, where they are ours', () => {
    const ontology = readFileSync(join(import.meta.dirname, '../../ontologies/vampira.ttl'), 'utf8')
    const ours = [...recordTerms].filter((term) => term.startsWith(vam)).map((term) => term.slice(vam.length))
    expect(ours.filter((name) => !new RegExp(`^vam:${name} +a `, 'm').test(ontology))).toEqual([])
  })
})

describe('A query asks for what only records hold', () => {
  const prefixes = `PREFIX vam: <${vam}> PREFIX v: <${vam}> PREFIX prov: <${NAMESPACES.prov}>`
  const find = async (sparql: string) => findRecordTerm((await querySyntax()).parse(`${prefixes} ${sparql}`))
  const run = 'urn:uuid:01a225d3-8030-7f19-b942-bfb7a0904782'

  test.each([
    ['SELECT * { ?call a vam:Call }', `${vam}Call`],
    ['SELECT * { ?call a v:Call }', `${vam}Call`],
    [`SELECT * { ?call a <${vam}Call> }`, `${vam}Call`],
    ['SELECT * { ?run a vam:PipelineRun OPTIONAL { ?c vam:calledBy+/vam:status ?by } }', `${vam}calledBy`],
    ['ASK { GRAPH ?g { ?a prov:used ?b FILTER EXISTS { ?b vam:path ?p } } }', `${vam}path`],
    [`SELECT * { GRAPH <${run}#record> { ?s ?p ?o } }`, `${run}#record`],
    [`DESCRIBE <${run}#call-7>`, `${run}#call-7`],
  ])('%s', async (sparql, term) => {
    expect(await find(sparql)).toBe(term)
  })

  test.each([
    'SELECT * { ?run a vam:PipelineRun ; vam:status ?status }',
    'SELECT * { ?s ?p "vam:Call" }',
    `SELECT * { GRAPH <${run}#summary> { <${run}> ?p ?o . <${run}#component-1> ?q ?r } }`,
  ])('and not: %s', async (sparql) => {
    expect(await find(sparql)).toBeUndefined()
  })
})
