import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRuns } from '../../src/open/list-runs.ts'
import { openEngine } from '../../src/query/open-engine.ts'
import { makeFolder } from '../capture/temporary-folder.ts'

const prefixes = `PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <http://schema.org/>
PREFIX vam: <https://w3id.org/vampira#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n`

/** A summary as another tool may write it, with no more than a run needs. */
const summary = (id: string, started: string, status: string) => `<urn:uuid:${id}#summary> {
  <urn:uuid:${id}#summary> a vam:Summary .
  <urn:uuid:${id}> a vam:PipelineRun ; prov:startedAtTime "${started}"^^xsd:dateTime ;
    vam:status ${status} ; vam:pipeline <urn:pipeline> .
  <urn:pipeline> schema:name "survey" .
}\n`

async function list(...summaries: string[]) {
  const file = join(makeFolder(), 'runs.trig')
  writeFileSync(file, prefixes + summaries.join(''))
  const engine = await openEngine([{ file }])
  try {
    return await readRuns(engine)
  } finally {
    await engine.close()
  }
}

test('A run of which little is known is named by its pipeline', async () => {
  const [run] = await list(summary('1', '2026-11-23T20:14:02Z', 'vam:Failed'))
  // What is not known is not there, also not as undefined.
  expect(Object.keys(run ?? {})).toEqual(['id', 'name', 'label', 'startedAt', 'status'])
  expect([run]).toEqual([
    {
      id: 'urn:uuid:1',
      name: 'survey',
      label: 'survey',
      startedAt: '2026-11-23T20:14:02Z',
      status: 'Failed',
    },
  ])
})

test('A run that has an end is listed with it and how long it took', async () => {
  const text = summary('1', '2026-11-23T20:14:02Z', 'vam:Completed').replace(
    'vam:status',
    'prov:endedAtTime "2026-11-23T20:14:05Z"^^xsd:dateTime ; vam:wallSeconds 3.5 ; vam:status',
  )
  expect(await list(text)).toMatchObject([{ endedAt: '2026-11-23T20:14:05Z', wallSeconds: 3.5 }])
})

test('A run whose status is not one of ours has not been seen to its end', async () => {
  expect(await list(summary('1', '2026-11-23T20:14:02Z', 'vam:Odd'))).toMatchObject([
    { status: 'Interrupted' },
  ])
})

test('The oldest run is the first', async () => {
  const runs = await list(
    summary('2', '2026-11-24T00:00:00Z', 'vam:Completed'),
    summary('1', '2026-11-25T00:00:00Z', 'vam:Completed'),
    summary('3', '2026-11-23T00:00:00Z', 'vam:Completed'),
  )
  expect(runs.map(({ id }) => id)).toEqual(['urn:uuid:3', 'urn:uuid:2', 'urn:uuid:1'])
})
