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

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vampira-image-'))
  store = join(folder, '.vampira')
  image = join(store, 'cache/summaries.image')
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
const components = async () =>
  (await vampira(['query', 'components', '--format', 'csv'], { cwd: folder })).stdout

test('The first question leaves an image, and the second answers the same from it', async () => {
  const first = await components()
  expect(existsSync(image)).toBe(true)
  const { mtimeMs } = statSync(image)
  expect(await components()).toBe(first)
  expect(statSync(image).mtimeMs, 'it is not made again').toBe(mtimeMs)
  rmSync(image)
  expect(await components()).toBe(first)
})

test('What an image began is asked about single records and graphs, too', async () => {
  await components()
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
  await components()
  copyRuns(store, count + 1)
  expect(await runsIn()).toBe(count + 1)
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
  await components()
  const before = await runsIn()
  const [id = ''] = readdirSync(join(store, 'runs'))
  renameSync(join(store, 'runs', id), join(folder, id))
  expect(await runsIn()).toBe(before - 1)
  renameSync(join(folder, id), join(store, 'runs', id))
  expect(await runsIn()).toBe(before)
})

test.each<[what: string, damage: () => void]>([
  ['cut off', () => truncateSync(image, statSync(image).size - 70_000)],
  ['of another engine', () => rewrite(/"module":"\w{8}/, '"module":"00000000')],
  ['no image', () => writeFileSync(image, 'something else')],
  ['empty', () => writeFileSync(image, '')],
])('What is in its place and %s is passed over, and made anew', async (_, damage) => {
  // One that has been added to has room for more.
  rmSync(image, { force: true })
  const expected = await components()
  const { size } = statSync(image)
  damage()
  expect(await components()).toBe(expected)
  expect(statSync(image).size).toBeGreaterThan(size * 0.9)
})

test('What a process left that was killed while it made one is removed an hour later', async () => {
  rmSync(image)
  const drafts = ['old', 'new'].map((name) => join(store, `cache/summaries.image.${name}.draft`))
  for (const draft of drafts) writeFileSync(draft, 'half an image')
  utimesSync(drafts[0]!, new Date(0), new Date(0))
  await components()
  expect(drafts.map((draft) => existsSync(draft))).toEqual([false, true])
  rmSync(drafts[1]!)
})

test('Where nothing can be written the question is answered all the same', async () => {
  const expected = await components()
  rmSync(join(store, 'cache'), { recursive: true })
  writeFileSync(join(store, 'cache'), 'a file where the folder should be')
  expect(await components()).toBe(expected)
  rmSync(join(store, 'cache'))
})

function rewrite(from: RegExp, to: string): void {
  writeFileSync(image, readFileSync(image, 'latin1').replace(from, to), 'latin1')
}
