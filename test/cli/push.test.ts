import Ajv2020 from 'ajv/dist/2020.js'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { initStore } from '../../src/index.ts'
import { packageRoot } from '../../src/package-root.ts'
import { freePort } from '../servers/start-server.ts'
import { startSparqlServer } from '../store/sparql/sparql-server.ts'
import { storeRun } from '../store/sparql/written-run.ts'
import { vampiraHere } from './here.ts'

const runs = ['1', '2', '3'].map((n) => `urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c000${n}`)
const summaries = 'SELECT ?g { GRAPH ?g { ?g a <https://w3id.org/vampira#Summary> } } ORDER BY ?g'

let folder: string
let server: Awaited<ReturnType<typeof startSparqlServer>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vampira-push-'))
  const store = await initStore(folder)
  for (const [at, run] of runs.entries()) await storeRun(store, run, 5, `written-${at + 1}`)
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(async () => {
  server = await startSparqlServer()
})
afterEach(() => server.close())

const there = (): string[] =>
  (server.store.query(summaries) as Map<string, { value: string }>[]).map((row) => row.get('g')?.value ?? '')

test('Without runs all go that are not there yet, and then none', async () => {
  const only = await vampiraHere(['push', server.url, 'written-2'], { cwd: folder })
  expect(only).toEqual({
    code: 0,
    stdout: '019343c2-8a10-7c3e-9d55-3f2b7a1c0002 (written-2) pushed: 41 triples in 2 graphs\n',
    stderr: '',
  })
  const rest = await vampiraHere(['push', server.url], { cwd: folder })
  expect(rest.stdout.split('\n')).toHaveLength(3)
  expect(there()).toEqual(runs.map((run) => `${run}#summary`))
  const none = await vampiraHere(['push', server.url], { cwd: folder })
  expect(none).toEqual({ code: 0, stdout: `All 3 runs are at ${server.url}.\n`, stderr: '' })
  const again = await vampiraHere(['push', server.url, 'last'], { cwd: folder })
  expect(again.stdout).toBe('019343c2-8a10-7c3e-9d55-3f2b7a1c0003 (written-3) was there\n')
})

test('--json is as its schema says', async () => {
  const { code, stdout } = await vampiraHere(['push', server.url, '--json'], { cwd: folder })
  const answer: unknown = JSON.parse(stdout)
  const schema = readFileSync(join(packageRoot, 'contract/output/push.schema.json'), 'utf8')
  const validate = new Ajv2020.default().compile(JSON.parse(schema))
  expect(validate(answer), JSON.stringify(validate.errors)).toBe(true)
  expect(code).toBe(0)
  expect(answer).toMatchObject({ endpoint: server.url, runs: runs.map((run) => ({ run })) })
})

test('A name in vampira.toml stands for a server', async () => {
  const settings = join(folder, '.vampira/vampira.toml')
  const before = readFileSync(settings, 'utf8')
  writeFileSync(
    settings,
    `${before}\n[stores.lab]\nquery = "${server.url}/query"\ndata = "${server.url}/store"\n`,
  )
  try {
    const { code, stdout } = await vampiraHere(['push', 'lab', 'last'], { cwd: folder })
    expect([code, stdout]).toEqual([0, expect.stringContaining('pushed')])
  } finally {
    writeFileSync(settings, before)
  }
})

test('A record that is damaged here is named, and the other runs go', async () => {
  const file = join(folder, '.vampira/runs', runs[1]!.replace('urn:uuid:', ''), 'record.trig')
  const before = readFileSync(file, 'utf8')
  writeFileSync(file, before.slice(0, -20))
  try {
    const { code, stderr } = await vampiraHere(['push', server.url], { cwd: folder })
    expect(code).toBe(3)
    expect(stderr).toMatch(
      /^vampira: .*was changed or damaged.*0002\/record\.trig.*Restore it from a copy.*\n$/,
    )
    expect(there()).toEqual([`${runs[0]}#summary`, `${runs[2]}#summary`])
  } finally {
    writeFileSync(file, before)
  }
})

test.each([
  {
    what: 'nobody listens',
    where: async () => `http://127.0.0.1:${await freePort()}/ds`,
    code: 3,
    says: 'nobody listens there',
  },
  {
    what: 'there is no SPARQL',
    where: async () => `${server.url}/elsewhere/`,
    code: 3,
    says: 'no SPARQL store',
  },
  { what: 'the name is not known', where: async () => 'lab', code: 2, says: 'no remote store named ‹lab›' },
  {
    what: 'the URL carries a password',
    where: async () => 'http://me:s3cret@example.org/',
    code: 2,
    says: 'carries a password',
  },
])('When $what it says so in one line', async ({ where, code, says }) => {
  const ended = await vampiraHere(['push', await where()], { cwd: folder })
  expect(ended.stderr).toMatch(/^vampira: [^\n]*\n$/)
  expect(ended.stderr).toContain(says)
  expect(ended.stderr).not.toContain('s3cret')
  expect([ended.code, ended.stdout]).toEqual([code, ''])
})

test('An unknown run is an error before any server is asked', async () => {
  const ended = await vampiraHere(['push', server.url, 'nothing'], { cwd: folder })
  expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('There is no run ‹nothing›')])
  expect(server.log).toEqual([])
})
