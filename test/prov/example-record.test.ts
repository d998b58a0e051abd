import { readFile } from 'node:fs/promises'
import type { Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { beforeAll, describe, expect, test } from 'vitest'
import { readQuads } from '../../src/formats/parse.ts'
import { hashLines } from '../../src/prov/canonical-hash.ts'
import { describeRun, describeRunAsQuads } from '../../src/prov/describe-run.ts'
import type { DescribedRun } from '../../src/prov/described-run.ts'
import { nquadsLine, ntriplesLine } from '../../src/rdf/write-term.ts'
import { runId, emitExample } from './example-run.ts'
import { shapeOf } from './shape.ts'

/** Said of the example by us and not in it, and why that is right. */
const BEYOND_THE_EXAMPLE: Readonly<Record<string, string>> = {
  'vam:Environment vam:interpreter vam:Package': 'which of the packages ran the program',
  'vam:Record void:triples xsd:integer': 'an index of runs is made again from summaries',
  'vam:Record vam:excludedCount xsd:integer': 'what was left out on request',
  'dqv:QualityMeasurement dqv:computedOn vam:Content':
    'a summary speaks of contents, not of versions of files',
  'vam:Summary vam:describes vam:PipelineRun': 'a summary says whose it is',
  'vam:PipelineRun vam:fileOverview rdf:JSON': 'a run is shown without its record',
  'vam:PipelineRun vam:packageOverview rdf:JSON': 'a run is shown without its record',
  'vam:PipelineRun vam:returnOverview rdf:JSON': 'two runs are compared without their records',
}

/** A summary stands alone: what the example leaves out of it for brevity is said as the record says it. */
const SAID_IN_SUMMARIES =
  /^(prov:Person|vam:(Pipeline|PipelineVersion|Environment|Component|ComponentVersion|Parameter|Package|Process)|schema:PropertyValue|dqv:QualityMeasurement) |^vam:PipelineRun (schema:additionalProperty|vam:(exitCode|workingDirectory)) |^vam:Content vam:(rowCount|minimum|maximum) /

async function write(): Promise<{ record: string; summary: string; line: DescribedRun }> {
  const texts = { record: '', summary: '' }
  const description = describeRun(
    {
      async write(part, text) {
        texts[part] += text
      },
    },
    { id: runId },
  )
  emitExample(description)
  const line = await description.finish()
  return { ...texts, line }
}

const inGraph = (quads: readonly Quad[], name: string) =>
  quads.filter((quad) => quad.graph.value.endsWith(`#${name}`))

describe('the record of the example pipeline', () => {
  let example: Quad[]
  let record: Quad[]
  let summary: Quad[]
  let written: Awaited<ReturnType<typeof write>>

  beforeAll(async () => {
    const text = await readFile(new URL('example-record.trig', import.meta.url), 'utf8')
    example = await readQuads(text, { format: 'trig' })
    written = await write()
    record = await readQuads(written.record, { format: 'trig' })
    summary = await readQuads(written.summary, { format: 'nquads' })
  })

  test("has the example's shape", () => {
    const wanted = shapeOf(inGraph(example, 'record'))
    const got = shapeOf(record)
    expect([...wanted].filter((each) => !got.has(each))).toEqual([])
    expect([...got].filter((each) => !wanted.has(each) && !(each in BEYOND_THE_EXAMPLE))).toEqual([])
  })

  test("has a summary of the example's shape, with what makes it stand alone", () => {
    const wanted = shapeOf(inGraph(example, 'summary'), example)
    const inRecord = shapeOf(inGraph(example, 'record'))
    const got = shapeOf(summary)
    expect([...wanted].filter((each) => !got.has(each))).toEqual([])
    const more = [...got].filter((each) => !wanted.has(each) && !(each in BEYOND_THE_EXAMPLE))
    expect(more.filter((each) => !(SAID_IN_SUMMARIES.test(each) && inRecord.has(each)))).toEqual([])
  })

  test('is in graphs named after the run and has no blank nodes', () => {
    const run = `urn:uuid:${runId}`
    expect(new Set(record.map((quad) => quad.graph.value))).toEqual(new Set([`${run}#record`]))
    expect(new Set(summary.map((quad) => quad.graph.value))).toEqual(new Set([`${run}#summary`]))
    const terms = [...record, ...summary].flatMap((quad) => [quad.subject, quad.object])
    expect(terms.filter((term) => term.termType === 'BlankNode')).toEqual([])
  })

  test('has no node that is both an activity and an entity, or an entity and an agent', () => {
    const types = new Map<string, Set<string>>()
    for (const { subject, predicate, object } of [...record, ...summary]) {
      if (!predicate.value.endsWith('#type')) continue
      types.set(subject.value, (types.get(subject.value) ?? new Set()).add(object.value.replace(/^.*#/, '')))
    }
    const both = [...types].filter(
      ([, classes]) => ['Activity', 'Entity', 'Agent'].filter((each) => classes.has(each)).length > 1,
    )
    expect(both).toEqual([])
    expect(types.size).toBeGreaterThan(50)
  })

  test('types every node that it speaks of', () => {
    for (const graph of [record, summary]) {
      const known = new Set(graph.map((quad) => quad.subject.value))
      expect(known.size).toBeGreaterThan(20)
      const own = graph.filter(({ object }) => object.value.startsWith(`urn:uuid:${runId}`))
      expect(own.map((quad) => quad.object.value).filter((iri) => !known.has(iri))).toEqual([])
    }
  })

  test('says the number of its triples and their hash, as a reader of its N-Quads finds them', () => {
    expect(written.line.tripleCount).toBe(record.length)
    expect(written.line.canonicalHash).toBe(hashLines(record.map(ntriplesLine)))
    const said = summary.find((quad) => quad.predicate.value.endsWith('canonicalHash'))
    expect(said?.object.value).toBe(written.line.canonicalHash)
  })

  test('is the same text when the same run is emitted twice', async () => {
    expect(await write()).toEqual(written)
  })

  test('is the same as quads', () => {
    const { listener, quads } = describeRunAsQuads(DataFactory, { id: runId })
    emitExample(listener)
    const ofRecord = (quad: Quad) => /#(record|summary)$/.test(quad.subject.value)
    // The record is described from outside once it is complete, which only its writer can do.
    const fromText = [...record, ...summary].filter(
      (quad) => !ofRecord(quad) && !quad.subject.value.startsWith('pkg:npm/vampira'),
    )
    expect(quads.map(nquadsLine).sort()).toEqual(fromText.map(nquadsLine).sort())
  })
})
