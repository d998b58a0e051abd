import { createHash } from 'node:crypto'
import { createReadStream, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../../errors.ts'
import { digestIri } from '../../rdf/digest-iri.ts'
import { whyUnreadable } from '../../unreadable.ts'
import { ask, text } from '../ask.ts'
import { compareTimes } from '../compare-times.ts'
import { contentUses, type ContentUse } from './cross-runs.ts'
import { filesHolding } from './file-nodes.ts'
import {
  runOf,
  type Asking,
  type Direction,
  type OtherVersion,
  type TraceEdge,
  type TraceStart,
} from './trace.ts'

/** Where a walk begins, and the edges from there into records. */
export interface Beginning {
  start: TraceStart
  edges: readonly TraceEdge[]
}

/**
 * Finds what people mean: a file on disk (its bytes are hashed, and what was recorded at its path is looked up), a
 * content, a run (what it made), or a node of a record.
 *
 * @throws UsageError for a file that cannot be read and of which no run knows.
 */
export async function begin(asking: Asking, direction: Direction, asked: string): Promise<Beginning> {
  if (!/^(urn|ni|pkg|https?|file):/i.test(asked)) return beginAtFile(asking, direction, resolve(asked), asked)
  if (/^file:/i.test(asked)) return beginAtFile(asking, direction, new URL(asked), asked)
  const run = runOf(asked)
  if (run === undefined) return beginAtContent(asking, direction, asked, { asked })
  if (run !== asked) return { start: { asked, iris: [asked], known: true, otherVersions: [] }, edges: [] }
  const made = await ask(asking.engine, 'data-products', { run: [run] }, asking.signal)
  return {
    start: { asked, iris: [run], known: made.length > 0, otherVersions: [] },
    edges: made.map((row) => ({ from: run, to: text(row, 'file'), relation: 'version', strength: 'seen' })),
  }
}

async function beginAtFile(
  asking: Asking,
  direction: Direction,
  file: string | URL,
  asked: string,
): Promise<Beginning> {
  const hash = await contentOf(file)
  const urls = placesOf(file)
  const there = (await contentUses(asking, { url: urls })).filter(({ content }) => content !== hash.content)
  const url = urls[0] ?? asked
  if (hash.content !== undefined) {
    return beginAtContent(asking, direction, hash.content, {
      asked,
      url,
      otherVersions: otherVersions(there),
    })
  }
  if (there.length > 0) {
    return { start: { asked, iris: [], url, known: false, otherVersions: otherVersions(there) }, edges: [] }
  }
  throw new UsageError(`Cannot read ${asked}: ${hash.fault}`, {
    place: { file: asked },
    cause: hash.cause,
    advice:
      'No run has recorded a file of this path either; give a file, or an IRI that `vampira show` prints.',
  })
}

async function beginAtContent(
  asking: Asking,
  direction: Direction,
  content: string,
  rest: { asked: string; url?: string; otherVersions?: readonly OtherVersion[] },
): Promise<Beginning> {
  const uses = await contentUses(asking, { content: [content] })
  const runs = new Set(
    uses.filter(({ role }) => direction === 'impact' || role === 'generated').map(({ run }) => run),
  )
  const versions = runs.size === 0 ? [] : await filesHolding(asking, [content], [...runs])
  const entered = versions.filter(({ maker }) => direction === 'impact' || maker !== undefined)
  return {
    start: { otherVersions: [], ...rest, iris: [content], known: uses.length > 0 },
    edges: entered.map(({ iri }) => ({ from: content, to: iri, relation: 'version', strength: 'seen' })),
  }
}

function otherVersions(uses: readonly ContentUse[]): OtherVersion[] {
  return uses
    .toSorted((a, b) => compareTimes(b.started, a.started))
    .map(({ content, run, started, role, url }) => ({
      content,
      run,
      started,
      role: role as OtherVersion['role'],
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
