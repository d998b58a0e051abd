import type { MarkKind, PipelineTraits } from './pipeline-traits.ts'

/** What each kind of marks counts: equal code says most, kinds of data least. */
const weights: Readonly<Record<MarkKind, number>> = {
  code: 3,
  order: 2,
  name: 1,
  signature: 1,
  parameter: 1,
  data: 0.5,
}

/** In how many pipelines each mark is: what all have tells them not apart (K. Spärck Jones, 1972). */
export function rarity(all: readonly PipelineTraits[]): (mark: string) => number {
  const counts = new Map<string, number>()
  for (const { marks } of all) for (const mark of marks.keys()) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  return (mark) => Math.log(1 + all.length / (counts.get(mark) ?? 1))
}

/**
 * The weighted Jaccard similarity of two pipelines' marks, 0 to 1: of each kind by itself, so that a pipeline of many
 * parameters is not told by these alone, and then their mean by weight.
 */
export function similarity(
  one: PipelineTraits,
  other: PipelineTraits,
  rarityOf: (mark: string) => number,
): number {
  const shared = new Map<MarkKind, number>()
  const total = new Map<MarkKind, number>()
  const add = (sums: Map<MarkKind, number>, kind: MarkKind, mark: string) =>
    sums.set(kind, (sums.get(kind) ?? 0) + rarityOf(mark))
  for (const [mark, kind] of one.marks) {
    add(total, kind, mark)
    if (other.marks.has(mark)) add(shared, kind, mark)
  }
  for (const [mark, kind] of other.marks) if (!one.marks.has(mark)) add(total, kind, mark)
  let [sum, weight] = [0, 0]
  for (const [kind, all] of total) {
    sum += (weights[kind] * (shared.get(kind) ?? 0)) / all
    weight += weights[kind]
  }
  return weight === 0 ? 0 : sum / weight
}

/** The plain Jaccard similarity of component names, which ours is to beat. */
export function jaccardOfNames(one: PipelineTraits, other: PipelineTraits): number {
  const [here, there] = [one, other].map(({ components }) => new Set(components.map(({ name }) => name))) as [
    Set<string>,
    Set<string>,
  ]
  const both = [...here].filter((name) => there.has(name)).length
  const either = here.size + there.size - both
  return either === 0 ? 0 : both / either
}
