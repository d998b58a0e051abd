import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StoreError, UsageError } from '../../src/errors.ts'
import { initStore } from '../../src/open/init-store.ts'
import { openLocalStore, openSources } from '../../src/open/sources.ts'
import { recogniseEndpoint } from '../../src/sparql/recognise-endpoint.ts'
import { pushRun } from '../../src/store/sparql/push-run.ts'
import type { Store } from '../../src/store/store.ts'
import { makeFolder } from '../capture/temporary-folder.ts'
import { entryOf, storeOf } from '../queries/cases.ts'
import { startSparqlServer } from '../store/sparql/sparql-server.ts'

const [oldest, middle, latest] = ['cooling-default', 'cooling-keeps-glitches', 'cooling-fails'] as const
const idOf = (fixture: string) => entryOf(fixture).id
const ids = (runs: readonly { id: string }[]) => runs.map(({ id }) => id)

let here: { store: Store; remove: () => void }
let other: { store: Store; remove: () => void }
let server: Awaited<ReturnType<typeof startSparqlServer>>

beforeAll(async () => {
  here = await storeOf([latest, oldest])
  other = await storeOf([middle, latest])
  server = await startSparqlServer()
  const endpoint = await recogniseEndpoint(server.url)
  for (const fixture of [middle, latest]) await pushRun(other.store, endpoint, idOf(fixture))
})
afterAll(async () => {
  here.remove()
  other.remove()
  await server.close()
})

/** A folder with a store, whose settings name the server `lab`. */
async function makeLab(): Promise<string> {
  const folder = realpathSync(makeFolder())
  const { location } = await initStore(folder)
  writeFileSync(join(location, 'vampira.toml'), `[stores.lab]\nquery = "${server.url}/query"\n`)
  return folder
}

test('Nothing named means the store in or above the working directory', async () => {
  const folder = await makeLab()
  mkdirSync(join(folder, 'below'))
  const workingDirectory = join(folder, 'below')
  const { stores, close } = await openSources({ workingDirectory })
  expect(stores.map(({ location }) => location)).toEqual([join(folder, '.vampira')])
  expect((await openLocalStore(undefined, workingDirectory)).location).toBe(join(folder, '.vampira'))
  await close()
})

test('Where there is no store, the error says how to make one', async () => {
  const workingDirectory = makeFolder()
  await expect(openSources({ workingDirectory })).rejects.toThrow(StoreError)
  await expect(openLocalStore(undefined, workingDirectory)).rejects.toMatchObject({
    advice: expect.stringContaining('vampira init'),
  })
})

test('The runs of one store are listed by its index, oldest first', async () => {
  const { runs, close } = await openSources({ store: here.store.location })
  expect(await runs()).toEqual([entryOf(oldest), entryOf(latest)])
  await close()
})

test('Runs that began at the same time are listed by their names, whatever source has them', async () => {
  const folder = makeFolder()
  const file = (id: number) => {
    const path = join(folder, `${id}.trig`)
    const run = `urn:uuid:${id}`
    writeFileSync(
      path,
      `PREFIX vam: <https://w3id.org/vampira#> <${run}#summary> { <${run}#summary> a vam:Summary .
      <${run}> a vam:PipelineRun ; <http://www.w3.org/ns/prov#startedAtTime> "2026-11-23T20:14:02Z" ;
        vam:status vam:Completed ; vam:pipeline <urn:p> . <urn:p> <http://schema.org/name> "p" }`,
    )
    return path
  }
  for (const source of [[3, 1, 2].map(file), [1, 2, 3].map(file)]) {
    const { runs, close } = await openSources({ source })
    expect(ids(await runs())).toEqual(['urn:uuid:1', 'urn:uuid:2', 'urn:uuid:3'])
    await close()
  }
})

test('A run that several stores have is listed once', async () => {
  const source = [here.store.location, other.store.location]
  const { runs, runsHere, stores, close } = await openSources({ source })
  expect(ids(await runs())).toEqual([oldest, middle, latest].map(idOf))
  expect(await runsHere()).toEqual([oldest, middle, latest].map(entryOf))
  expect(stores).toHaveLength(2)
  await close()
})

test('What --source names is opened instead of the store', async () => {
  const { stores, close } = await openSources({ store: '/nowhere', source: [here.store.location] })
  expect(stores.map(({ location }) => location)).toEqual([here.store.location])
  await close()
})

test('The runs of a server are listed by a question, as those of a store are', async () => {
  const { runs, stores, close } = await openSources({ store: server.url })
  const listed = await runs()
  expect(stores).toEqual([])
  for (const [at, fixture] of [middle, latest].entries()) {
    const { id, name, label, startedAt, endedAt, status, wallSeconds } = entryOf(fixture)
    expect(listed[at]).toEqual({ id, name, label, startedAt, endedAt, status, wallSeconds })
  }
  expect(listed).toHaveLength(2)
  await close()
})

test('A store and a server together list each run once, with all that the store knows of it', async () => {
  const { runs, resolveRun, close } = await openSources({ source: [here.store.location, server.url] })
  const listed = await runs()
  expect(ids(listed)).toEqual([oldest, middle, latest].map(idOf))
  expect(listed[0]).toEqual(entryOf(oldest))
  expect(listed[2]).toEqual(entryOf(latest))
  expect(await resolveRun('cooling')).toBe(idOf(latest))
  expect(await resolveRun('cooling~1')).toBe(idOf(middle))
  await close()
})

test('A name in the settings of the nearest store stands for a server', async () => {
  const workingDirectory = await makeLab()
  const { runs, stores, close } = await openSources({ store: 'lab', workingDirectory })
  expect(stores).toEqual([])
  expect(ids(await runs())).toEqual([middle, latest].map(idOf))
  await close()
  await expect(openSources({ store: 'other', workingDirectory })).rejects.toThrow(
    'vampira.toml has no remote store named ‹other›',
  )
})

test('A file of RDF is a source', async () => {
  const file = join(makeFolder(), 'data.ttl')
  writeFileSync(file, '<urn:a> <urn:b> <urn:c> .')
  const { engine, stores, runs, close } = await openSources({ source: [file] })
  expect(stores).toEqual([])
  expect(await engine.query('ASK { <urn:a> ?b ?c }')).toEqual({ type: 'boolean', value: true })
  expect(await runs()).toEqual([])
  await close()
})

test('Relative paths start at the working directory', async () => {
  const workingDirectory = realpathSync(makeFolder())
  await initStore(join(workingDirectory, 'lab'))
  writeFileSync(join(workingDirectory, 'data.ttl'), '<urn:a> <urn:b> <urn:c> .')
  const { engine, stores, close } = await openSources({ source: ['lab', 'data.ttl'], workingDirectory })
  expect(stores.map(({ location }) => location)).toEqual([join(workingDirectory, 'lab', '.vampira')])
  expect(engine.sources).toContain(join(workingDirectory, 'data.ttl'))
  await close()
})

test('A file keeps the name that it was given', async () => {
  const { engine, close } = await openSources({ source: ['test/shapes/good-record.trig'] })
  expect(engine.sources).toEqual(['test/shapes/good-record.trig'])
  await close()
})

test.each([
  ['a path', 'no/store', 'Give a folder with a store, an RDF file, or the URL of a SPARQL endpoint'],
  ['a file', 'missing.ttl', 'Give a folder with a store, an RDF file, or the URL of a SPARQL endpoint'],
  ['a store', '/nowhere/.vampira', 'Make a store there: vampira init in /nowhere'],
])('%s that is not there is refused, and the error says what to give', async (_, where, advice) => {
  const opened = openSources({ store: where, workingDirectory: await makeLab() })
  await expect(opened).rejects.toThrow(UsageError)
  await expect(opened).rejects.toMatchObject({
    message: expect.stringMatching(/^There is neither a store nor a file at \/.*/),
    advice,
  })
})

test('A name means nothing where no store has settings', async () => {
  const workingDirectory = makeFolder()
  await expect(openSources({ store: 'lab', workingDirectory })).rejects.toThrow(
    `There is neither a store nor a file at ${join(workingDirectory, 'lab')}`,
  )
})

test('A folder without a store is refused', async () => {
  const folder = makeFolder()
  await expect(openSources({ store: folder })).rejects.toThrow(`There is no store at ${folder}`)
})

test('Settings that are wrong are refused before anything is asked', async () => {
  const folder = await makeLab()
  writeFileSync(join(folder, '.vampira', 'vampira.toml'), 'base = 3\n')
  await expect(openSources({ store: folder })).rejects.toThrow('base must be an absolute IRI')
})

test('A command that needs a folder takes no server, by whatever name', async () => {
  const workingDirectory = await makeLab()
  for (const where of [server.url, 'lab']) {
    const opened = openLocalStore(where, workingDirectory)
    await expect(opened).rejects.toThrow(UsageError)
    await expect(opened).rejects.toMatchObject({
      message: `${where} is not a folder with a store, which this command needs`,
      advice: 'Give the folder that holds .vampira with --store',
    })
  }
  expect((await openLocalStore(here.store.location)).location).toBe(here.store.location)
})

test('How far reading is, is reported in runs', async () => {
  const progress: [number, number][] = []
  const { engine, close } = await openSources(
    { store: here.store.location },
    { onProgress: (loaded, total) => progress.push([loaded, total]) },
  )
  await engine.query('ASK {}')
  expect(progress).toEqual([
    [1, 2],
    [2, 2],
  ])
  await close()
})
