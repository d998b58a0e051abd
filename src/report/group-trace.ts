import type { Strength, Trace, TraceNode } from '../analyse/trace/trace.ts'

/** Things of a trace that read alike: one file, or all calls of one component in one run. */
export interface TraceGroup {
  key: string
  kind: TraceNode['kind']
  label: string
  strength: Strength
  run: string | undefined
  /** Calls in it; those that the record counted instead of keeping included. */
  calls: number
  /** Other runs that made the same file and were not followed. */
  otherMakers: number
  /** The file with the same bytes of which this may be a copy, or which may be a copy of this. */
  sameBytesAs: string | undefined
  /** File and line of its calls. */
  places: Set<string>
  /** Scalars that its calls used and no recorded call had made. */
  values: Set<string>
  /** Keys of the groups one hop further from the start. */
  next: Set<string>
}

/**
 * A trace at the zoom at which people read it. Values are passed through: one that a call made stands for that call, any
 * other is listed with the calls that used it.
 */
export function groupTrace(trace: Trace): Map<string, TraceGroup> {
  const nodes = new Map(trace.nodes.map((node) => [node.iri, node]))
  const starts = new Set(trace.start.iris)
  const edges = new Map<string, string[]>()
  for (const { from, to, strength } of trace.edges) {
    // What is only possible between things that were seen is no way by which they are shown as seen.
    if (strength === 'possible' && nodes.get(to)?.strength === 'seen') continue
    const known = edges.get(from)
    if (known === undefined) edges.set(from, [to])
    else known.push(to)
  }
  const isPassed = (node: TraceNode) => node.kind === 'Value' && !starts.has(node.iri)
  const groups = new Map<string, TraceGroup>()
  for (const node of trace.nodes) {
    if (isPassed(node)) continue
    const group = groupOf(groups, node)
    const seen = new Set<string>()
    const waiting = [...(edges.get(node.iri) ?? [])]
    for (const iri of waiting) {
      const next = nodes.get(iri)
      if (next === undefined || seen.has(iri)) continue
      seen.add(iri)
      const onward = edges.get(iri) ?? []
      if (!isPassed(next)) group.next.add(keyOf(next))
      else if (onward.length > 0) for (const each of onward) waiting.push(each)
      else if (next.value !== undefined && next.strength === node.strength) {
        group.values.add(valueText(next.value, next.valueType))
      }
    }
    group.next.delete(group.key)
  }
  for (const { from, to, relation } of trace.edges) {
    const [other, group] = [nodes.get(from), nodes.get(to)]
    if (relation !== 'same bytes' || other === undefined || group === undefined) continue
    const copied = groups.get(keyOf(group))
    if (copied !== undefined)
      copied.sameBytesAs =
        starts.has(from) && trace.start.url !== undefined ? trace.start.asked : nameOf(other)
  }
  return groups
}

const longestValue = 24

function valueText(value: string, type: string | undefined): string {
  const text = value.length > longestValue ? `${value.slice(0, longestValue - 1)}…` : value
  if (type === 'str') return `"${text}"`
  // As many digits as people compare; the trace has them all.
  return /^-?\d+\.\d{5,}$/.test(value) ? String(Number(Number(value).toPrecision(6))) : text
}

function groupOf(groups: Map<string, TraceGroup>, node: TraceNode): TraceGroup {
  const key = keyOf(node)
  const known = groups.get(key)
  const calls = node.kind === 'Call' ? 1 : (node.callCount ?? 0)
  if (known === undefined) {
    const group: TraceGroup = {
      key,
      kind: node.kind,
      label: nameOf(node),
      strength: node.strength,
      run: node.run,
      calls,
      otherMakers: node.otherMakers ?? 0,
      sameBytesAs: undefined,
      places: new Set(node.calledFrom === undefined ? [] : [node.calledFrom]),
      values: new Set(),
      next: new Set(),
    }
    groups.set(key, group)
    return group
  }
  known.calls += calls
  if (node.calledFrom !== undefined) known.places.add(node.calledFrom)
  return known
}

/** The key of the group that a thing is in. */
export function keyOf(node: TraceNode): string {
  if (node.kind !== 'Call' && node.kind !== 'CallGroup') return `${node.strength} ${node.iri}`
  return `${node.strength} ${node.run} ${nameOf(node)}()`
}

/** What was called: calls and groups of calls of one component are drawn as one thing. */
function nameOf({ label, component }: TraceNode): string {
  return component ?? label
}
