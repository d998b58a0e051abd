import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyRuns } from '../../bench/stores/many-runs.ts'
import { vampira } from '../cli/vampira.ts'
import { storeOf } from '../queries/cases.ts'

// Each question is a process, as an image is for the next process.
const count = 105
let folder: string
let store: string
let image: string
let table: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vampira-image-'))
  store = join(folder, '.vampira')
  image = join(store, 'cache/summaries.image')
  table = join(store, 'cache/summaries.table')
  const made = await storeOf(['cooling-default', 'cooling-keeps-glitches'])
  cpSync(made.store.location, store, { recursive: true })
  made.remove()
  copyRuns(store, count)
})
afterAll(() => rmSync(folder, { recursive: true }))

async function ask(query: string, ...narrowing: string[]): Promise<string> {
  const file = join(folder, 'question.rq')
  writeFileSync(file, query)
  const { code, stdout, stderr } = await vampira(['query', file, ...narrowing, '--format', 'csv'], {
    cwd: folder,
  })
  expect(code, stderr).toBe(0)
  return stdout
}

const countRuns =
  'SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s a <https://w3id.org/vampira#PipelineRun> } }'
const runsIn = async () => Number((await ask(countRuns)).split('\n')[1])
const shipped = (name: string) => async () =>
  (await vampira(['query', name, '--format', 'csv'], { cwd: folder })).stdout
/** One that needs Oxigraph, and one that a table answers. */
const countOfRuns = () => ask(countRuns)
const listRuns = shipped('runs')

const kinds: [string, () => string, () => Promise<string>][] = [
  ['an image', () => image, countOfRuns],
  ['a table', () => table, listRuns],
]

test.each(kinds)(
  'The first question leaves %s, and the second answers the same from it',
  async (_, file, question) => {
    const first = await question()
    expect(existsSync(file())).toBe(true)
    const { mtimeMs } = statSync(file())
    expect(await question()).toBe(first)
    expect(statSync(file()).mtimeMs, 'it is not made again').toBe(mtimeMs)
    rmSync(file())
    expect(await question()).toBe(first)
  },
)

test('What an image began is asked about single records and graphs, too', async () => {
  await countOfRuns()
  const [id = ''] = readdirSync(join(store, 'runs'))
  const { code, stdout, stderr } = await vampira(['lineage', `urn:uuid:${id}#file-2`], { cwd: folder })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('results/cleaned.tsv')
})

test('Processes that begin with the same image make different random names', async () => {
  const random = 'SELECT (STRUUID() AS ?u) WHERE {}'
  expect(await ask(random)).not.toBe(await ask(random))
})

test('Runs and notes that came after the image are in the answer', async () => {
  await countOfRuns()
  const listed = await listRuns()
  copyRuns(store, count + 1)
  expect(await runsIn()).toBe(count + 1)
  expect((await listRuns()).split('\n')).toHaveLength(listed.split('\n').length + 1)
  const [id = ''] = readdirSync(join(store, 'runs'))
  const noted = `urn:uuid:${id}#notes-1`
  writeFileSync(
    join(store, 'runs', id, 'notes-1.trig'),
    `<${noted}> { <urn:uuid:${id}> <urn:p> "seen by eye" . }`,
  )
  expect(await ask('SELECT ?o WHERE { ?s <urn:p> ?o }')).toContain('seen by eye')
  rmSync(join(store, 'runs', id, 'notes-1.trig'))
})

test('A question about very many runs begins with the image of all, and reads those runs alone', async () => {
  rmSync(image, { force: true })
  expect(Number((await ask(countRuns, '--last', '100')).split('\n')[1])).toBe(100)
  expect(existsSync(image), 'a hundred are loaded one by one').toBe(false)
  expect(Number((await ask(countRuns, '--last', '101')).split('\n')[1])).toBe(101)
  expect(existsSync(image)).toBe(true)
})

test('A run that was removed is not in the answer', async () => {
  await countOfRuns()
  const before = [await runsIn(), await listRuns()]
  const [id = ''] = readdirSync(join(store, 'runs'))
  expect(before[1]).toContain(id)
  renameSync(join(store, 'runs', id), join(folder, id))
  expect(await runsIn()).toBe(Number(before[0]) - 1)
  expect(await listRuns()).not.toContain(id)
  renameSync(join(folder, id), join(store, 'runs', id))
  expect([await runsIn(), await listRuns()]).toEqual(before)
})

const damages: [what: string, damage: (file: string) => void][] = [
  ['cut off', (file) => truncateSync(file, statSync(file).size - 70_000)],
  ['of another version', (file) => rewrite(file, /"module":"\w{8}|"format":1/, '"format":2')],
  ['something else', (file) => writeFileSync(file, 'something else')],
  ['empty', (file) => writeFileSync(file, '')],
]

test.each(kinds.flatMap((kind) => damages.map((damage) => [...damage, ...kind] as const)))(
  'What is %s where a cache should be is passed over, and made anew (%#)',
  async (_what, damage, _kind, file, question) => {
    // One that has been added to has room for more.
    rmSync(file(), { force: true })
    const expected = await question()
    const { size } = statSync(file())
    damage(file())
    expect(await question()).toBe(expected)
    expect(statSync(file()).size).toBeGreaterThan(size * 0.9)
  },
)

test('What a process left that was killed while it made one is removed an hour later', async () => {
  rmSync(image)
  const drafts = ['old', 'new'].map((name) => join(store, `cache/summaries.image.${name}.draft`))
  for (const draft of drafts) writeFileSync(draft, 'half an image')
  utimesSync(drafts[0]!, new Date(0), new Date(0))
  await countOfRuns()
  expect(drafts.map((draft) => existsSync(draft))).toEqual([false, true])
  rmSync(drafts[1]!)
})

test('Where nothing can be written the question is answered all the same', async () => {
  const expected = [await countOfRuns(), await listRuns()]
  rmSync(join(store, 'cache'), { recursive: true })
  writeFileSync(join(store, 'cache'), 'a file where the folder should be')
  expect([await countOfRuns(), await listRuns()]).toEqual(expected)
  rmSync(join(store, 'cache'))
})

function rewrite(file: string, from: RegExp, to: string): void {
  writeFileSync(file, readFileSync(file, 'latin1').replace(from, to), 'latin1')
}
