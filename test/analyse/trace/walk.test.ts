import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { impact, lineage } from '../../../src/analyse/trace/walk.ts'
import type { TraceProgress } from '../../../src/analyse/trace/trace.ts'
import { UsageError } from '../../../src/errors.ts'
import { LocalEngine } from '../../../src/query/local-engine.ts'
import { entryOf, storeOf } from '../../queries/cases.ts'
import { engineOver } from '../small-engine.ts'
import { contentIri, runIri, writeSmallRun, type SmallRun } from '../small-run.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vampira-walk-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A run that reads `in` and writes a file with these bytes at this path. */
function copying(id: number, bytes: string, path: string): SmallRun {
  const content = createHash('sha256').update(bytes).digest('base64url')
  return {
    id,
    calls: [{ n: 1, name: 'copy', reads: [1] }],
    files: { 1: { content: 'in' }, 2: { content, path, by: 1 } },
  }
}

async function engineWith(run: SmallRun, path: string, at: string) {
  const { engine, dataset } = await engineOver([])
  dataset.load(
    [writeSmallRun(run).replaceAll(`file:///data/${path}`, pathToFileURL(at).href)],
    'application/trig',
  )
  return engine
}

describe('a walk', () => {
  it('starts from a file on disk, whatever it is called now', async () => {
    const file = join(folder, 'renamed.txt')
    writeFileSync(file, 'bytes')
    const { engine } = await engineOver([copying(1, 'bytes', 'original.txt')])
    const trace = await lineage(engine, file)
    expect(trace.start).toMatchObject({
      asked: file,
      known: true,
      url: pathToFileURL(file).href,
      otherVersions: [],
    })
    expect(trace.nodes.map(({ content }) => content)).toContain(contentIri('in'))
  })

  it('lists other versions at the path of a file that no run knows', async () => {
    const file = join(folder, 'edited.txt')
    writeFileSync(file, 'edited since')
    const trace = await lineage(
      await engineWith(copying(1, 'as it was', 'edited.txt'), 'edited.txt', file),
      file,
    )
    expect(trace.start.known).toBe(false)
    expect(trace.start.otherVersions).toEqual([
      expect.objectContaining({ run: runIri(1), role: 'generated', content: expect.stringMatching(/^ni:/) }),
    ])
    expect(trace.edges).toEqual([])
  })

  it('lists what was recorded at the path of a file that is gone', async () => {
    const file = join(folder, 'gone.txt')
    const trace = await lineage(await engineWith(copying(1, 'as it was', 'gone.txt'), 'gone.txt', file), file)
    expect(trace.start.otherVersions).toHaveLength(1)
  })

  it('refuses a file that is neither there nor known', async () => {
    const { engine } = await engineOver([copying(1, 'bytes', 'a')])
    const asked = lineage(engine, join(folder, 'nothing.txt'))
    await expect(asked).rejects.toThrow(UsageError)
    await expect(asked).rejects.toThrow(/nothing.txt: there is no such file$/)
    await expect(lineage(engine, folder)).rejects.toThrow('it is a folder')
  })

  it('starts from a run at what it made', async () => {
    const { engine } = await engineOver([copying(1, 'bytes', 'a')])
    const trace = await lineage(engine, runIri(1))
    expect(trace.nodes.map(({ content }) => content)).toContain(contentIri('in'))
  })

  it('says that nobody knows an IRI', async () => {
    const { engine } = await engineOver([copying(1, 'bytes', 'a')])
    expect((await impact(engine, 'ni:///sha-256;unheard-of')).start.known).toBe(false)
  })

  it('stops at as many hops as are asked for, and says so', async () => {
    const { engine } = await engineOver([copying(1, 'bytes', 'a')])
    const trace = await impact(engine, contentIri('in'), { maxHops: 2 })
    expect(Math.max(...trace.nodes.map(({ depth }) => depth))).toBe(2)
    expect(trace.truncated).toEqual({ by: 'hops', limit: 2 })
  })

  it('stops at as many nodes as are asked for, and says so', async () => {
    const { engine } = await engineOver([copying(1, 'bytes', 'a')])
    const trace = await impact(engine, contentIri('in'), { maxNodes: 2 })
    expect(trace.nodes).toHaveLength(2)
    expect(trace.truncated).toEqual({ by: 'nodes', limit: 2 })
  })

  it('stays in a run where it is asked to', async () => {
    const second: SmallRun = {
      id: 2,
      calls: [{ n: 1, name: 'use', reads: [1] }],
      files: { 1: { content: 'made' }, 2: { content: 'end', by: 1 } },
    }
    const first: SmallRun = {
      id: 1,
      calls: [{ n: 1, name: 'make', reads: [1] }],
      files: { 1: { content: 'in' }, 2: { content: 'made', by: 1 } },
    }
    const { engine } = await engineOver([first, second])
    expect((await lineage(engine, contentIri('end'))).runs).toEqual([runIri(2), runIri(1)])
    expect((await lineage(engine, contentIri('end'), { withinRun: true })).runs).toEqual([runIri(2)])
  })

  it('says how far it is, and stops when it is asked to', async () => {
    const { engine } = await engineOver([copying(1, 'bytes', 'a')])
    const steps: TraceProgress[] = []
    await impact(engine, contentIri('in'), { onProgress: (progress) => steps.push(progress) })
    expect(steps.length).toBeGreaterThan(2)
    const stopped = impact(engine, contentIri('in'), { signal: AbortSignal.abort() })
    await expect(stopped).rejects.toThrow('aborted')
  })
})

describe('on recorded runs, where one engine holds everything', () => {
  it('a walk sees what one query with a path of any length sees', async () => {
    const { store, remove } = await storeOf()
    try {
      const engine = new LocalEngine([store])
      const run = entryOf('cooling-default').id
      const products = await engine.query(
        `SELECT ?file WHERE { GRAPH <${run}#record> { ?file a <https://w3id.org/vampira#FileVersion> ;
          <http://www.w3.org/ns/prov#wasGeneratedBy> ?call } }`,
        { records: [run] },
      )
      const files = products.type === 'bindings' ? products.rows.map((row) => row['file']!.value) : []
      expect(files.length).toBeGreaterThan(2)
      for (const file of files) {
        const path = await engine.query(
          `PREFIX prov: <http://www.w3.org/ns/prov#>
          SELECT DISTINCT ?source WHERE { GRAPH <${run}#record> {
            <${file}> (prov:wasGeneratedBy|prov:wasRevisionOf|prov:wasDerivedFrom|prov:used)* ?source } }`,
          { records: [run] },
        )
        const trace = await lineage(engine, file, { withinRun: true })
        const seen = trace.nodes.filter(({ strength }) => strength === 'seen').map(({ iri }) => iri)
        expect(seen.toSorted()).toEqual(
          path.type === 'bindings' ? path.rows.map((row) => row['source']!.value).toSorted() : [],
        )
      }
    } finally {
      remove()
    }
  })
})
