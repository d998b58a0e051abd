/** How often a month something is used, as far as reads tell. */
export interface UseRate {
  /** Runs that read it and did not make it. */
  reads: number
  /** When the latest of them started. */
  lastRead?: string
  /** Over which the reads were counted, at least one. */
  months: number
  perMonth: number
  /** 90 %; absent where the rate was given. */
  interval?: readonly [number, number]
}

const monthInMilliseconds = (365.25 / 12) * 86_400_000

/**
 * The rate of a Poisson process after so many reads, with Jeffreys' prior: half a read is added, so that what was never
 * read is not taken to be useless (H. Jeffreys, "Theory of Probability", 1961). The first month counts whole, since a
 * busy hour says nothing of a month.
 *
 * @param reads times at which runs that read it started
 */
export async function useRate(
  reads: readonly string[],
  times: { made: string; now: Date },
  given?: number,
): Promise<UseRate> {
  const age = (times.now.getTime() - Date.parse(times.made)) / monthInMilliseconds
  const months = Math.max(1, age || 0)
  const lastRead = reads.toSorted().at(-1)
  const counted = { reads: reads.length, ...(lastRead !== undefined && { lastRead }), months }
  if (given !== undefined) return { ...counted, perMonth: given }
  const shape = reads.length + 0.5
  const { default: distributions } = await import('jstat')
  const at = (probability: number) => distributions.gamma.inv(probability, shape, 1 / months)
  return { ...counted, perMonth: shape / months, interval: [at(0.05), at(0.95)] }
}
