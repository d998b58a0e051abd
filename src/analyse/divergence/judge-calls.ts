import { NamesOfFiles } from '../names-of-files.ts'
import type { CallPair } from './align-calls.ts'
import type { Boundary } from './boundary.ts'
import { pairFiles, pairValues, type DatumPair } from './compare-data.ts'
import type { PlacedCall, RunCalls } from './run-calls.ts'

/** Two calls in the same place, and whether what went in and what came out was the same. */
export interface JudgedPair {
  calls: CallPair
  inputs: readonly DatumPair[]
  outputs: readonly DatumPair[]
  /** Whether inputs differ, or may: bytes of a value are not known, and where it came from differs. */
  inputsDiffer: boolean
  outputsDiffer: boolean
}

/** @param aligned callers before their callees, in the order of their starts */
export function judgeCalls(
  aligned: readonly CallPair[],
  [one, other]: readonly [RunCalls, RunCalls],
  boundaries: readonly [ReadonlyMap<PlacedCall, Boundary>, ReadonlyMap<PlacedCall, Boundary>],
): JudgedPair[] {
  const names = new NamesOfFiles([one.paths, other.paths])
  const judged = new Map<PlacedCall, JudgedPair>()
  /** Pairs below which something differs that no argument shows: what they hold may have come from it. */
  const tainted = new Set<PlacedCall>()
  for (const calls of aligned) {
    const [a, b] = calls
    const [here, there] = [boundaries[0].get(a)!, boundaries[1].get(b)!]
    // What is kept of a group's values is of the calls that were looked at, which is chance.
    const isSample = a.isGroup || b.isGroup
    const inputs = [
      ...(isSample ? [] : pairValues(here.arguments, there.arguments, names)),
      ...pairCommands(calls, names),
      ...pairFiles(here.filesRead, there.filesRead, names),
    ]
    const outputs = [
      ...pairEnds(calls),
      ...(isSample ? [] : pairValues(here.results, there.results, names)),
      ...pairFiles(here.filesWritten, there.filesWritten, names),
    ]
    const isTainted = a.caller !== undefined && tainted.has(a.caller)
    const mayDiffer = ({ one: datum, agreement }: DatumPair) => {
      if (agreement !== 'unknown') return agreement === 'differ'
      const maker = datum && one.makers.get(datum.entity)
      if (maker === undefined || maker === a) return isTainted
      const made = judged.get(maker)
      return made === undefined || made.inputsDiffer || made.outputsDiffer
    }
    // Who takes no argument may look at what differs outside, such as the command line, and who is defined in another's
    // body at what that holds; what a group was given is not known.
    const seesOutside = inputs.every((each) => each.one?.path !== undefined) || isWithinBody(a) || isSample
    const inputsDiffer = inputs.some(mayDiffer) || (isTainted && seesOutside)
    const outputsDiffer = outputs.some(({ agreement }) => agreement === 'differ')
    judged.set(a, { calls, inputs, outputs, inputsDiffer, outputsDiffer })
    if (inputsDiffer || outputsDiffer) {
      if (inputsDiffer) tainted.add(a)
      // What the caller's body goes on with may have come of it.
      if (a.caller !== undefined) tainted.add(a.caller)
    }
  }
  return [...judged.values()]
}

/** `draw.<locals>.place`, or a lambda. */
function isWithinBody({ name }: PlacedCall): boolean {
  return /<locals>|<lambda>/.test(name)
}

/** Command lines: of a program its arguments; of the run those of its script, since where Python is says nothing. */
function pairCommands([a, b]: CallPair, names: NamesOfFiles): DatumPair[] {
  if (a.commandLine === undefined || b.commandLine === undefined) return []
  const [one, other] = [argumentsOf(a), argumentsOf(b)]
  return [
    {
      one: commandDatum(one),
      other: commandDatum(other),
      agreement: names.isSame(JSON.stringify(one), JSON.stringify(other)) ? 'agree' : 'differ',
    },
  ]
}

function argumentsOf({ commandLine = '[]' }: PlacedCall): string[] {
  return (JSON.parse(commandLine) as string[]).slice(1)
}

function commandDatum(words: readonly string[]): NonNullable<DatumPair['one']> {
  return { entity: '', role: 'command line', outline: '', shown: words.join(' '), isScratch: false }
}

/** An exception is what came out as well. */
function pairEnds([a, b]: CallPair): DatumPair[] {
  if (a.failure === undefined && b.failure === undefined) return []
  const endOf = ({ failure }: PlacedCall) =>
    ({ entity: '', role: 'end', outline: '', shown: failure ?? 'completed', isScratch: false }) as const
  return [{ one: endOf(a), other: endOf(b), agreement: a.failure === b.failure ? 'agree' : 'differ' }]
}
