/** Where each item of a database of sequences first and last is: item → sequence → positions. */
export interface OccurrenceIndex {
  /** How many sequences there are. */
  sequences: number
  first: ReadonlyMap<string, ReadonlyMap<number, number>>
  last: ReadonlyMap<string, ReadonlyMap<number, number>>
}

/** In so many sequences all of `before` come before all of `after`. */
export interface SequentialRule {
  before: readonly string[]
  after: readonly string[]
  /** Sequences in which it holds, by number. */
  holdsIn: readonly number[]
  /** How many these are. */
  support: number
  /** Sequences that have all of `before`. */
  beforeSupport: number
  /** `support / beforeSupport` */
  confidence: number
  /** Confidence beside the share of sequences that have all of `after`: above 1 where `before` speaks for it. */
  lift: number
}

export interface RuleBounds {
  /** Least number of sequences. */
  minSupport: number
  minConfidence: number
  /** Most items on the left and on the right; absent: any number. */
  maxBefore?: number
  maxAfter?: number
  /** Only rules whose left side is of these. */
  beforeOf?: ReadonlySet<string>
}

/** A rule that grows: of each sequence where the left side is complete and the right side begins to end. */
interface Growing {
  before: readonly string[]
  after: readonly string[]
  held: ReadonlyMap<number, { complete: number; ends: number }>
}

/** @param sequences each a list of sets of items that happen at once */
export function indexOccurrences(
  sequences: Iterable<readonly (readonly string[])[]>,
): OccurrenceIndex & { add(item: string, sequence: number, position: number): void } {
  const first = new Map<string, Map<number, number>>()
  const last = new Map<string, Map<number, number>>()
  const add = (item: string, sequence: number, position: number) => {
    keep(first, item, sequence, Math.min(position, first.get(item)?.get(sequence) ?? Infinity))
    keep(last, item, sequence, Math.max(position, last.get(item)?.get(sequence) ?? -Infinity))
  }
  let count = 0
  for (const sets of sequences) {
    for (const [position, items] of sets.entries()) for (const item of items) add(item, count, position)
    count++
  }
  return { sequences: count, first, last, add }
}

function keep(index: Map<string, Map<number, number>>, item: string, sequence: number, at: number): void {
  const known = index.get(item)
  if (known === undefined) index.set(item, new Map([[sequence, at]]))
  else known.set(sequence, at)
}

/**
 * The sequential rules of a database: RuleGrowth of P. Fournier-Viger, R. Nkambou and V. S.-M. Tseng, "RuleGrowth: mining
 * sequential rules common to several sequences by pattern-growth", SAC 2011. A rule of two items grows to the right and
 * then to the left, each time by an item that sorts after those of its side, so that none is found twice.
 */
export function growRules(index: OccurrenceIndex, bounds: RuleBounds): SequentialRule[] {
  const { minSupport, maxBefore = Infinity, maxAfter = Infinity, beforeOf } = bounds
  const frequent = [...index.first.keys()].filter((item) => index.first.get(item)!.size >= minSupport)
  const found: SequentialRule[] = []
  const enough = (rule: Growing) => rule.held.size >= minSupport

  const growLeft = (rule: Growing): void => {
    keepRule(index, bounds, rule, found)
    if (rule.before.length >= maxBefore) return
    const largest = rule.before.at(-1)!
    for (const item of frequent) {
      if (item <= largest || rule.after.includes(item) || beforeOf?.has(item) === false) continue
      const held: Map<number, { complete: number; ends: number }> = new Map()
      const first = index.first.get(item)!
      for (const [sequence, { complete, ends }] of rule.held) {
        const at = first.get(sequence)
        if (at !== undefined && at < ends) held.set(sequence, { complete: Math.max(complete, at), ends })
      }
      const grown = { before: [...rule.before, item], after: rule.after, held }
      if (enough(grown)) growLeft(grown)
    }
  }
  const growRight = (rule: Growing): void => {
    growLeft(rule)
    if (rule.after.length >= maxAfter) return
    const largest = rule.after.at(-1)!
    for (const item of frequent) {
      if (item <= largest || rule.before.includes(item)) continue
      const grown = { before: rule.before, after: [...rule.after, item], held: endingWith(index, rule, item) }
      if (enough(grown)) growRight(grown)
    }
  }
  for (const item of beforeOf ?? frequent) {
    const first = index.first.get(item)
    if (first === undefined || first.size < minSupport) continue
    const alone: Growing = {
      before: [item],
      after: [],
      held: new Map([...first].map(([sequence, at]) => [sequence, { complete: at, ends: Infinity }])),
    }
    for (const follower of frequent) {
      if (follower === item) continue
      const rule = { before: [item], after: [follower], held: endingWith(index, alone, follower) }
      if (enough(rule)) growRight(rule)
    }
  }
  return found
}

/** Of the sequences in which a rule holds, those in which this item still comes after its left side. */
function endingWith(index: OccurrenceIndex, { held }: Growing, item: string): Growing['held'] {
  const last = index.last.get(item)!
  const still = new Map<number, { complete: number; ends: number }>()
  const [fewer, more] = held.size < last.size ? [held, last] : [last, held]
  for (const sequence of fewer.keys()) {
    if (!more.has(sequence)) continue
    const { complete, ends } = held.get(sequence)!
    const at = last.get(sequence)!
    if (at > complete) still.set(sequence, { complete, ends: Math.min(ends, at) })
  }
  return still
}

function keepRule(
  index: OccurrenceIndex,
  { minConfidence }: RuleBounds,
  { before, after, held }: Growing,
  found: SequentialRule[],
): void {
  const beforeSupport = sequencesWith(index, before)
  const support = held.size
  const confidence = support / beforeSupport
  if (confidence < minConfidence) return
  const lift = confidence / (sequencesWith(index, after) / index.sequences)
  found.push({ before, after, holdsIn: [...held.keys()], support, beforeSupport, confidence, lift })
}

/** How many sequences have all of these items, in whatever order. */
function sequencesWith(index: OccurrenceIndex, items: readonly string[]): number {
  const lists = items.map((item) => index.first.get(item)!).toSorted((a, b) => a.size - b.size)
  const [least, ...others] = lists
  let count = 0
  for (const sequence of least!.keys()) if (others.every((list) => list.has(sequence))) count++
  return count
}
