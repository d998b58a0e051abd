import { expect, test } from 'vitest'
import { readAsRecord } from '../../src/validate/read-as-record.ts'
import { smallGraph } from './small-graph.ts'

const added = async (turtle: string) => {
  const summary = smallGraph(turtle)
  await readAsRecord(summary)
  const given = smallGraph(turtle)
  return [...summary]
    .filter((quad) => !given.has(quad))
    .map(({ subject, predicate, object }) =>
      [subject, predicate, object].map(({ value }) => value.replace(/^.*[/#]/, '')),
    )
}

test('The pipeline that a summary names becomes the plan of its run, as in a record', async () => {
  expect(await added(':run vam:pipelineVersion :version .')).toEqual([
    ['run', 'qualifiedAssociation', 'association'],
    ['association', 'hadPlan', 'version'],
  ])
})

test('The summary of a component becomes a group of its calls, and nothing else does', async () => {
  expect(await added(':part a vam:ComponentSummary . :summary a vam:Summary .')).toEqual([
    ['part', 'type', 'CallGroup'],
  ])
})
