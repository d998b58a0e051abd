import { groupBy } from '../../group-by.ts'
import type { CallPair } from './align-calls.ts'
import type { PlacedCall } from './run-calls.ts'

/** Calls under an aligned caller that stand beside no call of the other run. */
export interface UnalignedCalls {
  /** Name of the caller in the first run; `the run` for what nothing recorded called. */
  caller: string
  name: string
  /** In the first run and in the second. Groups count as one. */
  calls: readonly [number, number]
}

/** By caller and name, without what such calls themselves called. */
export function unalignedCalls(aligned: readonly CallPair[]): UnalignedCalls[] {
  const paired = new Set(aligned.flat())
  // Which of their calls are grouped, and under whom, is chance.
  const grouped = new Set(
    [...paired].flatMap(({ callees }) => callees.flatMap(({ isGroup, name }) => (isGroup ? [name] : []))),
  )
  const alone = aligned.flatMap(([one, other]) => [
    ...one.callees.filter((each) => !paired.has(each)).map((call) => ({ caller: one, call, side: 0 })),
    ...other.callees.filter((each) => !paired.has(each)).map((call) => ({ caller: one, call, side: 1 })),
  ])
  const keyOf = ({ caller, call }: { caller: PlacedCall; call: PlacedCall }) => `${caller.name}\n${call.name}`
  const told = alone.filter(({ call }) => !grouped.has(call.name))
  return [...groupBy(told, keyOf).values()].map((same) => ({
    caller: same[0]!.caller.name,
    name: same[0]!.call.name,
    calls: [same.filter(({ side }) => side === 0).length, same.filter(({ side }) => side === 1).length],
  }))
}
