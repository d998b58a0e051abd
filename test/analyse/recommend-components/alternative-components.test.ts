import { expect, test } from 'vitest'
import { alternativeComponents } from '../../../src/analyse/recommend-components/alternative-components.ts'
import { Questions } from '../../../src/analyse/questions.ts'
import { Dataset } from '../../../src/query/dataset.ts'

interface WrittenComponent {
  name: string
  reads?: string
  writes?: string
  failures?: number
  wallSeconds?: number
}

/** The summary of a run that called these in this order, as MODEL's summary has it. */
function summary(id: number, pipeline: string, components: readonly WrittenComponent[]): string {
  const run = `urn:uuid:019343c2-8a10-7c3e-9d55-${String(id).padStart(12, '0')}`
  const parts = components.map(({ name, reads, writes, failures = 0, wallSeconds = 1 }, at) => {
    const part = `<${run}#component-${at}>`
    return `${part} a vam:ComponentSummary ; provone:wasPartOf <${run}> ; vam:component <urn:c:${name}> ; rdfs:label "lab.${name}" ;
      vam:firstStart ${at} ; vam:callCount 2 ; vam:failureCount ${failures} ; vam:wallSeconds ${wallSeconds}.0 ; vam:callerComponent <urn:c:main> .
      ${at > 0 ? `<${run}#component-${at - 1}> vam:followedBy ${part} .` : ''}
      ${reads === undefined ? '' : `${part} prov:used <ni:in> . <ni:in-${reads}> dcterms:format "${reads}" . ${part} prov:used <ni:in-${reads}> .`}
      ${writes === undefined ? '' : `<ni:out-${writes}> prov:wasGeneratedBy ${part} ; dcterms:format "${writes}" .`}`
  })
  return `GRAPH <${run}#summary> { <${run}#summary> a vam:Summary . <${run}> a vam:PipelineRun ; vam:status vam:Completed ; vam:pipeline <urn:p:${pipeline}> .
    <urn:p:${pipeline}> schema:name "${pipeline}" . ${parts.join('\n')} }`
}

async function questionsAbout(...summaries: readonly string[]): Promise<Questions> {
  const prefixes = `PREFIX vam: <https://w3id.org/vampira#> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <http://schema.org/>
    PREFIX provone: <http://purl.dataone.org/provone/2015/01/15/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX dcterms: <http://purl.org/dc/terms/>`
  const dataset = await Dataset.create()
  dataset.load([`${prefixes} ${summaries.join('\n')}`], 'application/trig')
  return new Questions({
    sources: ['written summaries'],
    query: async (sparql) => dataset.query(sparql),
    close: async () => {},
  })
}

const read = { name: 'read' }
const save = { name: 'save' }
const gauss = { name: 'gauss', reads: 'image/fits', writes: 'image/fits', wallSeconds: 6, failures: 1 }
const median = { name: 'median', reads: 'image/fits', writes: 'image/fits' }
const draw = { name: 'draw', reads: 'image/fits', writes: 'image/png' }
const told = { name: 'told', reads: 'image/fits', writes: 'image/fits' }

test('What was used between the same neighbours with the same kinds of data is an alternative, with its outcomes', async () => {
  const questions = await questionsAbout(
    summary(1, 'one', [read, gauss, save]),
    summary(2, 'two', [read, median, save]),
    summary(3, 'three', [read, draw, save]),
  )
  const { answer, question } = await alternativeComponents(questions, 'gauss')
  expect(question).toBe('Which components were used in the place of lab.gauss?')
  expect(answer?.outcomes).toEqual({ runs: 1, calls: 2, failures: 1, wallSeconds: 6, qualities: [] })
  expect(answer?.alternatives).toEqual([
    {
      component: 'urn:c:median',
      name: 'lab.median',
      sameBefore: ['lab.read'],
      sameAfter: ['lab.save'],
      reads: ['image/fits'],
      writes: ['image/fits'],
      outcomes: { runs: 1, calls: 2, failures: 0, wallSeconds: 1, qualities: [] },
    },
  ])
})

test('What is used beside it in one order is not used in its place', async () => {
  const questions = await questionsAbout(
    summary(1, 'one', [read, gauss, save]),
    summary(2, 'two', [read, told, save, gauss]),
  )
  const { answer, abstained } = await alternativeComponents(questions, 'gauss')
  expect(answer).toBeUndefined()
  expect(abstained?.because).toContain('was another component in the place of lab.gauss')
})
