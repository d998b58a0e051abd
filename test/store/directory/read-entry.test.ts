import { beforeAll, expect, test } from 'vitest'
import { StoreError } from '../../../src/errors.ts'
import { readEntry } from '../../../src/store/directory/read-entry.ts'
import type { StoredGraph } from '../../../src/store/store.ts'
import { runId } from '../../prov/example-run.ts'
import { entryOf, fixtures, storeOf } from '../../queries/cases.ts'
import { sampleTexts } from '../sample-run.ts'
import type { SampleTexts } from '../sample-run.ts'

let sample: SampleTexts
beforeAll(async () => {
  sample = await sampleTexts()
})

const summaryOf = (text: string): StoredGraph => ({
  graph: `urn:uuid:${runId}#summary`,
  mediaType: 'application/n-quads',
  size: text.length,
  async *text() {
    yield text
  },
})
/** The summary without the lines that have this. */
const without = (part: string): string =>
  sample.summary
    .split('\n')
    .filter((line) => !line.includes(part))
    .join('\n')

test('The line of a run is the same, read from its summary', async () => {
  expect(await readEntry(summaryOf(sample.summary))).toEqual(sample.line)
})

test.each(fixtures)('The line of the recorded run %s is read from its summary', async (fixture) => {
  const { store, remove } = await storeOf([fixture])
  const entry = entryOf(fixture)
  expect(await readEntry(await store.graph(entry.id, 'summary'))).toEqual(entry)
  remove()
})

test.each([
  ['prov#endedAtTime', 'endedAt'],
  ['vampira#exitCode', 'exitCode'],
  ['vampira#wallSeconds', 'wallSeconds'],
  ['vampira#canonicalHash', 'canonicalHash'],
  ['schema.org/additionalProperty', 'metadata'],
] as const)('A summary without %s gives a line without %s', async (predicate, field) => {
  const { [field]: _, ...line } = sample.line
  expect(await readEntry(summaryOf(without(predicate)))).toEqual(line)
})

test('All metadata of a run are read, also one without a value', async () => {
  const run = `urn:uuid:${runId}`
  const line = (subject: string, property: string, object: string) =>
    `<${subject}> <http://schema.org/${property}> ${object} <${run}#summary> .`
  const more = ['filter', 'note'].flatMap((name) => [
    line(run, 'additionalProperty', `<${run}#${name}>`),
    line(`${run}#${name}`, 'propertyID', `"${name}"`),
  ])
  const text = `${sample.summary}${more.join('\n')}\n${line(`${run}#filter`, 'value', '"r"')}\n`
  expect((await readEntry(summaryOf(text))).metadata).toEqual({
    ...sample.line.metadata,
    filter: 'r',
    note: '',
  })
})

test('A run of no component has no calls, and one whose triples were not counted has none', async () => {
  const line = await readEntry(summaryOf(without('ComponentSummary>')))
  expect(line.callCount).toBe(0)
  expect((await readEntry(summaryOf(without('void#triples')))).tripleCount).toBe(0)
})

test.each([
  'vampira#pipeline>',
  'prov#startedAtTime',
  'rdf-schema#label',
  'vampira#status',
  'vampira#commandLine',
])('A summary without %s is damaged', async (predicate) => {
  const read = readEntry(summaryOf(without(predicate)))
  await expect(read).rejects.toThrow(StoreError)
  await expect(read).rejects.toThrow(/^A stored summary is damaged: .* has no .*/)
  await expect(read).rejects.toMatchObject({ place: { file: `urn:uuid:${runId}#summary` } })
})

test('A summary with a status that no run can have is damaged', async () => {
  const read = readEntry(summaryOf(sample.summary.replaceAll('vampira#Completed', 'vampira#Odd')))
  await expect(read).rejects.toThrow('A stored summary is damaged: ')
})

test.each(['python', '{}', '[1]', '"python"'])(
  'A summary with the command line %s is damaged',
  async (words) => {
    const lines = sample.summary.split('\n')
    const at = lines.findIndex((line) => line.includes('vampira#commandLine'))
    const line = lines[at]?.replace(/".*"/, JSON.stringify(words)) ?? ''
    const read = readEntry(summaryOf(lines.with(at, line).join('\n')))
    await expect(read).rejects.toThrow('commandLine is no list of words')
  },
)

test('A summary that is no N-Quads is damaged at a line of its file', async () => {
  const text = sample.summary.split('\n').with(2, '<urn:a> oops').join('\n')
  const read = readEntry({ ...summaryOf(text), file: '/store/summary.nq' })
  await expect(read).rejects.toMatchObject({
    message: expect.stringContaining('A stored summary is damaged: '),
    place: { file: '/store/summary.nq', line: 3 },
    advice: expect.stringContaining('other runs are not affected'),
  })
})
