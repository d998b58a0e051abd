import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exampleId, makeStore } from './example-store.ts'
import { vampiraHere } from './here.ts'

const moonId = '019343c2-8a10-7c3e-9d55-3f2b7a1c0002'
let folder: string
let empty: string

beforeAll(async () => {
  folder = await makeStore([{ id: exampleId }, { id: moonId, name: 'moon' }])
  empty = await mkdtemp(join(tmpdir(), 'vampira-empty-'))
  const files = {
    'malformed.rq': 'SELECT ?s\nWHERE { ?s ?p ?? }\n',
    'update.rq': 'DELETE WHERE { ?s ?p ?o }\n',
    'prose.ttl': 'This is not Turtle.\n',
    'table.csv': 'a,b\n1,2\n',
    'marked.rq': '\ufeffASK { ?s ?p ?o',
    'graph.rq': 'CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1\n',
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
})
afterAll(() => Promise.all([folder, empty].map((each) => rm(each, { recursive: true }))))

describe('one line says what was wrong, where, and what to do', () => {
  test.each([
    [['show', 'mon'], 2, /There is no run ‹mon›\. Did you mean moon\?/],
    [
      ['show', 'nothing-like-it'],
      2,
      /There is no run ‹nothing-like-it›\. Use last, last~1, a name \(astronomy, moon\)/,
    ],
    [
      ['show', '0193'],
      2,
      /‹0193› begins the names of 2 runs: .*0001 \(astronomy\), .*0002 \(moon\)\. Write more/,
    ],
    [['show', 'last~2'], 2, /There is no run ‹last~2›: there are only 2 runs to count from/],
    [['diff', 'moon', 'sun'], 2, /There is no run ‹sun›/],
    [['list', '--status', 'happy'], 2, /No run has the status happy\. Use completed, failed or interrupted/],
    [['list', '--limit', 'few'], 2, /few is not a whole number/],
    [['query', 'linage'], 2, /There is no query named linage\. Did you mean lineage\?/],
    [['query', 'malformed.rq'], 2, /malformed at line 2, column \d+.*malformed\.rq/],
    [
      ['query', 'update.rq'],
      2,
      /Cannot run an update: this only answers questions \(update\.rq\)\. Ask with/,
    ],
    [
      ['query', 'runs', '--json', '--format', 'csv'],
      2,
      /--json and --format csv are both given\. Leave one out/,
    ],
    [
      ['query', 'runs', '--store', '.', '--source', '.'],
      2,
      /--store and --source are both given\. Name every/,
    ],
    [['diff', 'moon', 'last', '--store', '.', '--source', '.'], 2, /--store and --source are both given/],
    [['queries', '--store', '.'], 2, /unknown option '--store'/],
    [['init', 'here', '--store', 'there'], 2, /The folder is named twice, by itself and by --store/],
    [['export', 'moon', '--json', '--to', 'turtle'], 2, /--json and --to turtle are both given/],
    [['query', 'marked.rq'], 2, /malformed at line 1, column 1\d/],
    [['query', 'missing.rq'], 2, /Cannot read the query missing\.rq: there is no such file/],
    [
      ['query', 'runs', '--param', 'pipeline'],
      2,
      /--param pipeline is not name=value\. It takes run, pipeline, limit/,
    ],
    [['query', 'runs', '--param', 'pipelin=moon'], 2, /takes no parameter pipelin\. Did you mean pipeline\?/],
    [
      ['query', 'runs', '--param', 'limit=many'],
      2,
      /limit of the query runs must be a whole number, not "many"/,
    ],
    [['query', 'lineage'], 2, /The query lineage needs node: .*--param node=/],
    [
      ['query', 'runs', '--format', 'xml'],
      2,
      /xml is not a format of answers\. Use table, json, csv, tsv, turtle/,
    ],
    [['query', 'runs', '--format', 'turtle'], 2, /The answer is a table, not a graph/],
    [['query', 'graph.rq', '--format', 'csv'], 2, /The answer is a graph, which csv cannot say/],
    [['query', 'runs', '--source', 'prose.ttl'], 3, /Unexpected "This" \(prose\.ttl:1(:\d+)?\)/],
    [['query', 'runs', '--source', 'table.csv'], 2, /Cannot tell the format of table\.csv by its name/],
    [['validate', 'prose.ttl'], 3, /Unexpected "This" \(prose\.ttl:1(:\d+)?\)/],
    [['validate', 'nowhere.ttl'], 2, /Cannot read nowhere\.ttl: there is no such file/],
    [['validate', 'moon', '--use-case', 'UC10'], 2, /There is no use case UC10\. Choose from UC1/],
    [['impact', 'prose.tll'], 2, /Did you mean prose\.ttl\? Give a file, or an IRI/],
    [['lineage', '.'], 2, /Cannot read \.: it is a folder\. Name a file in it, such as graph\.rq\.$/m],
    [['lineage', 'nowhere.png'], 2, /Cannot read nowhere\.png: there is no such file/],
    [['list', '--store', 'nowhere/at/all'], 2, /There is neither a store nor a file at .*nowhere\/at\/all/],
    [['list', '--store', 'lab'], 2, /vampira\.toml has no remote store named ‹lab›/],
    [['list', '--store', 'http://127.0.0.1:1/'], 3, /http:\/\/127\.0\.0\.1:1/],
    [
      ['export', 'moon', '--part', 'half'],
      2,
      /half is not a part of what is stored.* Use record, summary, both/,
    ],
    [
      ['export', 'moon', '--part', 'both'],
      2,
      /turtle cannot keep the record apart from its summary\. Use trig/,
    ],
    [['export', 'moon', '-o', 'no/such/folder/x.ttl'], 3, /Cannot write no\/such\/folder\/x\.ttl: ENOENT/],
    [['export', 'moon', '--to', 'turtel'], 2, /Did you mean turtle\?/],
    [['export', 'moon', '--to', 'pdf'], 2, /pdf is not a format that can be written\. Use turtle/],
  ] as const)('vampira %j', async (args, code, message) => {
    const ended = await vampiraHere(args, { cwd: folder })
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(/^vampira: [^\n]+\n$/)
    expect(ended.stderr).toMatch(message)
  })
})

describe('--lenient reads the rest of a broken file and tells what it leaves out', () => {
  test.each([
    ['query', 'graph.rq', '--source', 'half.ttl'],
    ['lineage', 'urn:a', '--source', 'half.ttl'],
    ['impact', 'urn:a', '--source', 'half.ttl'],
    ['diff', 'moon', 'last', '--source', 'half.ttl', '--source', '.'],
    ['validate', 'half.ttl'],
  ])('vampira %s', async (...args) => {
    await writeFile(join(folder, 'half.ttl'), '<urn:a> <urn:b> <urn:c> .\n<urn:a> <not good> <urn:c> .\n')
    const strict = await vampiraHere(args, { cwd: folder })
    expect(strict).toMatchObject({ code: 3, stdout: '' })
    expect(strict.stderr).toMatch(/ \(half\.ttl:2:\d+\)\. Correct the text there; or give --lenient/)
    const lenient = await vampiraHere([...args, '--lenient'], { cwd: folder })
    expect(lenient.code).not.toBe(3)
    expect(lenient.stdout).not.toBe('')
    expect(lenient.stderr).toMatch(/^vampira: line 2 is left out of half\.ttl: Unexpected "<not"\n/)
  })
})

test('without a store anywhere it says how to make one', async () => {
  const ended = await vampiraHere(['list'], { cwd: empty })
  expect(ended).toMatchObject({ code: 3, stdout: '' })
  expect(ended.stderr).toMatch(/^vampira: There is no store in .* Make one with `vampira init`, or say where/)
})

test('settings that are not TOML are an error with their line', async () => {
  const file = join(folder, '.vampira', 'vampira.toml')
  const settings = await readFile(file, 'utf8')
  await writeFile(file, `${settings}\nstores = [\n`)
  const ended = await vampiraHere(['list'], { cwd: folder })
  await writeFile(file, settings)
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toMatch(/^vampira: The settings are not TOML: .*vampira\.toml:\d+/)
})

describe('a damaged file of the store is named, and the rest of the store still answers', () => {
  test.each([
    ['record.trig', ['show', moonId, '--readiness']],
    ['record.trig', ['query', 'environment', '--param', `run=urn:uuid:${moonId}`]],
    ['summary.nq', ['show', moonId]],
    ['record.trig', ['validate', moonId]],
    ['summary.nq', ['query', 'components']],
  ] as const)('%s: vampira %j', async (name, args) => {
    const file = join(folder, '.vampira', 'runs', moonId, name)
    const text = await readFile(file, 'utf8')
    await writeFile(file, `${text.slice(0, text.length / 2)} <broken`)
    const ended = await vampiraHere(args, { cwd: folder })
    const listed = await vampiraHere(['list'], { cwd: folder })
    await writeFile(file, text)
    expect(ended).toMatchObject({ code: 3, stdout: '' })
    expect(ended.stderr).toMatch(/^vampira: [^\n]+\n$/)
    expect(ended.stderr).toContain(moonId)
    expect(listed.code).toBe(0)
    expect(listed.stdout).toContain('astronomy')
  })
})

test.each([
  ['list', 1],
  ['query', 0],
])('vampira %s names a run whose summary is damaged, and lists the others', async (command, code) => {
  const file = join(folder, '.vampira', 'runs', moonId, 'summary.nq')
  const text = await readFile(file, 'utf8')
  // Without the index, each run is listed from its summary.
  await rm(join(folder, '.vampira', 'runs.jsonl'))
  await writeFile(file, 'nonsense\n')
  const args = command === 'list' ? ['list'] : ['query', 'runs']
  const ended = await vampiraHere(args, { cwd: folder })
  await writeFile(file, text)
  expect(ended.code).toBe(code)
  expect(ended.stdout).toContain('astronomy')
  expect(ended.stderr).toMatch(/^vampira: A stored summary is damaged: .*summary\.nq:1/m)
})

test('VAMPIRA_DEBUG=1 shows where an error came from', async () => {
  const ended = await vampiraHere(['show', 'mon'], { cwd: folder, env: { VAMPIRA_DEBUG: '1' } })
  expect(ended.code).toBe(2)
  expect(ended.stderr).toMatch(/^vampira: There is no run ‹mon›.*\nUsageError: .*\n\s+at /)
})
