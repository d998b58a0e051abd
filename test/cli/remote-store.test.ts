import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSparqlServer } from '../store/sparql/sparql-server.ts'
import { exampleId, makeStore } from './example-store.ts'
import { vampiraHere } from './here.ts'

const moonId = '019343c2-8a10-7c3e-9d55-3f2b7a1c0002'
let folder: string
let server: Awaited<ReturnType<typeof startSparqlServer>>

beforeAll(async () => {
  folder = await makeStore([{ id: exampleId }, { id: moonId, name: 'moon' }])
  server = await startSparqlServer()
  const pushed = await vampiraHere(['push', server.url], { cwd: folder })
  if (pushed.code !== 0) throw new Error(pushed.stderr)
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

interface Listed {
  id: string
  name: string
}

test('a server lists the runs that were pushed to it', async () => {
  const there = await vampiraHere(['list', '--store', server.url, '--json'])
  const here = await vampiraHere(['list', '--json'], { cwd: folder })
  const names = (text: string) => (JSON.parse(text) as Listed[]).map(({ id, name }) => `${id} ${name}`)
  expect(there).toMatchObject({ code: 0, stderr: '' })
  expect(names(there.stdout)).toEqual(names(here.stdout))
})

describe('a server, a store here, and both together give the same answer', () => {
  test.each([
    ['query', 'components', '--json'],
    ['query', 'data-products', '--json'],
    ['lineage', `urn:uuid:${exampleId}#file-3`],
    ['impact', `urn:uuid:${exampleId}#file-1`],
  ])('vampira %s %s', async (...args) => {
    const here = await vampiraHere(args, { cwd: folder })
    const there = await vampiraHere([...args, '--source', server.url])
    const both = await vampiraHere([...args, '--source', folder, '--source', server.url])
    expect(here.code).toBe(0)
    expect(rows(there.stdout)).toEqual(rows(here.stdout))
    expect(rows(both.stdout)).toEqual(rows(here.stdout))
  })
})

test('a name in vampira.toml stands for its server, for every question', async () => {
  const settings = join(folder, '.vampira', 'vampira.toml')
  await writeFile(settings, `base = "urn:vampira:"\n[stores.lab]\nquery = "${server.url}/query"\n`)
  const shown = await vampiraHere(['show', 'moon', '--store', 'lab', '--json'], { cwd: folder })
  const differing = await vampiraHere(['diff', 'astronomy', 'moon', '--source', 'lab', '--json'], {
    cwd: folder,
  })
  expect(shown.code).toBe(0)
  expect(JSON.parse(shown.stdout)).toMatchObject({
    id: `urn:uuid:${moonId}`,
    facts: { pipeline: { name: 'moon' } },
  })
  expect(differing.code).toBe(1)
})

test('a server that breaks off in the middle of an answer is an error, not a shorter answer', async () => {
  server.misbehave((request, response) => {
    if (request.method !== 'POST') return false
    response.writeHead(200, { 'content-type': 'application/sparql-results+json' })
    response.end('{"head":{"vars":["run"]},"results":{"bindings":[{"run":{"type":"uri","value":"urn:uu')
    return true
  })
  const ended = await vampiraHere(['list', '--store', 'lab'], { cwd: folder })
  expect(ended).toMatchObject({ code: 3, stdout: '' })
  expect(ended.stderr).toMatch(/^vampira: [^\n]+\n$/)
})

test('a part of an answer is an error, and taken with a loud line where it is asked for', async () => {
  server.misbehave((_, response) => {
    response.writeHead(206, { 'content-type': 'application/sparql-results+json', server: 'Oxigraph/test' })
    response.end('{"head":{"vars":["run"]},"results":{"bindings":[]}}')
    return true
  })
  const args = ['query', 'runs', '--source', 'lab', '--format', 'csv']
  const refused = await vampiraHere(args, { cwd: folder })
  expect(refused).toMatchObject({ code: 3, stdout: '' })
  expect(refused.stderr).toMatch(
    /^vampira: Cannot ask lab: the server gave only a part of its answer, .*206.*\n$/,
  )
  const taken = await vampiraHere([...args, '--partial'], { cwd: folder })
  expect(taken).toMatchObject({ code: 0, stdout: 'run\r\n' })
  expect(taken.stderr).toMatch(/^vampira: PARTIAL ANSWER\. Cannot ask lab: .* What follows is that part\.\n$/)
})

/** SPARQL answers by their rows, numbers by value; anything else by its lines. */
function rows(text: string): unknown {
  if (!text.startsWith('{')) return text
  const { results } = JSON.parse(text) as { results: { bindings: Record<string, { value: string }>[] } }
  return results.bindings.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, { value }]) => [
        name,
        Number.isNaN(Number(value)) ? value : Number(value),
      ]),
    ),
  )
}
