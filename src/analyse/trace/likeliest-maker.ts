import { compareTimes } from '../compare-times.ts'
import type { ContentUse } from './content-uses.ts'

/** What is known of the file that somebody made. */
export interface FileMeant {
  /** Where it is: URLs that name the same place. */
  urls: readonly string[]
  /** Whether this run was there when it must have been made. */
  inTime: (maker: ContentUse) => boolean
}

/**
 * Of runs that made the same bytes, the one that made the file that is meant: at its path, in time, the latest.
 *
 * @param makers at least one
 */
export function likeliestMaker(makers: readonly ContentUse[], { urls, inTime }: FileMeant): ContentUse {
  const fits = (maker: ContentUse) => (urls.includes(maker.url) ? 2 : 0) + (inTime(maker) ? 1 : 0)
  const ranked = makers.toSorted(
    (one, other) => fits(other) - fits(one) || compareTimes(other.started, one.started) || later(one, other),
  )
  return ranked[0]!
}

/** Runs that started at the same moment are in the order of their UUIDs. */
function later(one: ContentUse, other: ContentUse): number {
  return one.run === other.run ? 0 : one.run > other.run ? -1 : 1
}
