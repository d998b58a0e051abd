import { countOf, formatCount } from '../count-of.ts'
import type { Strength, Trace } from '../analyse/trace/trace.ts'
import type { TreeNode } from './format-tree.ts'
import { groupTrace, keyOf } from './group-trace.ts'
import type { TraceGroup } from './group-trace.ts'
import { shortRun } from './short-run.ts'

/** A trace as people read it: what was seen, and apart from it what is only possible. */
export interface TraceTrees {
  seen: readonly TreeNode[]
  /** Under each seen thing, what may have come in (or gone out) through a caller's body, where it is not shown above. */
  possible: readonly TreeNode[]
}

/**
 * Files, and the calls of each component taken together. Every thing is opened where it is first met, and only named
 * after that (`↑`), so that a graph is drawn as a tree of its own size.
 */
export function traceTrees(trace: Trace): TraceTrees {
  const groups = groupTrace(trace)
  const { asked, iris, url } = trace.start
  const startIris = new Set(iris)
  const startKeys = new Set(trace.nodes.filter(({ iri }) => startIris.has(iri)).map(keyOf))
  const starts = [...startKeys].flatMap((key) => groups.get(key) ?? [])
  // A file is called as it was asked for, not by its digest.
  if (url !== undefined) for (const start of starts) start.label = asked
  for (const start of starts) skipOnlyVersion(groups, start)
  const alike = new Map(trace.alike.map(({ run, others }) => [run, others + 1]))
  const drawing = { groups, alike, opened: new Set<string>() }
  const seen = openAll(drawing, starts, 'seen', undefined)
  const possible = [...groups.values()].flatMap((group) => {
    if (group.strength !== 'seen') return []
    const far = [...group.next].flatMap((key) => groups.get(key) ?? [])
    const further = far.filter(({ strength, key }) => strength === 'possible' && !drawing.opened.has(key))
    const children = openAll(drawing, further, 'possible', group.run)
    return children.length === 0 ? [] : [{ text: textOf(group, undefined, alike), children }]
  })
  return { seen, possible }
}

/** A content that was one file in one run is that file. */
function skipOnlyVersion(groups: ReadonlyMap<string, TraceGroup>, start: TraceGroup): void {
  const [key = '', ...others] = start.next
  const only = groups.get(key)
  if (start.kind !== 'Content' || others.length > 0 || only?.kind !== 'FileVersion') return
  start.run = only.run
  start.otherMakers = only.otherMakers
  start.next = only.next
}

interface Drawing {
  groups: ReadonlyMap<string, TraceGroup>
  /** How many runs each run stands for, itself included. */
  alike: ReadonlyMap<string, number>
  /** Keys of the groups that are drawn. */
  opened: Set<string>
}

type Growing = { text: string; children: Growing[] }

/** Breadth first, so that a thing stands as near to the root as it can. */
function openAll(
  { groups, alike, opened }: Drawing,
  starts: readonly TraceGroup[],
  strength: Strength,
  run: string | undefined,
): Growing[] {
  const top: Growing = { text: '', children: [] }
  let level = [{ run, behind: starts, tree: top }]
  while (level.length > 0) {
    const next: typeof level = []
    for (const { run: before, behind, tree } of level) {
      for (const group of behind) {
        const text = textOf(group, before, alike)
        const further = [...group.next].flatMap((key) => groups.get(key) ?? [])
        const onward = further.filter((each) => each.strength === strength)
        if (opened.has(group.key)) {
          tree.children.push({ text: onward.length === 0 ? text : `${text} ↑`, children: [] })
          continue
        }
        opened.add(group.key)
        const grown: Growing = { text, children: [] }
        tree.children.push(grown)
        next.push({ run: group.run, behind: onward, tree: grown })
      }
    }
    level = next
  }
  return top.children
}

const listedValues = 4

/** A group in a few words; its run where that is another than the one before. */
function textOf(group: TraceGroup, before: string | undefined, alike: ReadonlyMap<string, number>): string {
  const { kind, label, calls, otherMakers, places, values, run, sameBytesAs } = group
  const isCall = kind === 'Call' || kind === 'CallGroup'
  const listed = [...values].slice(0, listedValues).join(', ') + (values.size > listedValues ? ', …' : '')
  const runs = run === undefined ? undefined : alike.get(run)
  const parts = [
    isCall ? `${label}(${calls === 1 ? listed : ''})` : label,
    ...(calls > 1 ? [times(calls)] : []),
    ...(places.size === 1
      ? [`at ${[...places].join()}`]
      : places.size > 1
        ? [`at ${places.size} places`]
        : []),
    ...(run === undefined || run === before
      ? []
      : [` [run ${shortRun(run)}${runs === undefined ? '' : ` ${times(runs)}`}]`]),
    ...(sameBytesAs === undefined ? [] : [`(same bytes as ${sameBytesAs})`]),
    ...(otherMakers === 0 ? [] : [`and ${countOf(otherMakers, 'other run')} made the same bytes`]),
  ]
  return parts.join(' ')
}

function times(count: number): string {
  return `×${formatCount(count)}`
}
