import type { PlacedCall } from './run-calls.ts'

/** A call of one run and the one that stands in its place in the other. */
export type CallPair = readonly [PlacedCall, PlacedCall]

/** Calls put in or left out beyond which the rest is paired by name and number: the search grows with their square. */
const mostEdits = 1500

/**
 * Pairs the calls of two runs from the outermost inwards: callees of a pair are paired by the longest common
 * subsequence of what they were called with, then, between those, of their names (E. W. Myers, An O(ND) difference
 * algorithm and its variations, Algorithmica 1, 1986, as the library `diff` has it).
 *
 * @returns callers before their callees, and those in the order in which they started
 */
export async function alignCalls(one: PlacedCall, other: PlacedCall): Promise<CallPair[]> {
  const { diffArrays } = await import('diff')
  /** Pairs of equal keys, in order, and what is left between them. */
  const pairBy = (
    left: readonly PlacedCall[],
    right: readonly PlacedCall[],
    keyOf: (call: PlacedCall) => string,
  ) => {
    const changes = diffArrays(left.map(keyOf), right.map(keyOf), { maxEditLength: mostEdits })
    if (changes === undefined) return { pairs: pairByNumber(left, right), gaps: [] }
    const pairs: CallPair[] = []
    const gaps: [PlacedCall[], PlacedCall[]][] = [[[], []]]
    let [from, to] = [0, 0]
    for (const { added, removed, count } of changes) {
      if (removed) gaps.at(-1)![0].push(...left.slice(from, from + count))
      else if (added) gaps.at(-1)![1].push(...right.slice(to, to + count))
      else {
        for (let n = 0; n < count; n++) pairs.push([left[from + n]!, right[to + n]!])
        gaps.push([[], []])
      }
      if (!added) from += count
      if (!removed) to += count
    }
    return { pairs, gaps }
  }
  const pairCallees = ([a, b]: CallPair): CallPair[] => {
    const { pairs, gaps } = pairBy(a.callees, b.callees, calledWith)
    for (const [left, right] of gaps) {
      if (left.length === 0 || right.length === 0) continue
      pairs.push(...pairBy(left, right, ({ name }) => name).pairs)
    }
    // The script itself may have another name.
    if (pairs.length === 0 && a === one && a.callees.length === 1 && b.callees.length === 1)
      pairs.push([a.callees[0]!, b.callees[0]!])
    const place = new Map(a.callees.map((call, index) => [call, index]))
    return pairs.toSorted((p, q) => place.get(p[0])! - place.get(q[0])!)
  }
  const aligned: CallPair[] = []
  const open: CallPair[] = [[one, other]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    aligned.push(pair)
    open.push(...pairCallees(pair).toReversed())
  }
  return aligned
}

function calledWith({ name, used }: PlacedCall): string {
  return [
    name,
    ...used.flatMap(({ role, path, identity }) => (path === undefined ? [`${role}=${identity}`] : [])),
  ].join('\n')
}

function pairByNumber(left: readonly PlacedCall[], right: readonly PlacedCall[]): CallPair[] {
  const numbered = (calls: readonly PlacedCall[]) => {
    const counts = new Map<string, number>()
    return calls.map((call) => {
      const count = (counts.get(call.name) ?? 0) + 1
      counts.set(call.name, count)
      return [`${call.name}\n${count}`, call] as const
    })
  }
  const others = new Map(numbered(right))
  return numbered(left).flatMap(([key, call]) => {
    const other = others.get(key)
    return other === undefined ? [] : [[call, other] as const]
  })
}
