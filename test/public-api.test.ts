import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
// Nothing else of src/: these are examples of what a user of the package can do.
import * as vampira from '../src/index.ts'

const root = join(import.meta.dirname, '..')
const record = join(root, 'test', 'shapes', 'good-record.trig')
const fixtures = join(root, 'test', 'queries', 'fixtures')

describe('What `vampira validate` does can be done in JavaScript', () => {
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vampira-api-'))
    const store = await vampira.initStore(folder)
    for (const name of ['cooling-default', 'cooling-fails', 'ranking']) {
      const read = (file: string) => readFileSync(join(fixtures, name, file))
      const entry = JSON.parse(read('entry.json').toString('utf8')) as vampira.RunEntry
      const writer = await store.begin(entry.id)
      await writer.write('record', gunzipSync(read('record.trig.gz')).toString('utf8'))
      await writer.write('summary', gunzipSync(read('summary.nq.gz')).toString('utf8'))
      await writer.commit(entry)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const openStore = () => vampira.openStore(folder)
  const readAll = async (given: readonly string[]) => {
    const targets: vampira.Target[] = []
    for await (const target of vampira.readTargets(given, { openStore })) targets.push(target)
    return targets
  }

  test('A file is checked by itself, without the store', async () => {
    const neverOpened = () => Promise.reject(new Error('the store was opened'))
    for await (const { name, record: triples, store } of vampira.readTargets([record], {
      openStore: neverOpened,
    })) {
      expect({ name, store }).toEqual({ name: record, store: undefined })
      const report = await vampira.checkCompleteness(triples)
      expect(report.useCases.map(({ id, answered }) => [id, answered])).toContainEqual(['UC8', true])
      expect(report.requirements.filter(({ status }) => status === 'missing')).toEqual([])
    }
  })

  test('No name means the last run; a run knows what else its store holds', async () => {
    const [last, ...others] = await readAll([])
    expect(others).toEqual([])
    expect(last).toMatchObject({
      store: { completedRunsOfThisPipeline: 1, otherRuns: 2, otherPipelines: 1 },
    })
    expect(last!.name).toContain('ranking')
  })

  test('Runs that did not complete are no completed runs, and the others of their pipeline are', async () => {
    const [cooling] = await readAll(['cooling'])
    expect(cooling!.store).toEqual({ completedRunsOfThisPipeline: 1, otherRuns: 2, otherPipelines: 1 })
  })

  test('Of a file with a record and its summary the record alone is read', async () => {
    const [target] = await readAll([record])
    expect(new Set([...target!.record.seal()].map(({ graph }) => graph.value.replace(/^.*#/, '')))).toEqual(
      new Set(['record']),
    )
  })

  test.each([
    ['missing.ttl', 'Cannot read missing.ttl: there is no such file'],
    ['nothing-of-this-name', 'nothing-of-this-name'],
  ])('%s is refused in a sentence', async (given, sentence) => {
    await expect(readAll([given])).rejects.toThrow(vampira.UsageError)
    await expect(readAll([given])).rejects.toThrow(sentence)
  })
})

test('The types check in a project that also checks the types of its libraries', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
      ...['--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes'],
      ...['--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--skipLibCheck', 'false'],
      join('dist', 'src', 'index.d.ts'),
    ],
    { cwd: root, encoding: 'utf8' },
  )
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
})

test.each([
  ['the package touches none', pathToFileURL(join(root, 'dist', 'src', 'index.js')).href, []],
  [
    'a module that looks for a file is seen to do so',
    `data:text/javascript,import{existsSync}from'fs';existsSync(${JSON.stringify(record)})`,
    [`existsSync ${record}`],
  ],
])('Files that are touched on import: %s', (_, url, touched) => {
  const script = join(import.meta.dirname, 'list-touched-files.mjs')
  const { stdout, stderr } = spawnSync(process.execPath, [script, url], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual(touched)
})

test('Formatting for terminals is not in the public API', () => {
  const formatting = /^format(?!Of$)|^describe|^plainText$|Tree|Terminal|didYouMean/
  expect(Object.keys(vampira).filter((name) => formatting.test(name))).toEqual([])
})

// What a bundler keeps of this package for one function, minified, without other packages. Measured: 19.4 kB, 12 kB,
// 46.9 kB and 0.4 kB. A ceiling is passed where something comes along that the function does not need.
test.each([
  { name: 'lineage', ceiling: 32_500 },
  { name: 'compareRuns', ceiling: 18_500 },
  { name: 'checkCompleteness', ceiling: 51_000 },
  { name: 'toCsv', ceiling: 1_000 },
])('A bundle of $name alone is below $ceiling bytes', async ({ name, ceiling }) => {
  const chunks = await bundleOf(name)
  expect(chunks.reduce((sum, { code }) => sum + code.length, 0)).toBeLessThan(ceiling)
})

// A format is loaded when it is used. Measured: 1.5 kB and 3 kB.
test.each([
  { name: 'readQuads', ceiling: 2_500 },
  { name: 'serializeQuads', ceiling: 4_500 },
])('$name loads less than $ceiling bytes before it knows the format', async ({ name, ceiling }) => {
  const start = (await bundleOf(name)).find(({ isEntry }) => isEntry)
  expect(start?.code.length).toBeLessThan(ceiling)
})

async function bundleOf(name: string) {
  const entry = 'virtual:entry'
  const bundle = await rolldown({
    input: entry,
    platform: 'node',
    external: (id) => /^[a-z@]/.test(id) && id !== entry,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) =>
          id === entry
            ? `export { ${name} } from ${JSON.stringify(join(root, 'src', 'index.ts'))}`
            : undefined,
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  return output.filter((chunk) => chunk.type === 'chunk')
}
