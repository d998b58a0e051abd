import { groupBy } from '../../group-by.ts'
import { compareTimes } from '../../compare-times.ts'
import type { Row } from '../../sparql/answer.ts'
import { text } from '../ask.ts'
import { textOf } from '../read-row.ts'
import { readDatum, type Datum } from './datum.ts'

/** A call in its place, or a group of calls, or the run itself, which called what nobody else did. */
export interface PlacedCall {
  id: string
  name: string
  version: string | undefined
  calledFrom: string | undefined
  /** As RDF has it; empty of the run. */
  started: string
  ended: string
  /** How it ended where that was not well: an exception or an exit code. */
  failure: string | undefined
  commandLine: string | undefined
  isGroup: boolean
  caller: PlacedCall | undefined
  /** In the order in which they started. */
  callees: PlacedCall[]
  /** Arguments, then files. */
  used: readonly Datum[]
  /** What it returned or changed, and the files that it wrote. */
  generated: readonly Datum[]
  /** Entities that it overwrote, moved or removed. */
  invalidated: readonly string[]
}

/** All calls of a run. */
export interface RunCalls {
  run: PlacedCall
  /** Makers by the IRIs of what they made. */
  makers: ReadonlyMap<string, PlacedCall>
  /** Readers by the IRIs of the files that they read. */
  readers: ReadonlyMap<string, readonly PlacedCall[]>
  paths: ReadonlySet<string>
}

/**
 * @param calls rows of the query `uc8-calls-of-runs`
 * @param data rows of the query `uc8-data-of-calls`, of the same run
 */
export function readCalls(id: string, calls: readonly Row[], data: readonly Row[]): RunCalls {
  const dataOf = groupBy(data, (row) => text(row, 'call'))
  const placed = new Map<string, PlacedCall>()
  const nobody = { ...readCall(id, [{}], []), name: 'the run' }
  for (const [call, rows] of groupBy(calls, (row) => text(row, 'call')))
    placed.set(call, readCall(call, rows, dataOf.get(call) ?? []))
  const known = placed.get(id)
  const run = known === undefined ? nobody : { ...known, name: nobody.name }
  placed.delete(id)
  const callers = new Map(calls.map((row) => [text(row, 'call'), text(row, 'caller')]))
  for (const each of [...placed.values()].toSorted(inOrder)) {
    each.caller = placed.get(callers.get(each.id) ?? '') ?? run
    each.caller.callees.push(each)
  }
  const makers = new Map<string, PlacedCall>()
  const readers = new Map<string, PlacedCall[]>()
  const paths = new Set<string>()
  for (const call of placed.values()) {
    for (const { entity } of call.generated) makers.set(entity, call)
    for (const { entity, path } of call.used)
      if (path !== undefined) readers.set(entity, [...(readers.get(entity) ?? []), call])
    for (const { path, fullPath } of [...call.used, ...call.generated])
      for (const each of [path, fullPath]) if (each !== undefined) paths.add(each)
  }
  return { run, makers, readers, paths }
}

function inOrder(a: PlacedCall, b: PlacedCall): number {
  return compareTimes(a.started, b.started) || (a.id < b.id ? -1 : 1)
}

function readCall(id: string, [row = {}]: readonly Row[], data: readonly Row[]): PlacedCall {
  const of = (direction: string) => {
    const rows = data.filter((each) => text(each, 'direction') === direction)
    return [
      ...new Map(
        rows.map((each) => [`${text(each, 'entity')} ${text(each, 'port')}`, readDatum(each)]),
      ).values(),
    ]
  }
  const exit = textOf(row, 'exitCode')
  const status = textOf(row, 'status')
  const exception = [textOf(row, 'exceptionType'), textOf(row, 'message')].filter(Boolean).join(': ')
  const failed = (status !== undefined && status !== 'Completed') || (exit !== undefined && exit !== '0')
  return {
    id,
    // The label of a group says how many calls it stands for.
    name: text(row, 'name').replace(/ \(\d+ calls, \d+ grouped\)$/, ''),
    version: textOf(row, 'version'),
    calledFrom: textOf(row, 'calledFrom'),
    started: text(row, 'started'),
    ended: text(row, 'ended'),
    failure: failed
      ? exception || (exit === undefined ? status?.toLowerCase() : `exit code ${exit}`)
      : undefined,
    commandLine: textOf(row, 'commandLine'),
    isGroup: textOf(row, 'calls') !== undefined,
    caller: undefined,
    callees: [],
    used: of('used'),
    generated: of('generated'),
    invalidated: of('invalidated').map(({ entity }) => entity),
  }
}
