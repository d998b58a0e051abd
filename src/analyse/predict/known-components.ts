import { groupBy } from '../../group-by.ts'
import type { Measured } from './estimate.ts'
import type { ComponentCosts, Measure, RunCosts } from './run-costs.ts'

/** What one call of a component took in a run, with all that it called. */
interface CallCosts extends Record<Measure, number | undefined> {
  inputBytes: number
}

/** A component that runs have called. */
export interface KnownComponent {
  component: string
  name: string
  kind: string
  /** Whether it, or what it calls, reads files: then their size explains it, and else the size of the run's inputs. */
  readsFiles: boolean
  /** Bytes that a call took in, a run each. */
  sizes: readonly number[]
  /** What a call of it took, by its size, a run each. */
  measured(measure: Measure): Measured[]
}

/** The latest runs of each component. */
const mostRuns = 100

/** @param runs the latest first */
export function knownComponents(runs: readonly RunCosts[]): KnownComponent[] {
  const calls = groupBy(
    runs.flatMap((run) =>
      [...groupBy(run.parts, ({ component }) => component)].map(([component, parts]) => ({
        component,
        run,
        parts,
      })),
    ),
    ({ component }) => component,
  )
  return [...calls].map(([component, own]) => {
    const some = own.slice(0, mostRuns)
    const costs = some.map(({ run, parts }) => ({ run, costs: costsOfCall(run, parts) }))
    const readsFiles = costs.filter((each) => each.costs.inputBytes > 0).length > costs.length / 2
    const sized = costs.map((each) => ({
      ...each,
      size: readsFiles ? each.costs.inputBytes : each.run.inputs.bytes / Math.max(1, each.run.inputs.files),
    }))
    const [first] = some[0]!.parts
    return {
      component,
      name: first!.name,
      kind: first!.kind,
      readsFiles,
      sizes: sized.map(({ size }) => size),
      measured: (measure) =>
        alone(sized, measure).flatMap(({ run, costs: { [measure]: value }, size }) =>
          value === undefined ? [] : [{ run: run.run, row: [Math.log(1 + size)], value }],
        ),
    }
  })
}

/** Elapsed times say little where others used the machine: those of other runs are taken where there are some. */
function alone<T extends { run: RunCosts }>(all: readonly T[], measure: Measure): readonly T[] {
  if (measure !== 'wallSeconds') return all
  const undisturbed = all.filter(({ run }) => !run.loaded)
  return undisturbed.length >= all.length / 2 ? undisturbed : all
}

/** The body of a module is run once; what it calls is predicted by itself where a script calls it. */
function costsOfCall(run: RunCosts, parts: readonly ComponentCosts[]): CallCosts {
  const calls = Math.max(
    1,
    sum(parts, (part) => part.calls),
  )
  const per = (total: number) => total / calls
  const below = belowOf(run, parts[0]!.component, new Set())
  const isModule = parts[0]!.kind === 'Module'
  const cpu = total(parts, 'cpuSeconds')
  return {
    wallSeconds: perCall(total(parts, isModule ? 'selfSeconds' : 'wallSeconds'), calls),
    cpuSeconds:
      cpu === undefined ? undefined : per(isModule ? Math.max(0, cpu - below.direct) : cpu + below.programs),
    peakMemoryBytes: isModule ? undefined : largest(parts),
    outputBytes: per(sum(parts, (part) => part.outputBytes) + (isModule ? 0 : below.outputBytes)),
    inputBytes: per(sum(parts, (part) => part.inputBytes) + (isModule ? 0 : below.inputBytes)),
  }
}

interface Below {
  inputBytes: number
  outputBytes: number
  /** Processor time of programs, which is in nobody else's. */
  programs: number
  /** Processor time of what it called itself in its own process. */
  direct: number
}

/** What all that a component called had, of every call of it in a run. */
function belowOf(run: RunCosts, component: string, above: ReadonlySet<string>): Below {
  const found: Below = { inputBytes: 0, outputBytes: 0, programs: 0, direct: 0 }
  const seen = new Set([...above, component])
  for (const part of run.parts) {
    if (part.caller !== component || seen.has(part.component)) continue
    // What it called may be called by others too: of what is below that, its share.
    const all = sum(
      run.parts.filter((each) => each.component === part.component),
      ({ calls }) => calls,
    )
    const share = all === 0 ? 0 : part.calls / all
    const further = belowOf(run, part.component, seen)
    found.inputBytes += part.inputBytes + further.inputBytes * share
    found.outputBytes += part.outputBytes + further.outputBytes * share
    const own = part.cpuSeconds ?? 0
    found.programs += (part.kind === 'Command' ? own : 0) + further.programs * share
    found.direct += part.kind === 'Command' ? 0 : own
  }
  return found
}

function total(
  parts: readonly ComponentCosts[],
  of: 'wallSeconds' | 'selfSeconds' | 'cpuSeconds',
): number | undefined {
  return parts.every((part) => part[of] !== undefined) ? sum(parts, (part) => part[of]!) : undefined
}

function perCall(value: number | undefined, calls: number): number | undefined {
  return value === undefined ? undefined : value / calls
}

function largest(parts: readonly ComponentCosts[]): number | undefined {
  const values = parts.flatMap(({ peakMemoryBytes }) => peakMemoryBytes ?? [])
  return values.length === 0 ? undefined : Math.max(...values)
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((total, each) => total + of(each), 0)
}
