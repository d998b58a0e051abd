/** How often a value occurred, or numbers of a range. */
export interface Bar {
  /** The value, or the smallest of a range. */
  value: string
  /** What the numbers of a range are below; of the last range, the largest of them. */
  to?: string
  calls: number
}

/** The values of a parameter and how often each occurred. */
export interface Histogram {
  /** `values`: a bar for each; `linear` and `logarithmic`: ranges of equal width or ratio; `commonest`: the rest has no bars. */
  scale: 'values' | 'linear' | 'logarithmic' | 'commonest'
  bars: readonly Bar[]
  /** Calls with values that have no bar. */
  others: number
}

const mostBars = 12
/** From such a ratio of the largest to the smallest on, ranges grow with their numbers. */
const wideRatio = 1000

/** A bar for each value where they are few; else ranges of numbers, as many as Sturges says (JASA 21(153), 1926). */
export function histogramOf(counts: ReadonlyMap<string, number>): Histogram {
  const all = [...counts].map(([value, calls]): Bar => ({ value, calls }))
  const numeric = all.every(({ value }) => value.trim() !== '' && Number.isFinite(Number(value)))
  if (all.length <= mostBars) {
    return {
      scale: 'values',
      bars: numeric
        ? all.toSorted((a, b) => Number(a.value) - Number(b.value))
        : all.toSorted((a, b) => b.calls - a.calls),
      others: 0,
    }
  }
  if (!numeric) {
    const sorted = all.toSorted((a, b) => b.calls - a.calls)
    const others = sorted.slice(mostBars).reduce((sum, { calls }) => sum + calls, 0)
    return { scale: 'commonest', bars: sorted.slice(0, mostBars), others }
  }
  return inRanges(all.map(({ value, calls }) => ({ number: Number(value), calls })))
}

function inRanges(all: readonly { number: number; calls: number }[]): Histogram {
  const total = all.reduce((sum, { calls }) => sum + calls, 0)
  const numbers = all.map(({ number }) => number)
  const [low, high] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))]
  const logarithmic = low > 0 && high / low >= wideRatio
  const [to, from] = logarithmic ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x]
  const count = Math.min(mostBars, Math.ceil(Math.log2(total) + 1))
  const width = (to(high) - to(low)) / count
  const edge = (at: number) => (at === 0 ? low : at === count ? high : from(to(low) + at * width))
  const calls = Array.from({ length: count }, () => 0)
  for (const { number, calls: more } of all)
    calls[Math.min(count - 1, Math.floor((to(number) - to(low)) / width))]! += more
  return {
    scale: logarithmic ? 'logarithmic' : 'linear',
    bars: calls.map((own, at) => ({ value: String(edge(at)), to: String(edge(at + 1)), calls: own })),
    others: 0,
  }
}

/**
 * Ranges as runs recorded them, whose widths are powers of two: the widest holds the others whole. Empty ones are left out.
 *
 * @param counts calls by the lower edge
 * @param width of the widest
 */
export function histogramOfRanges(counts: ReadonlyMap<number, number>, width: number): Histogram {
  const wide = new Map<number, number>()
  for (const [edge, calls] of counts) {
    const own = Math.floor(edge / width) * width
    wide.set(own, (wide.get(own) ?? 0) + calls)
  }
  return {
    scale: 'linear',
    bars: [...wide]
      .toSorted(([a], [b]) => a - b)
      .map(([edge, calls]) => ({ value: String(edge), to: String(edge + width), calls })),
    others: 0,
  }
}

/** What the ranges of one recorded histogram were at most wide: the least distance of two of their edges. */
export function widthOf(edges: readonly number[]): number {
  const sorted = edges.toSorted((a, b) => a - b)
  return sorted.slice(1).reduce((least, edge, at) => Math.min(least, edge - sorted[at]!), Infinity)
}
