import type { Quad, Term } from '@rdfjs/types'
import { TripleTable } from '../rdf/triple-table.ts'
import { CoreCompiler } from './core/core-compiler.ts'
import { report, type CoreResult } from './core/core-shape.ts'
import { shapesWithTargets, targetsOf } from './core/targets-of-shapes.ts'
import type { ShapeResult } from './shape-result.ts'
import type { ShapesGraph } from './shapes-graph.ts'

/**
 * Validates triples, the names of their graphs left out, against shapes.
 *
 * What our own shapes use of SHACL is asked in passes over a table of numbers, since that takes microseconds a node. A
 * shape that says anything else is asked by shacl-engine, which is the one that knows all of SHACL Core, and takes a
 * millisecond; neither is loaded where it is not needed.
 *
 * @param data a table may be added to until now; it is sealed
 */
export async function validateShapes(
  data: Iterable<Quad> | TripleTable,
  shapes: ShapesGraph,
): Promise<ShapeResult[]> {
  const table = data instanceof TripleTable ? data : await tabulate(data)
  table.seal()
  const compiler = new CoreCompiler(shapes.dataset, table)
  let engine: ((shape: Term) => Promise<ShapeResult[]>) | undefined
  const results: ShapeResult[] = []
  for (const node of shapesWithTargets(shapes.dataset)) {
    const shape = compiler.compile(node)
    if (shape === undefined) {
      engine ??= await (await import('./ask-engine.ts')).openEngine(table, shapes)
      for (const result of await engine(node)) results.push(result)
      continue
    }
    const found: CoreResult[] = []
    for (const target of targetsOf(shapes.dataset, node, table)) report(shape, target, compiler.walker, found)
    for (const result of found) results.push(toShapeResult(result, table))
  }
  return results
}

/** Quads as one graph: shapes say nothing about names of graphs. */
export async function tabulate(data: Iterable<Quad> | AsyncIterable<Quad>): Promise<TripleTable> {
  const { DataFactory } = await import('n3')
  const table = new TripleTable(DataFactory)
  for await (const { subject, predicate, object } of data) table.add(subject, predicate, object)
  return table
}

function toShapeResult(
  { focus, value, shape, component, said }: CoreResult,
  table: TripleTable,
): ShapeResult {
  return {
    focusNode: table.terms.term(focus),
    value: value === undefined ? undefined : table.terms.term(value),
    shape: shape.node.value,
    component,
    severity: shape.severity,
    message: said ?? shape.message ?? '',
  }
}
