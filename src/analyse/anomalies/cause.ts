import type { AspectKind, PipelineFacts, RunFacts } from './aspect.ts'
import type { Unusual } from './unusual.ts'

/** Why something is unusual, as far as the record tells. */
export type Cause =
  | { by: 'upstream'; thing: Unusual; path: readonly string[] }
  /** Elapsed time grew and processor time did not: others used the machine. */
  | { by: 'machine'; wall: number; processor?: number; load?: number }

/** What nothing within the run explains, the likeliest cause first. */
const roots: readonly AspectKind[] = ['content', 'parameter', 'code', 'environment']

/**
 * The nearest unusual thing upstream that nothing in the run explains: the shortest way against the order of calls and
 * the flow of data. Undefined for what is such a thing itself, and where there is none.
 */
export function causeOf(
  unusual: Unusual,
  inRun: readonly Unusual[],
  facts: PipelineFacts,
): Cause | undefined {
  if (isRoot(unusual)) return undefined
  const upstream = nearestRoot(unusual, inRun, facts)
  if (upstream !== undefined) return upstream
  return unusual.aspect.kind === 'time' ? machine(unusual, facts) : undefined
}

function isRoot({ aspect }: Unusual): boolean {
  return roots.includes(aspect.kind) && !(aspect.kind === 'content' && / made by /.test(aspect.of))
}

function nearestRoot(
  unusual: Unusual,
  inRun: readonly Unusual[],
  { onward, depths }: PipelineFacts,
): Cause | undefined {
  const causes = inRun.filter(isRoot)
  const { components } = unusual.aspect
  // What is of the whole run has all of it upstream.
  if (components.length === 0) {
    const thing = best(causes, depths)
    return thing && { by: 'upstream', thing, path: [] }
  }
  const before = new Map<string, string[]>()
  for (const [from, all] of onward) for (const to of all) before.set(to, [...(before.get(to) ?? []), from])
  const ways = new Map(components.map((component) => [component, [component]]))
  for (const [component, way] of ways) {
    const thing = best(
      causes.filter(({ aspect }) => aspect.components.includes(component)),
      depths,
    )
    if (thing !== undefined) return { by: 'upstream', thing, path: way }
    for (const next of before.get(component) ?? []) if (!ways.has(next)) ways.set(next, [...way, next])
  }
  const thing = best(
    causes.filter(({ aspect }) => aspect.components.length === 0),
    depths,
  )
  return thing && { by: 'upstream', thing, path: [...components] }
}

/** A setting that was passed on is a cause where it was set: on the command line before deep below. */
function best(causes: readonly Unusual[], depths: ReadonlyMap<string, number>): Unusual | undefined {
  const rank = ({ aspect }: Unusual) => roots.indexOf(aspect.kind)
  const depth = ({ aspect }: Unusual) => Math.min(...aspect.components.map((each) => depths.get(each) ?? 0))
  return causes.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.aspect.kind === 'parameter' && b.aspect.kind === 'parameter' ? depth(a) - depth(b) : 0) ||
      Math.abs(b.deviations ?? 0) - Math.abs(a.deviations ?? 0),
  )[0]
}

/** The ratio of processor time to what is usual of it, that says that the code itself did more. */
const moreWork = 1.5

function machine({ run, aspect, value, usual }: Unusual, facts: PipelineFacts): Cause | undefined {
  const wall = Number(value) / Number(usual)
  const own = facts.runs.find((each) => each.run === run)
  const key = `processor\n${aspect.of}\ncpuSeconds`
  const processor = own && ratioToMedian(own, key, facts.runs)
  if (wall < 1 || (processor !== undefined && (processor > moreWork || processor > wall / 1.3)))
    return undefined
  return {
    by: 'machine',
    wall,
    ...(processor !== undefined && { processor }),
    ...(own?.load !== undefined && { load: own.load }),
  }
}

function ratioToMedian(own: RunFacts, key: string, runs: readonly RunFacts[]): number | undefined {
  const value = own.numbers.get(key)
  const others = runs
    .flatMap(({ run, numbers }) => (run === own.run ? [] : (numbers.get(key) ?? [])))
    .toSorted((a, b) => a - b)
  const median = others[Math.floor(others.length / 2)]
  return value === undefined || median === undefined || median === 0 ? undefined : value / median
}
