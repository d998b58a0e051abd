import { compareTimes } from '../../compare-times.ts'
import type { ContentUse } from './content-uses.ts'
import type { Strength } from './trace.ts'

/** What is known of the file that somebody made. */
export interface FileMeant {
  /** Where it is: URLs that name the same place. */
  urls: readonly string[]
  /** Whether this run was there when it must have been made. */
  inTime: (maker: ContentUse) => boolean
}

/**
 * Contents below so many bytes are too common for a copy: an empty file, a number, a flag. Equal ones at different
 * paths say nothing.
 */
export const triviallySmall = 32

/**
 * Of runs that made the same bytes, the one that made the file that is meant: at its path, in time, the latest. It is
 * seen where path and time agree. Elsewhere the bytes may have been copied by somebody: possible, unless they are
 * trivial.
 */
export function likeliestMaker(
  makers: readonly ContentUse[],
  { urls, inTime }: FileMeant,
): { maker: ContentUse; strength: Strength } | undefined {
  const isThere = ({ url }: ContentUse) => urls.includes(url)
  const fits = (maker: ContentUse) => (isThere(maker) ? 2 : 0) + (inTime(maker) ? 1 : 0)
  const isBefore = (one: ContentUse, other: ContentUse) =>
    (fits(other) - fits(one) || compareTimes(other.started, one.started) || later(one, other)) < 0
  let maker: ContentUse | undefined
  for (const each of makers) {
    if (!isThere(each) && isTrivial(each)) continue
    if (maker === undefined || isBefore(each, maker)) maker = each
  }
  return maker && { maker, strength: fits(maker) === 3 ? 'seen' : 'possible' }
}

export function isTrivial({ size }: ContentUse): boolean {
  return size !== undefined && size < triviallySmall
}

/** Runs that started at the same moment are in the order of their UUIDs. */
function later(one: ContentUse, other: ContentUse): number {
  return one.run === other.run ? 0 : one.run > other.run ? -1 : 1
}
