import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entryOf, storeOf } from '../queries/cases.ts'
import { vampiraHere } from './here.ts'

let folder: string
let remove: () => void
beforeAll(async () => {
  const made = await storeOf()
  folder = join(made.store.location, '..')
  remove = made.remove
  const write = (name: string, sparql: string) =>
    writeFileSync(join(folder, name), `PREFIX vam: <https://w3id.org/vampira#>\n${sparql}`)
  write('calls.rq', 'SELECT (COUNT(*) AS ?calls) { ?call a vam:Call }')
  write('runs.rq', 'SELECT ?run { ?run a vam:PipelineRun } ORDER BY ?run')
  writeFileSync(join(folder, 'data.ttl'), '<urn:a> <urn:b> <urn:c> .')
})
afterAll(() => remove())

const ask = async (...args: string[]) => {
  const { code, stdout, stderr } = await vampiraHere(['query', ...args, '--format', 'csv'], { cwd: folder })
  return { code, rows: stdout.split('\r\n').slice(1, -1), stderr }
}

describe('A question of a file', () => {
  test('about calls is answered from the records', async () => {
    expect(await ask('calls.rq')).toEqual({ code: 0, rows: ['249'], stderr: '' })
  })

  test('about calls of some runs reads those, and says so', async () => {
    expect(await ask('calls.rq', '--run', 'ranking')).toEqual({
      code: 0,
      rows: ['1'],
      stderr: 'Read 1 of 4 runs.\n',
    })
  })

  test('about runs reads the summaries, and says so', async () => {
    const { rows, stderr } = await ask('runs.rq')
    expect(rows).toHaveLength(4)
    expect(stderr).toBe('Read the summaries of 4 runs, not the records.\n')
  })

  test('about some runs has none of the others', async () => {
    expect(await ask('runs.rq', '--pipeline', 'cooling', '--last', '2')).toEqual({
      code: 0,
      rows: [entryOf('cooling-keeps-glitches').id, entryOf('cooling-fails').id],
      stderr: 'Read the summaries of 2 of 4 runs, not the records.\n',
    })
  })

  test('over a file of RDF says nothing of runs', async () => {
    expect(await ask('runs.rq', '--source', 'data.ttl')).toEqual({ code: 0, rows: [], stderr: '' })
  })
})

describe('A ready-made question', () => {
  test('with a parameter run is about the runs that are chosen', async () => {
    const { rows, stderr } = await ask('runs', '--last', '1')
    expect(rows).toHaveLength(1)
    expect(stderr).toBe('About 1 of 4 runs.\n')
  })

  test.each(['uc3-cost-and-inputs', 'uc7-settings-and-outcomes', 'uc9-repeated-measurements'])(
    'such as %s has no rows of other runs',
    async (name) => {
      const { rows } = await ask(name, '--run', 'cooling')
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.filter((row) => !row.includes(entryOf('cooling-fails').id))).toEqual([])
    },
  )

  test('refuses to be given them twice', async () => {
    const id = entryOf('cooling-fails').id
    expect(await ask('runs', '--last', '1', '--param', `run=${id}`)).toEqual({
      code: 2,
      rows: [],
      stderr: 'vampira: --last and --param run both say which runs are meant. Leave one out.\n',
    })
  })

  test('without one refuses to be narrowed', async () => {
    expect(await ask('file-makers', '--last', '1')).toEqual({
      code: 2,
      rows: [],
      stderr:
        'vampira: The query file-makers takes no runs, so --last cannot narrow it. ' +
        'Leave it out; vampira queries file-makers says what it takes.\n',
    })
  })
})

test('A file of RDF cannot be narrowed to a run', async () => {
  const { code, stderr } = await ask('runs.rq', '--source', '.', '--source', 'data.ttl', '--run', 'last')
  expect(code).toBe(2)
  expect(stderr).toMatch(
    /^vampira: Files and servers are read whole, so --run cannot narrow the question\. Name/,
  )
})
