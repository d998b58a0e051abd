import { describe, expect, test } from 'vitest'
import { TraceGraph } from '../../../src/analyse/trace/trace-graph.ts'
import type { Strength, TraceEdge } from '../../../src/analyse/trace/trace.ts'

const edge = (from: string, to: string, strength: Strength = 'seen'): TraceEdge => ({
  from,
  to,
  relation: 'used',
  strength,
})
function graphOf(maxNodes = 100): TraceGraph {
  const graph = new TraceGraph(maxNodes)
  graph.arrive('start', { strength: 'seen', depth: 0 })
  return graph
}
const drawn = (graph: TraceGraph) => {
  const { nodes, edges } = graph.finish()
  return {
    nodes: [...nodes].map(([iri, { strength, depth }]) => `${iri} ${strength} ${depth}`),
    edges: edges.map(({ from, to, strength }) => `${from} ${strength} ${to}`),
  }
}

test('What is reached is as strong as the hop that first led there, and one hop further than where it came from', () => {
  const graph = graphOf()
  expect(graph.follow([edge('start', 'a'), edge('a', 'b'), edge('start', 'b')], 'seen')).toEqual(['a', 'b'])
  expect(graph.follow([edge('b', 'c', 'possible'), edge('b', 'a', 'possible')], 'possible')).toEqual(['c'])
  expect(drawn(graph)).toEqual({
    nodes: ['start seen 0', 'a seen 1', 'b seen 2', 'c possible 3'],
    edges: ['start seen a', 'a seen b', 'start seen b', 'b possible c', 'b possible a'],
  })
})

test('Two nodes have one edge, and a seen one replaces one that is only possible', () => {
  const graph = graphOf()
  graph.follow([edge('start', 'a', 'possible')], 'possible')
  graph.follow([edge('start', 'a')], 'seen')
  graph.follow([edge('start', 'a', 'possible')], 'possible')
  expect(drawn(graph).edges).toEqual(['start seen a'])
})

describe('A call that only stands between others', () => {
  test('is in the result where it leads to something', () => {
    const graph = graphOf()
    graph.pass([edge('start', 'x', 'possible'), edge('x', 'y', 'possible')])
    graph.follow([edge('y', 'file', 'possible')], 'possible')
    expect(drawn(graph)).toEqual({
      nodes: ['start seen 0', 'file possible 3', 'y possible 2', 'x possible 1'],
      edges: ['start possible x', 'x possible y', 'y possible file'],
    })
  })

  test('is not in the result where it leads to nothing, and nor are its edges', () => {
    const graph = graphOf()
    graph.pass([edge('start', 'x', 'possible'), edge('x', 'y', 'possible')])
    expect(drawn(graph)).toEqual({ nodes: ['start seen 0'], edges: [] })
  })

  test('stays as near as it was first passed', () => {
    const graph = graphOf()
    graph.pass([edge('start', 'x', 'possible')])
    graph.follow([edge('start', 'a')], 'seen')
    graph.pass([edge('a', 'x', 'possible')])
    expect(graph.depthOf('x')).toBe(1)
  })

  test('that is reached for its own sake is what it was reached as', () => {
    const graph = graphOf()
    graph.pass([edge('start', 'x', 'possible')])
    graph.follow([edge('start', 'x')], 'seen')
    graph.follow([edge('x', 'file')], 'seen')
    expect(drawn(graph).nodes).toEqual(['start seen 0', 'x seen 1', 'file seen 2'])
  })
})

describe('A limit of nodes', () => {
  test('that is reached exactly cuts nothing', () => {
    const graph = graphOf(2)
    expect(graph.follow([edge('start', 'a'), edge('a', 'start')], 'seen')).toEqual(['a'])
    expect(graph.truncated).toBe(false)
  })

  test('leaves out what is beyond it, with its edges, and says so', () => {
    const graph = graphOf(2)
    expect(graph.follow([edge('start', 'a'), edge('start', 'b'), edge('a', 'start')], 'seen')).toEqual(['a'])
    expect(graph.truncated).toBe(true)
    expect(drawn(graph).edges).toEqual(['start seen a', 'a seen start'])
  })
})
