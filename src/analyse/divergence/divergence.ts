import { compareTimes } from '../../compare-times.ts'
import { QueryError } from '../../errors.ts'
import type { Questions } from '../questions.ts'
import { alignCalls } from './align-calls.ts'
import { readBoundaries } from './boundary.ts'
import type { DatumPair } from './compare-data.ts'
import { judgeCalls, type JudgedPair } from './judge-calls.ts'
import { unalignedCalls, type UnalignedCalls } from './unaligned-calls.ts'
import { readCalls, type RunCalls } from './run-calls.ts'

/** A value or a file of a call that differs, or that only one run has. */
export interface DataDifference {
  /** Name of the parameter, `return`, `command line`, or path of the file in the first run. */
  role: string
  /** Path in the second run, where the file has another there. */
  otherRole?: string
  /** `end` is how a call ended: what it raised, its exit code, or `completed`. */
  kind: 'value' | 'file' | 'end'
  /** The values, or the beginnings of the files' digests. */
  values: readonly [string | undefined, string | undefined]
}

/** A call of the first run and the one in its place in the second. */
export interface DivergingCall {
  name: string
  /** IRIs of the calls, or of the runs themselves. */
  calls: readonly [string, string]
  /** File and line from which it was called in the first run, where that is known. */
  calledFrom?: string
  /** Whether the calls are of two versions of the component. */
  codeDiffers: boolean
  /** What it was given or read otherwise, files read by what it called among it. */
  inputs: readonly DataDifference[]
  outputs: readonly DataDifference[]
  /** Parameters whose values were not recorded, so that they may differ unseen. */
  unknownInputs: readonly string[]
}

/** Where two runs part, and where they meet again. */
export interface Divergence {
  /** The earliest call, by end, whose outputs differ although its inputs agree: what differs began in it. */
  first?: DivergingCall
  /** The earliest call, by end, whose outputs differ as its inputs do: where that which was given otherwise shows. */
  follows?: DivergingCall
  /** Calls that read something which an earlier call had made otherwise, and yet made the same. */
  healed: readonly DivergingCall[]
  /** Calls under aligned callers that only one run made. */
  unaligned: readonly UnalignedCalls[]
  /** Calls that stood beside each other; groups of calls and the runs themselves count as one each. */
  alignedCalls: number
  /** Sentences on what could not be compared. */
  notCompared: readonly string[]
}

/**
 * Finds where two runs diverge. It reads the records of both, with two queries of the catalogue each. It needs calls with
 * their inputs and outputs (recorded in detail `full` or `adaptive`) and digests of files. Files are compared by their
 * bytes and values by what was kept of them; a value of which only type and shape are known agrees with one of the same
 * type and shape, unless it came from what differs. Names of files, in arguments and results, say nothing: files may
 * have been renamed or made in another folder, as by a rerun.
 *
 * @param runs IRIs of runs that are known
 */
export async function findDivergence(
  questions: Questions,
  runs: readonly [string, string],
): Promise<Divergence> {
  try {
    const [one, other] = [await readRun(questions, runs[0]), await readRun(questions, runs[1])]
    const boundaries = [readBoundaries(one), readBoundaries(other)] as const
    const aligned = await alignCalls(one.run, other.run)
    const judged = judgeCalls(aligned, [one, other], boundaries)
    const byEnd = judged.toSorted((a, b) => endOf(a, b) || depthOf(b) - depthOf(a))
    // What the run itself comes to, some call of it made.
    const differing = byEnd.filter(
      ({ calls: [call], outputsDiffer }) => outputsDiffer && call.caller !== undefined,
    )
    const first = differing.find(({ inputsDiffer }) => !inputsDiffer)
    const follows = differing.find(({ inputsDiffer }) => inputsDiffer)
    return {
      ...(first !== undefined && { first: describe(first) }),
      ...(follows !== undefined && { follows: describe(follows) }),
      healed: healedAmong(byEnd, one).map(describe),
      unaligned: unalignedCalls(aligned),
      alignedCalls: aligned.length,
      notCompared: [],
    }
  } catch (error) {
    if (!(error instanceof QueryError) || error.malformed) throw error
    return {
      healed: [],
      unaligned: [],
      alignedCalls: 0,
      notCompared: [`Calls were not compared: ${error.message}.`],
    }
  }
}

async function readRun(questions: Questions, run: string): Promise<RunCalls> {
  const calls = await questions.ask('uc8-calls-of-runs', { run: [run] })
  return readCalls(run, calls, await questions.ask('uc8-data-of-calls', { run: [run] }))
}

/** The run itself ends last, as do calls whose end nobody saw. */
function endOf({ calls: [a] }: JudgedPair, { calls: [b] }: JudgedPair): number {
  if (a.ended === '' || b.ended === '') return (a.ended === '' ? 1 : 0) - (b.ended === '' ? 1 : 0)
  return compareTimes(a.ended, b.ended)
}

function depthOf({ calls: [call] }: JudgedPair): number {
  let depth = 0
  for (let at = call.caller; at !== undefined; at = at.caller) depth++
  return depth
}

/** Of calls within each other the innermost, which ended first. */
function healedAmong(byEnd: readonly JudgedPair[], { makers }: RunCalls): JudgedPair[] {
  const healed = byEnd.filter(
    ({ inputs, outputs, outputsDiffer }) =>
      !outputsDiffer &&
      inputs.some(
        ({ one, agreement }) =>
          agreement === 'differ' && one !== undefined && (one.path !== undefined || makers.has(one.entity)),
      ) &&
      outputs.some(({ one, agreement }) => agreement === 'agree' && one?.shown !== 'null'),
  )
  const around = new Set<JudgedPair['calls'][0]>()
  return healed.filter(({ calls: [call] }) => {
    const isOuter = around.has(call)
    for (let at = call.caller; at !== undefined; at = at.caller) around.add(at)
    return !isOuter
  })
}

function describe({ calls: [one, other], inputs, outputs }: JudgedPair): DivergingCall {
  return {
    name: one.name,
    calls: [one.id, other.id],
    ...(one.calledFrom !== undefined && { calledFrom: one.calledFrom }),
    codeDiffers: one.version !== undefined && other.version !== undefined && one.version !== other.version,
    inputs: inputs.filter(isDifference).map(differenceOf),
    outputs: outputs.filter(isDifference).map(differenceOf),
    unknownInputs: inputs.flatMap((pair) =>
      pair.agreement === 'unknown' && pair.one ? [pair.one.role] : [],
    ),
  }
}

function isDifference({ agreement }: DatumPair): boolean {
  return agreement === 'differ'
}

function differenceOf({ one, other }: DatumPair): DataDifference {
  const { role, path, entity } = (one ?? other)!
  return {
    role,
    ...(other !== undefined && other.role !== role && { otherRole: other.role }),
    kind: path !== undefined ? 'file' : entity === '' && role === 'end' ? 'end' : 'value',
    values: [one?.shown, other?.shown],
  }
}
