import { askInBatches, text } from '../ask.ts'
import { numberOf } from '../read-row.ts'
import type { Asking } from './trace.ts'

/** A run that read or wrote a content. */
export interface ContentUse {
  content: string
  run: string
  role: string
  started: string
  ended: string | undefined
  url: string
  /** Bytes; absent where the summary does not say. */
  size: number | undefined
}

/** Who read or wrote these contents, or what was at these places: from the summaries of all runs. */
export async function contentUses(
  asking: Asking,
  by: { content: readonly string[] } | { url: readonly string[] },
): Promise<ContentUse[]> {
  const [parameter, terms] = 'content' in by ? (['content', by.content] as const) : (['url', by.url] as const)
  const rows = await askInBatches(asking, 'who-used-a-file', parameter, terms)
  return rows.map((row) => ({
    content: text(row, 'content'),
    run: text(row, 'run'),
    role: text(row, 'role'),
    started: text(row, 'started'),
    ended: row['ended']?.value,
    url: text(row, 'url'),
    size: numberOf(row, 'size'),
  }))
}

/** The same by content, each asked about once. */
export class KnownUses {
  readonly #asking: Asking
  readonly #uses = new Map<string, ContentUse[]>()

  constructor(asking: Asking) {
    this.#asking = asking
  }

  async of(contents: readonly string[]): Promise<ReadonlyMap<string, readonly ContentUse[]>> {
    const unknown = [...new Set(contents)].filter((content) => !this.#uses.has(content))
    for (const content of unknown) this.#uses.set(content, [])
    for (const use of await contentUses(this.#asking, { content: unknown }))
      this.#uses.get(use.content)?.push(use)
    return this.#uses
  }
}
