import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vampira } from '../cli/vampira.ts'
import { initStore, openStore } from '../../src/index.ts'
import { packageRoot } from '../../src/package-root.ts'
import { startServer } from '../servers/start-server.ts'
import type { RunningServer, ServerName } from '../servers/start-server.ts'
import { select } from '../../src/sparql/ask.ts'
import type { Endpoint } from '../../src/sparql/endpoint.ts'
import { listGraphsThere, listPushedRuns } from '../../src/store/sparql/list-pushed.ts'
import { probePrecision } from '../../src/store/sparql/probe-precision.ts'
import { pushRun } from '../../src/store/sparql/push-run.ts'
import { recogniseEndpoint } from '../../src/sparql/recognise-endpoint.ts'
import { storeOf, writeRun } from '../store/sparql/written-run.ts'

const servers = [
  { name: 'fuseki', dateTimeDigits: 9, doubleDigits: 17 },
  { name: 'oxigraph', dateTimeDigits: 9, doubleDigits: 17 },
  { name: 'rdf4j', dateTimeDigits: 9, doubleDigits: 17 },
  { name: 'virtuoso', dateTimeDigits: 6, doubleDigits: 6 },
] as const

let folder: string
let recorded: Awaited<ReturnType<typeof openStore>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vampira-push-'))
  await initStore(folder)
  const pipeline = join(packageRoot, 'examples/first-run/pipeline.py')
  const ended = await vampira(['run', '--', 'python3', pipeline], { cwd: folder })
  expect(ended.code, ended.stderr).toBe(0)
  recorded = await openStore(folder)
})
afterAll(() => rm(folder, { recursive: true }))

describe.each(servers)('Pushing to a real $name', ({ name, ...precision }) => {
  const run = 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
  let server: RunningServer
  let endpoint: Endpoint

  beforeAll(async () => {
    server = await startServer(name)
    endpoint = await recogniseEndpoint(server.url)
  })
  afterAll(() => server.stop())

  test('Its layout is recognised and its habits are known', async () => {
    expect(endpoint.layout).toBe(name)
    expect(await probePrecision(endpoint)).toEqual(precision)
    // Virtuoso keeps graphs of its own.
    const probes = await select(
      endpoint,
      'SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER CONTAINS(STR(?g), "#probe") }',
    )
    expect(probes, 'the probe leaves nothing behind').toEqual([])
  })

  test('A run of several chunks arrives whole, and is not sent twice', async () => {
    const { record, summary } = writeRun(run, 10_000)
    const store = storeOf(run, record, summary)
    const first = await pushRun(store, endpoint, run)
    expect(first.graphs.map(({ count, outcome }) => [count, outcome])).toEqual([
      [70_002, 'sent'],
      [4, 'sent'],
    ])
    const second = await pushRun(store, endpoint, run)
    expect(second.graphs.map(({ outcome }) => outcome)).toEqual(['there', 'there'])
    expect(await listPushedRuns(endpoint)).toEqual(new Set([run]))
    expect(await listGraphsThere(endpoint, [`${run}#record`, `${run}#notes-1`])).toEqual(
      new Set([`${run}#record`]),
    )
  })

  test('A run of the first example arrives whole, from the command line', async () => {
    const [{ id } = { id: '' }] = await recorded.runs()
    const ended = await vampira(['push', server.url], { cwd: folder })
    expect(ended).toEqual({
      code: 0,
      stdout: expect.stringMatching(/pushed: [\d,]{4,} triples in 2 graphs\n$/),
      stderr: '',
    })
    expect(await listPushedRuns(endpoint)).toContain(id)
    const again = await vampira(['push', server.url, 'last'], { cwd: folder })
    expect(again.stdout).toMatch(/was there\n$/)
  })

  test('What another wrote into the record is seen and put right', async () => {
    const { record, summary } = writeRun(run, 10)
    const store = storeOf(run, record, summary)
    const { graphs } = await pushRun(store, endpoint, run)
    expect(graphs.map(({ count, outcome }) => [count, outcome])).toEqual([
      [72, 'sent'],
      [4, 'sent'],
    ])
  })
})

describe.each<ServerName>(['fuseki', 'oxigraph'])('Pushing to a real %s that dies', (name) => {
  const run = 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
  let server: RunningServer
  let endpoint: Endpoint

  beforeAll(async () => {
    server = await startServer(name)
    endpoint = await recogniseEndpoint(server.url)
    const { record, summary } = writeRun(run, 10)
    await pushRun(storeOf(run, record, summary), endpoint, run)
  })
  afterAll(() => server.stop())

  test('Nothing half is seen after, and pushing again completes it', async () => {
    const other = run.replace('0001', '0002')
    const { record, summary } = writeRun(other, 3000)
    const store = storeOf(other, record, summary)
    const port = Number(new URL(server.url).port)
    let killed: Promise<void> | undefined
    const failed = pushRun(store, endpoint, other, {
      chunkSize: 5000,
      retryDelays: [0],
      onProgress: ({ sentTriples }) => {
        if (sentTriples === 10_000) {
          process.kill(server.pid, 'SIGKILL')
          killed = server.stop({ keepData: true })
        }
      },
    })
    await expect(failed).rejects.toThrow(/nobody listens there|the connection broke/)
    await killed
    server = await startServer(name, { port, dataDirectory: server.dataDirectory })
    expect(await listPushedRuns(endpoint)).toEqual(new Set([run]))
    await pushRun(store, endpoint, other, { chunkSize: 5000 })
    expect(await listPushedRuns(endpoint)).toEqual(new Set([run, other]))
  })
})

describe('Pushing to a real fuseki that asks for a password', () => {
  const run = 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0003'
  const { record, summary } = writeRun(run, 10)
  const store = storeOf(run, record, summary)
  let server: RunningServer

  beforeAll(async () => {
    server = await startServer('fuseki', { password: 'pa ss:wörd' })
  })
  afterAll(() => server.stop())

  const as = (user: string, password: string): Promise<Endpoint> => {
    const prefix = `VAMPIRA_STORE_${new URL(server.url).host.replace(/\W/g, '_')}`
    return recogniseEndpoint(server.url, {
      environment: { [`${prefix}_USER`]: user, [`${prefix}_PASSWORD`]: password },
    })
  }

  test('Without one, or with a wrong one, it says which variables to set', async () => {
    await expect(recogniseEndpoint(server.url)).rejects.toThrow('it asks for a password')
    await expect(as('writer', 'wrong')).rejects.toThrow('it refused the password')
  })

  test('Who may only read gets an error that says so, and nothing is changed', async () => {
    await expect(pushRun(store, await as('reader', 'pa ss:wörd'), run)).rejects.toThrow('not allowed')
  })

  test('With it the run arrives', async () => {
    const endpoint = await as('writer', 'pa ss:wörd')
    await pushRun(store, endpoint, run)
    expect(await listPushedRuns(endpoint)).toEqual(new Set([run]))
  })
})
