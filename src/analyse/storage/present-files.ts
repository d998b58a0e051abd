import type { StorageFacts } from './storage-facts.ts'

/** Size in bytes of the file at a `file:` URL now, or undefined if there is none. */
export type LookAtFile = (url: string) => Promise<number | undefined>

/** Where contents are now. */
export interface PresentFiles {
  /** URLs by content. */
  places: ReadonlyMap<string, readonly string[]>
  /** Sources whose content the store kept itself. */
  kept: ReadonlySet<string>
}

/**
 * Where contents are now: at each place, what the latest run that read or made a file there found or left, if a file of
 * that size is still there. Earlier contents were overwritten.
 *
 * @param lookAt without it, what was left last is taken to be there
 */
export async function findPresentFiles({ runs }: StorageFacts, lookAt?: LookAtFile): Promise<PresentFiles> {
  const latest = new Map<string, { content: string; sizeBytes: number | undefined }>()
  const sizes = new Map<string, number>()
  const kept = new Set<string>()
  for (const { makings, readings } of runs.values()) {
    for (const { content, sizeBytes } of makings) if (sizeBytes !== undefined) sizes.set(content, sizeBytes)
    for (const { url, content, isKept } of readings) {
      if (isKept) kept.add(content)
      latest.set(url, { content, sizeBytes: sizes.get(content) })
    }
    for (const { url, content, sizeBytes } of makings) latest.set(url, { content, sizeBytes })
  }
  const places = new Map<string, string[]>()
  await Promise.all(
    [...latest].map(async ([url, { content, sizeBytes }]) => {
      if (lookAt !== undefined) {
        const size = await lookAt(url)
        if (size === undefined || (sizeBytes !== undefined && size !== sizeBytes)) return
      }
      const known = places.get(content)
      if (known === undefined) places.set(content, [url])
      else known.push(url)
    }),
  )
  for (const urls of places.values()) urls.sort()
  return { places, kept }
}
