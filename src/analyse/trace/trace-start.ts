import { createHash } from 'node:crypto'
import { createReadStream, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { digestIri } from '../../rdf/digest-iri.ts'
import { whyUnreadable } from '../../unreadable.ts'
import { ask, text } from '../ask.ts'
import { compareTimes } from '../../compare-times.ts'
import { contentUses, type ContentUse } from './content-uses.ts'
import type { CrossRuns, Crossing } from './cross-runs.ts'
import type { FileMeant } from './likeliest-maker.ts'
import { notAFile } from './not-a-file.ts'
import type { Entry } from './run-queue.ts'
import { runOf, type Asking, type OtherVersion, type TraceStart } from './trace.ts'

/** Where a walk begins, and the ways from there into runs. */
export interface Beginning {
  start: TraceStart
  crossings: readonly Crossing[]
}

/**
 * Finds what people mean: a file on disk (its bytes are hashed, and what was recorded at its path is looked up), a
 * content, a run (what it made), or a node of a record.
 *
 * @throws UsageError for a file that cannot be read and of which no run knows, with what was nearest.
 */
export async function begin(asking: Asking, between: CrossRuns, asked: string): Promise<Beginning> {
  if (!/^(urn|ni|pkg|https?|file):/i.test(asked)) return beginAtFile(asking, between, resolve(asked), asked)
  if (/^file:/i.test(asked)) return beginAtFile(asking, between, new URL(asked), asked)
  const run = runOf(asked)
  if (run === undefined) return beginAtContent(between, asked, { asked })
  const start = { asked, iris: [asked], known: true, otherVersions: [] }
  const way = { run, started: '' }
  const into = { to: { node: asked }, relation: 'version', strength: 'seen', depth: 0 } as const
  if (run !== asked) return { start, crossings: [{ ...way, entry: into }] }
  const made = await ask(asking.engine, 'data-products', { run: [run] }, asking.signal)
  const files = made.map((row): Entry => ({ ...into, from: run, to: { node: text(row, 'file') }, depth: 1 }))
  return {
    start: { ...start, known: made.length > 0 },
    crossings: [into, ...files].map((entry) => ({ ...way, entry })),
  }
}

async function beginAtFile(
  asking: Asking,
  between: CrossRuns,
  file: string | URL,
  asked: string,
): Promise<Beginning> {
  const hash = await contentOf(file)
  const urls = placesOf(file)
  const there = (await contentUses(asking, { url: urls })).filter(({ content }) => content !== hash.content)
  const url = urls[0] ?? asked
  if (hash.content !== undefined) {
    const changed = changeOf(file)
    const beginning = await beginAtContent(
      between,
      hash.content,
      { asked, url, otherVersions: otherVersions(there) },
      { urls, inTime: (maker) => wasRunning(maker, changed) },
    )
    if (beginning.start.known || there.length > 0) return beginning
    const { ignoredByLatestRun } = await import('./ignored-file.ts')
    const ignored = await ignoredByLatestRun(asking, url)
    return ignored === undefined ? beginning : { ...beginning, start: { ...beginning.start, ignored } }
  }
  if (there.length > 0) {
    return {
      start: { asked, iris: [], url, known: false, otherVersions: otherVersions(there) },
      crossings: [],
    }
  }
  throw await notAFile(asking, { asked, path: file instanceof URL ? undefined : file }, hash)
}

async function beginAtContent(
  between: CrossRuns,
  content: string,
  rest: { asked: string; url?: string; otherVersions?: readonly OtherVersion[] },
  meant?: FileMeant,
): Promise<Beginning> {
  const { known, crossings } = await between.fromContent(content, meant)
  return { start: { otherVersions: [], ...rest, iris: [content], known }, crossings }
}

/** When a file was last written: not before `earliest`, nor after `latest`. Both are xsd:dateTime to the nanosecond. */
interface Change {
  earliest: string
  latest: string
}

function wasRunning({ started, ended }: ContentUse, { earliest, latest }: Change): boolean {
  return compareTimes(started, latest) <= 0 && (ended === undefined || compareTimes(earliest, ended) <= 0)
}

const second = 1_000_000_000n
/** Linux stamps files with the time of the last tick of its clock, of which there are at least 100 a second. */
const tick = second / 100n

/** File systems that keep whole seconds leave the rest out. */
function changeOf(file: string | URL): Change {
  const { mtimeNs } = statSync(file, { bigint: true })
  const grain = mtimeNs % second === 0n ? second : tick
  return { earliest: dateTime(mtimeNs), latest: dateTime(mtimeNs + grain) }
}

function dateTime(nanoseconds: bigint): string {
  const seconds = new Date(Number(nanoseconds / second) * 1000).toISOString().slice(0, 19)
  return `${seconds}.${String(nanoseconds % second).padStart(9, '0')}Z`
}

function otherVersions(uses: readonly ContentUse[]): OtherVersion[] {
  return uses
    .toSorted((a, b) => compareTimes(b.started, a.started))
    .map(({ content, run, started, role, url }) => ({
      content,
      run,
      started,
      role: role === 'used' ? role : 'generated',
      url,
    }))
}

/** The file's URL as given, and by its real path where links lead elsewhere. */
function placesOf(file: string | URL): string[] {
  const given = file instanceof URL ? file.href : pathToFileURL(file).href
  try {
    return [...new Set([given, pathToFileURL(realpathSync(file)).href])]
  } catch {
    return [given]
  }
}

/** The RFC 6920 name of a file's bytes. */
async function contentOf(
  file: string | URL,
): Promise<{ content: string } | { content: undefined; fault: string; cause: unknown }> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  } catch (cause) {
    return { content: undefined, fault: whyUnreadable(cause), cause }
  }
  return { content: digestIri(hash.digest()) }
}
