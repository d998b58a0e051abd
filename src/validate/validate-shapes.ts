import type { NamedNode, Quad, Term } from '@rdfjs/types'
import type { Store } from 'n3'
import type { Context, Result, Shape, Validation } from 'shacl-engine'
import type { ShapesGraph } from './shapes-graph.ts'
import { readConstraint } from './sparql-constraint.ts'
import { SH } from './terms.ts'

export type Severity = 'Violation' | 'Warning' | 'Info'

/** One validation result, as the SHACL recommendation has it. */
export interface ShapeResult {
  focusNode: Term
  /** The value that offends; absent where something is missing or counted. */
  value: Term | undefined
  /** IRI of the shape. */
  shape: string
  /** Local name of the constraint component: MinCountConstraintComponent. */
  component: string
  severity: Severity
  message: string
}

/**
 * Validates triples, the names of their graphs left out, against shapes.
 *
 * shacl-engine does what is SHACL Core. A sh:sparql constraint is asked of one Oxigraph store that holds the data, once
 * per focus node: the results that any SHACL engine finds, without an engine and a scan of the data for each.
 */
export async function validateShapes(data: Iterable<Quad>, shapes: ShapesGraph): Promise<ShapeResult[]> {
  return validateDataset(await collectTriples(data), shapes)
}

/** Quads as one graph: the shapes speak of no graph's name. */
export async function collectTriples(data: Iterable<Quad>): Promise<Store> {
  const { Store } = await import('n3')
  const dataset = new Store()
  for (const { subject, predicate, object } of data)
    dataset.addQuad(subject as never, predicate as never, object as never)
  return dataset
}

/** Like validateShapes, for triples that are in one graph already. */
export async function validateDataset(dataset: Store, shapes: ShapesGraph): Promise<ShapeResult[]> {
  const { DataFactory } = await import('n3')
  const { Validator } = await import('shacl-engine')
  const validations = new Map<Term, Validation>([
    [DataFactory.namedNode(`${SH}qualifiedValueShape`), await compileQualified()],
  ])
  if (shapes.dataset.countQuads(null, `${SH}sparql`, null, null) > 0) {
    const select = await askOxigraph(dataset)
    validations.set(DataFactory.namedNode(`${SH}sparql`), (shape) =>
      compileSparql(shapes.dataset, shape, select),
    )
  }
  const validator = new Validator(shapes.dataset, { factory: DataFactory, validations })
  const { results } = await validator.validate({ dataset })
  return results.map(readResult)
}

/**
 * In a property shape that another reaches by sh:property, shacl-engine 1.1.2 asks whether the outer value has the
 * qualified shape, for each inner value. Without an outer value it asks the right ones.
 */
async function compileQualified(): Promise<Validation> {
  const { compileQualifiedShape } = await import('shacl-engine/lib/validations/shape.js')
  return (shape) => {
    const compiled = compileQualifiedShape(shape)
    return { property: (context) => compiled.property(context.create({ value: null })) }
  }
}

/** Variable name → term. */
type Solution = ReadonlyMap<string, Term>
type Select = (query: string) => readonly Solution[]

async function askOxigraph(dataset: Store): Promise<Select> {
  const { Store: Engine } = await import('oxigraph')
  const engine = new Engine(dataset as never)
  return (query) => engine.query(query) as unknown as Solution[]
}

function compileSparql(shapes: Store, shape: Shape, select: Select): { generic(context: Context): void } {
  const component = { termType: 'NamedNode', value: `${SH}SPARQLConstraintComponent` } as NamedNode
  const constraints = shape.sparql.terms.map((source) => ({
    source,
    query: readConstraint(shapes, source),
    message: shapes.getObjects(source as never, `${SH}message`, null),
  }))
  return {
    generic(context) {
      const focus = context.focusNode.term
      if (focus?.termType !== 'NamedNode') return
      for (const { source, query, message } of constraints) {
        for (const solution of select(query.bind(focus))) {
          const value = context.focusNode.node([solution.get('value') ?? focus])
          const args = Object.fromEntries(solution)
          context.violation(component, { args, message: fill(message, solution), source: [source], value })
        }
      }
    },
  }
}

/** Writes what a solution bound into the messages' `{?name}`. */
function fill(messages: readonly Term[], solution: Solution): Term[] {
  return messages.map((message) => ({
    ...message,
    termType: 'Literal',
    value: message.value.replace(
      /\{[?$](\w+)\}/g,
      (whole, name: string) => solution.get(name)?.value ?? whole,
    ),
  })) as Term[]
}

/** Components whose results have no value, as the recommendation says; the engine keeps that of an outer shape. */
const counting = /^(?:Qualified)?M(?:in|ax)Count/

function readResult(result: Result): ShapeResult {
  const component = result.constraintComponent.value.slice(SH.length)
  return {
    focusNode: result.focusNode.term as Term,
    value: counting.test(component) ? undefined : result.value?.term,
    shape: result.shape.ptr.value ?? '',
    component,
    severity: result.severity.value.slice(SH.length) as Severity,
    message: result.message.map(({ value }) => value).join(' '),
  }
}
