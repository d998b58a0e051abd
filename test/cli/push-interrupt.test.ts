import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { initStore } from '../../src/index.ts'
import { startSparqlServer } from '../store/sparql/sparql-server.ts'
import { storeRun } from '../store/sparql/written-run.ts'
import { ending, start, vampira } from './vampira.ts'

const run = 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
const summaries = 'SELECT ?g { GRAPH ?g { ?g a <https://w3id.org/vampira#Summary> } }'

let folder: string
let server: Awaited<ReturnType<typeof startSparqlServer>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vampira-push-'))
  await storeRun(await initStore(folder), run, 5, 'written-1')
  server = await startSparqlServer()
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const there = (): string[] =>
  (server.store.query(summaries) as Map<string, { value: string }>[]).map((row) => row.get('g')?.value ?? '')

test('Ctrl-C lets the request under way end, says so, and the next push completes it', async () => {
  const child = start(['push', server.url, 'written-1'], folder)
  server.misbehave(async (request) => {
    if (request.method !== 'PUT' || !request.url?.includes('record')) return false
    child.kill('SIGINT')
    // Long enough for the signal to arrive while the server is at it.
    await sleep(300)
    return false
  })
  const { code, stderr } = await ending(child)
  expect(stderr).toMatch(
    /^vampira: The push of ‹urn:uuid:[^›]*› to \S+ was interrupted\. Push again: [^\n]*\n$/,
  )
  expect(code).toBe(130)
  expect(server.log.filter((line) => line.includes(run))).toEqual([`PUT ${run}#record`])
  expect(there()).toEqual([])
  server.misbehave(() => false)
  await vampira(['push', server.url, 'written-1'], { cwd: folder })
  expect(there()).toEqual([`${run}#summary`])
})

test('The graph that a killed push left behind is removed by the next one, though there is nothing to push', async () => {
  const probes = (): number =>
    (
      server.store.query(
        'SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER CONTAINS(STR(?g), "#probe") }',
      ) as unknown[]
    ).length
  const child = start(['push', server.url, 'written-1'], folder)
  server.misbehave((request) => {
    if (request.method !== 'GET' || !request.url?.includes('probe')) return false
    child.kill('SIGKILL')
    return true
  })
  await ending(child)
  expect(probes()).toBe(1)
  server.misbehave(() => false)
  const { stdout } = await vampira(['push', server.url], { cwd: folder })
  expect(stdout).toMatch(/^The only run is at /)
  expect(probes()).toBe(0)
})
