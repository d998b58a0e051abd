import { countOf } from '../src/count-of.ts'
import { formatDuration } from '../src/report/format-quantity.ts'
import type { FunctionShare } from '../src/index.ts'

/** What functions can be ordered by. */
export const functionOrders = ['name', 'calls', 'time', 'change'] as const
export type FunctionOrder = (typeof functionOrders)[number]

export function orderFunctions(functions: readonly FunctionShare[], by: FunctionOrder): FunctionShare[] {
  const most = (values: FunctionShare['calls']) => Math.max(values[0] ?? 0, values[1] ?? 0)
  const weight = ({ calls, selfSeconds, callShare }: FunctionShare) =>
    by === 'calls'
      ? most(calls)
      : by === 'time'
        ? most(selfSeconds)
        : by === 'change'
          ? Math.abs((callShare[0] ?? 0) - (callShare[1] ?? 0))
          : 0
  return functions.toSorted((a, b) => weight(b) - weight(a))
}

export function shareText(
  { calls, callShare, selfSeconds }: FunctionShare,
  side: number,
  timed: boolean,
): string | undefined {
  const [count, share, seconds] = [calls[side], callShare[side], selfSeconds[side]]
  if (count === undefined || share === undefined) return undefined
  const time = timed && seconds !== undefined ? `, ${formatDuration(seconds)}` : ''
  return `${countOf(count, 'call')}, ${Number((share * 100).toPrecision(2))} %${time}`
}
