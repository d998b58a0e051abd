import type { Datum } from './datum.ts'
import type { PlacedCall, RunCalls } from './run-calls.ts'

/** What went into a call and into all that it called, and what came out: what they made for each other left out. */
export interface Boundary {
  arguments: readonly Datum[]
  filesRead: readonly Datum[]
  /** What the call itself returned or changed. */
  results: readonly Datum[]
  /** Files that were there when it had ended. */
  filesWritten: readonly Datum[]
}

/** Package's own facts are of the environment, not data. */
const packageFacts = /\.(dist|egg)-info\//

/** Boundaries of all calls of a run, callees' within their callers'. */
export function readBoundaries({ run, readers }: RunCalls): ReadonlyMap<PlacedCall, Boundary> {
  const found = new Map<PlacedCall, Boundary>()
  for (const call of calleesFirst(run)) {
    const parts = call.callees.map((each) => found.get(each)!)
    const read = [...call.used.filter(isFile), ...parts.flatMap(({ filesRead }) => filesRead)]
    const written = [...call.generated.filter(isFile), ...parts.flatMap(({ filesWritten }) => filesWritten)]
    const made = new Set(written.map(({ entity }) => entity))
    const gone = new Set(call.invalidated)
    const isKept = ({ entity, isScratch }: Datum) =>
      !gone.has(entity) &&
      (!isScratch || (readers.get(entity) ?? []).some((reader) => !isWithin(reader, call)))
    // A callee's result may have been removed by another callee.
    for (const each of call.callees) for (const entity of each.invalidated) gone.add(entity)
    found.set(call, {
      arguments: call.used.filter((each) => !isFile(each)),
      filesRead: distinct(
        read.filter(({ entity, path = '' }) => !made.has(entity) && !packageFacts.test(path)),
      ),
      results: call.generated.filter((each) => !isFile(each)),
      filesWritten: distinct(written.filter(isKept)),
    })
  }
  return found
}

function calleesFirst(run: PlacedCall): PlacedCall[] {
  const order: PlacedCall[] = []
  const open = [run]
  for (let call = open.pop(); call !== undefined; call = open.pop()) {
    order.push(call)
    open.push(...call.callees)
  }
  return order.toReversed()
}

function isWithin(call: PlacedCall, outer: PlacedCall): boolean {
  for (let at: PlacedCall | undefined = call; at !== undefined; at = at.caller) if (at === outer) return true
  return false
}

function isFile({ path }: Datum): boolean {
  return path !== undefined
}

function distinct(data: readonly Datum[]): Datum[] {
  return [...new Map(data.map((each) => [each.entity, each])).values()]
}
