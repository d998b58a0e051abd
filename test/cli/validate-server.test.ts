import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entryOf, storeOf } from '../queries/cases.ts'
import { startSparqlServer } from '../store/sparql/sparql-server.ts'
import { vampiraHere } from './here.ts'

let folder: string
let local: Awaited<ReturnType<typeof storeOf>>
let server: Awaited<ReturnType<typeof startSparqlServer>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vampira-validate-'))
  local = await storeOf()
  server = await startSparqlServer()
  await vampiraHere(['push', server.url, '--store', local.store.location], { cwd: folder })
})
afterAll(async () => {
  await server.close()
  local.remove()
  rmSync(folder, { recursive: true })
})

const validate = (...args: string[]) => vampiraHere(['validate', ...args], { cwd: folder })

test('A run on a server is judged as it is in a folder', async () => {
  const { id } = entryOf('cooling-default')
  const there = await validate(id, '--store', server.url)
  expect(there).toEqual(await validate(id, '--store', local.store.location))
  expect(there.stdout).toContain('UC1')
})

test('The last run of a server, and a server without runs', async () => {
  const last = await validate('--store', server.url, '--json')
  expect(JSON.parse(last.stdout)).toMatchObject([{ run: entryOf('ranking').id }])
  const empty = await startSparqlServer()
  try {
    const nothing = await validate('--store', empty.url)
    expect(nothing.code).toBe(2)
    expect(nothing.stdout).toBe('')
  } finally {
    await empty.close()
  }
})
