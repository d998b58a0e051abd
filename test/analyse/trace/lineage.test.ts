import { describe, expect, it } from 'vitest'
import { impact, lineage } from '../../../src/analyse/trace/walk.ts'
import type { Strength, Trace } from '../../../src/analyse/trace/trace.ts'
import { flowCases, type FlowCase } from './flow-cases.ts'
import { engineOver } from '../small-engine.ts'
import { contentIri } from '../small-run.ts'

/** Contents reached, by the strongest way; what the walk started from is left out. */
function contentsOf(trace: Trace): Record<Strength, string[]> {
  const strengths = new Map<string, Strength>()
  for (const node of trace.nodes) {
    if (node.content === undefined || node.content === trace.start.iris[0]) continue
    const name = node.content.slice(contentIri('').length)
    if (strengths.get(name) !== 'seen') strengths.set(name, node.strength)
  }
  const of = (strength: Strength) =>
    [...strengths].filter(([, each]) => each === strength).map(([name]) => name)
  return { seen: of('seen').toSorted(), possible: of('possible').toSorted() }
}

function contentsIn(flow: FlowCase): string[] {
  return [...new Set(flow.runs.flatMap(({ files }) => Object.values(files).map(({ content }) => content)))]
}

describe('lineage', () => {
  it.each(flowCases.map((flow) => [flow.title, flow] as const))('%s', async (_, flow) => {
    const { engine } = await engineOver(flow.runs)
    const trace = await lineage(engine, contentIri(flow.of), { allRuns: true })
    expect(contentsOf(trace)).toEqual({ seen: flow.seen.toSorted(), possible: flow.possible.toSorted() })
    expect(trace.truncated).toBeUndefined()
  })
})

describe('impact', () => {
  it.each(flowCases.map((flow) => [flow.title, flow] as const))(
    'is the mirror of lineage, which %s',
    async (_, flow) => {
      const { engine } = await engineOver(flow.runs)
      const pairs = { lineage: [] as string[], impact: [] as string[] }
      for (const content of contentsIn(flow)) {
        const back = contentsOf(await lineage(engine, contentIri(content), { allRuns: true }))
        const onward = contentsOf(await impact(engine, contentIri(content), { allRuns: true }))
        for (const strength of ['seen', 'possible'] as const) {
          for (const source of back[strength]) pairs.lineage.push(`${content} ${strength} from ${source}`)
          for (const target of onward[strength]) pairs.impact.push(`${target} ${strength} from ${content}`)
        }
      }
      expect(pairs.impact.toSorted()).toEqual(pairs.lineage.toSorted())
    },
  )
})
