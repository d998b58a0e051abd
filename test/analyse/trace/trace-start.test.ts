import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CrossRuns } from '../../../src/analyse/trace/cross-runs.ts'
import { begin } from '../../../src/analyse/trace/trace-start.ts'
import type { Direction } from '../../../src/analyse/trace/trace.ts'
import { UsageError } from '../../../src/errors.ts'
import { engineOver } from '../small-engine.ts'
import { contentIri, runIri, writeSmallRun, type SmallRun } from '../small-run.ts'

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vampira-start-')))
})
afterAll(() => rmSync(folder, { recursive: true }))

const contentOf = (bytes: string) => createHash('sha256').update(bytes).digest('base64url')
/** A run that reads `in` and writes a file with these bytes. */
const writing = (id: number, bytes: string): SmallRun => ({
  id,
  calls: [{ n: 1, name: 'copy', reads: [1] }],
  files: { 1: { content: 'in' }, 2: { content: contentOf(bytes), path: 'out.txt', by: 1 } },
})
/** What is found over these runs, whose out.txt was at this path. */
async function beginAt(
  runs: readonly SmallRun[],
  asked: string,
  direction: Direction = 'lineage',
  path = 'elsewhere',
) {
  const { engine, dataset } = await engineOver([])
  for (const run of runs) {
    const text = writeSmallRun(run).replaceAll('file:///data/out.txt', pathToFileURL(join(folder, path)).href)
    dataset.load([text], 'application/trig')
  }
  const asking = { engine, signal: undefined }
  const { start, crossings } = await begin(asking, new CrossRuns(asking, direction, true), asked)
  return { start, ways: crossings.map(({ run, entry }) => ({ run, ...entry })) }
}

describe('A run', () => {
  test('begins at itself and at what it made', async () => {
    const { start, ways } = await beginAt([writing(1, 'x')], runIri(1))
    expect(start).toEqual({ asked: runIri(1), iris: [runIri(1)], known: true, otherVersions: [] })
    expect(ways).toMatchObject([
      { run: runIri(1), to: { node: runIri(1) }, depth: 0 },
      { run: runIri(1), from: runIri(1), to: { node: `${runIri(1)}#file-2` }, depth: 1 },
    ])
  })

  test('that made nothing, or that nobody recorded, is not known', async () => {
    const { start } = await beginAt([writing(1, 'x')], runIri(2))
    expect(start.known).toBe(false)
  })
})

test('A node of a record begins at itself', async () => {
  const node = `${runIri(1)}#call-1`
  const { start, ways } = await beginAt([writing(1, 'x')], node)
  expect(start).toEqual({ asked: node, iris: [node], known: true, otherVersions: [] })
  expect(ways).toMatchObject([{ run: runIri(1), to: { node }, depth: 0 }])
})

describe('A content', () => {
  const chain: SmallRun[] = [
    writing(1, 'x'),
    {
      id: 2,
      calls: [{ n: 1, name: 'use', reads: [1] }],
      files: { 1: { content: contentOf('x') }, 2: { content: 'end', by: 1 } },
    },
  ]
  const content = contentIri(contentOf('x'))

  test('comes from where it was written', async () => {
    const { start, ways } = await beginAt(chain, content)
    expect(start).toEqual({ asked: content, iris: [content], known: true, otherVersions: [] })
    expect(ways).toMatchObject([{ run: runIri(1), from: content, to: { content, files: 'made' }, depth: 1 }])
  })

  test('went wherever it was written or read', async () => {
    const { ways } = await beginAt(chain, content, 'impact')
    expect(ways.map(({ run, to }) => ({ run, to }))).toEqual([
      { run: runIri(1), to: { content, files: 'all' } },
      { run: runIri(2), to: { content, files: 'all' } },
    ])
  })

  test('that was only read is known, and comes from nowhere', async () => {
    const { start, ways } = await beginAt(chain, contentIri('in'))
    expect(start.known).toBe(true)
    expect(ways).toEqual([])
  })
})

describe('A file', () => {
  test('is found by its bytes, under its own name or as a URL', async () => {
    const file = join(folder, 'here.txt')
    writeFileSync(file, 'x')
    for (const asked of [file, relative(process.cwd(), file), pathToFileURL(file).href]) {
      const { start, ways } = await beginAt([writing(1, 'x')], asked)
      expect(start).toEqual({
        asked,
        iris: [contentIri(contentOf('x'))],
        url: pathToFileURL(file).href,
        known: true,
        otherVersions: [],
      })
      expect(ways).toHaveLength(1)
    }
  })

  test('has other versions: what runs recorded at its path, latest first', async () => {
    const file = join(folder, 'edited.txt')
    writeFileSync(file, 'now')
    const { start } = await beginAt(
      [writing(1, 'old'), writing(2, 'newer'), writing(3, 'now')],
      file,
      'lineage',
      'edited.txt',
    )
    expect(start.known).toBe(true)
    expect(start.otherVersions).toEqual([
      {
        content: contentIri(contentOf('newer')),
        run: runIri(2),
        started: '2026-11-23T12:00:00.5Z',
        role: 'generated',
        url: pathToFileURL(file).href,
      },
      expect.objectContaining({ run: runIri(1), content: contentIri(contentOf('old')) }),
    ])
  })

  test('is also looked up where its path really leads', async () => {
    const real = join(folder, 'real')
    mkdirSync(real)
    writeFileSync(join(real, 'a.txt'), 'now')
    symlinkSync(real, join(folder, 'link'))
    const { start } = await beginAt(
      [writing(1, 'old')],
      join(folder, 'link', 'a.txt'),
      'lineage',
      'real/a.txt',
    )
    expect(start.otherVersions).toHaveLength(1)
    expect(start.url).toBe(pathToFileURL(join(folder, 'link', 'a.txt')).href)
  })

  test('that is gone has the versions that were recorded at its path, and is not known', async () => {
    const file = join(folder, 'gone.txt')
    const { start, ways } = await beginAt([writing(1, 'old')], file, 'lineage', 'gone.txt')
    expect(start).toMatchObject({ asked: file, iris: [], url: pathToFileURL(file).href, known: false })
    expect(start.otherVersions).toHaveLength(1)
    expect(ways).toEqual([])
  })

  test('that is neither there nor recorded is refused with what else may be asked', async () => {
    const file = join(folder, 'never.txt')
    const error = await beginAt([writing(1, 'x')], file).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toMatchObject({
      message: `Cannot read ${file}: there is no such file`,
      place: { file },
      cause: { code: 'ENOENT' },
      advice: expect.stringContaining('an IRI that `vampira show` prints'),
    })
  })
})

describe('A name that is no file', () => {
  const dated = (id: number): SmallRun => ({
    ...writing(id, 'x'),
    calls: [{ n: 1, name: 'survey.fourierTransform' }],
  })
  const refusal = (asked: string) => beginAt([dated(1), dated(2)], asked).catch((cause: unknown) => cause)
  const reach =
    '`vampira query uc2-what-an-error-reaches --param suspect=urn:vampira:component:small/survey.fourierTransform`'
  const canBeAsked = 'Give a file, or an IRI that `vampira show` prints'

  test('but that of a component, leads to the question that answers for components', async () => {
    expect(await refusal('survey.fourierTransform')).toMatchObject({
      message: 'survey.fourierTransform is a component and no file',
      advice: expect.stringMatching(new RegExp(`: ${reach}\\. ${canBeAsked}`)),
    })
  })

  test('but nearly that of a component or of a file beside it, names the nearest', async () => {
    expect(await refusal('survey.fourierTransfrom')).toMatchObject({
      message: 'Cannot read survey.fourierTransfrom: there is no such file',
      advice: expect.stringContaining(
        `Did you mean the component survey.fourierTransform? Of it, ask what its runs made: ${reach}.`,
      ),
    })
    writeFileSync(join(folder, 'measurements.csv'), '')
    expect(await refusal(join(folder, 'measurments.csv'))).toMatchObject({
      advice: expect.stringContaining(`Did you mean ${join(folder, 'measurements.csv')}? ${canBeAsked}`),
    })
    expect(await refusal(pathToFileURL(join(folder, 'measurments.csv')).href)).toMatchObject({
      advice: expect.not.stringContaining('Did you mean'),
    })
  })

  test('but that of a package which the latest run had, leads to the packages', async () => {
    const packaged = writing(3, 'x')
    const { engine, dataset } = await engineOver([packaged])
    const vam = 'https://w3id.org/vampira#'
    dataset.load(
      `<${runIri(3)}#record> {
        <${runIri(3)}> a <${vam}PipelineRun> ; <${vam}environment> <urn:e> .
        <urn:e> <${vam}package> <pkg:pypi/numpy@2> . <pkg:pypi/numpy@2> <http://schema.org/name> "numpy" .
      }`,
      'application/trig',
    )
    const asking = { engine, signal: undefined }
    for (const asked of ['numpy', 'NumPy']) {
      const error = await begin(asking, new CrossRuns(asking, 'impact', true), asked).catch(
        (cause: unknown) => cause,
      )
      expect(error).toMatchObject({
        message: `${asked} is a package and no file`,
        advice: expect.stringContaining('vampira query environment --run last'),
      })
    }
  })
})

test('What begins like an IRI is none of a file, whatever the case', async () => {
  for (const asked of ['NI:///sha-256;x', 'pkg:pypi/numpy', 'https://example.org/a', 'urn:other'])
    expect((await beginAt([], asked)).start).toMatchObject({ iris: [asked], known: false })
})
