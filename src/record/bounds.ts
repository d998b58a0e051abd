import type { Frame } from './frame.ts'
import type { ComponentPair } from './component-pair.ts'
import type { Detail } from './run.ts'

/** Calls of a pair that are kept because they are the slowest, and as many because they are the largest. */
const ranked = 3

/** A place for a call among the slowest or largest of its pair. */
interface Rank {
  value: number
  /** Absent where it is kept anyway. */
  frame: Frame | undefined
}

/** Which calls are kept one by one; see docs/model.md, "Bounded by code, not by loops". */
export class Bounds {
  /** First calls of a pair, and first values of a generator, that are kept in full. */
  readonly first: number
  readonly #detail: Detail
  readonly #ranks = new Map<ComponentPair, { slowest: Rank[]; largest: Rank[] }>()

  constructor(detail: Detail, first = 200) {
    this.#detail = detail
    this.first = detail === 'full' ? Infinity : detail === 'adaptive' ? first : 0
  }

  keepsFromStart(pair: ComponentPair): boolean {
    return pair.recorded <= this.first || pair.component.kind === 'Module'
  }

  /** Gives an ended call its place among the slowest and largest; returns the calls that lost all of theirs. */
  rank(frame: Frame): Frame[] {
    if (this.#detail !== 'adaptive') return []
    const out: Frame[] = []
    const { slowest, largest } = this.#ranksOf(frame.pair)
    for (const [ranks, value] of [
      [slowest, frame.wall],
      [largest, frame.peak],
    ] as const) {
      const evicted = value === undefined ? undefined : place(ranks, value, frame)
      if (evicted?.ref === undefined && evicted !== undefined && --evicted.claims === 0) out.push(evicted)
    }
    return out
  }

  #ranksOf(pair: ComponentPair): { slowest: Rank[]; largest: Rank[] } {
    let ranks = this.#ranks.get(pair)
    if (ranks === undefined) this.#ranks.set(pair, (ranks = { slowest: [], largest: [] }))
    return ranks
  }
}

function place(ranks: Rank[], value: number, frame: Frame): Frame | undefined {
  const least = ranks[0]
  const isFull = ranks.length >= ranked
  if (isFull && least !== undefined && value <= least.value) return undefined
  if (frame.ref === undefined) frame.claims++
  if (isFull) ranks.shift()
  ranks.push({ value, frame: frame.ref === undefined ? frame : undefined })
  ranks.sort((a, b) => a.value - b.value)
  return isFull ? least?.frame : undefined
}
