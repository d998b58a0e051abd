import type { DatasetCore, NamedNode, Term } from '@rdfjs/types'
import type { Store } from 'n3'
import type { Context, Result, Shape, Validation, Validator } from 'shacl-engine'
import type { TripleTable } from '../rdf/triple-table.ts'
import { writeIri, writeTerm } from '../rdf/write-term.ts'
import { SH } from './shacl-terms.ts'
import type { ShapesGraph } from './shapes-graph.ts'
import { readConstraint } from './sparql-constraint.ts'
import type { Severity, ShapeResult } from './shape-result.ts'

/**
 * Asks shacl-engine about shapes, one after the other. A sh:sparql constraint is asked of one Oxigraph store that holds
 * the data, once per focus node: the results that any SHACL engine finds, without an engine and a scan of the data for
 * each.
 */
export async function openEngine(
  table: TripleTable,
  shapes: ShapesGraph,
): Promise<(shape: Term) => Promise<ShapeResult[]>> {
  const { DataFactory, Store: Dataset } = await import('n3')
  const engine = await import('shacl-engine')
  // The engine skips empty data, where a shape whose target is a node still has something to say.
  const nothing = DataFactory.namedNode('urn:vampira:nothing')
  const dataset = (
    table.size === 0 ? new Dataset([DataFactory.quad(nothing, nothing, nothing)]) : table
  ) as DatasetCore
  const validations = new Map<Term, Validation>([
    [DataFactory.namedNode(`${SH}qualifiedValueShape`), await compileQualified()],
  ])
  if (shapes.dataset.countQuads(null, `${SH}sparql`, null, null) > 0) {
    const select = await askOxigraph(table)
    validations.set(DataFactory.namedNode(`${SH}sparql`), (shape) =>
      compileSparql(shapes.dataset, shape, select),
    )
  }
  const validator = new engine.Validator(shapes.dataset, { factory: DataFactory, validations })
  hastenPointers(validator)
  return async (shape) => {
    const { results } = await validator.validate({ dataset }, [validator.shapesPtr.node([shape])])
    return results.map(readResult)
  }
}

/**
 * grapoi asks every path of a list which dataset it is in, for each value of the list: the square of the calls of a run.
 * All that a validation follows is in one dataset, so the first path knows.
 */
function hastenPointers({ shapesPtr }: Validator): void {
  Object.defineProperty(shapesPtr.constructor.prototype, 'dataset', {
    configurable: true,
    get(this: { ptrs: readonly { dataset: unknown }[] }) {
      return this.ptrs[0]?.dataset ?? null
    },
  })
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

/** A query cannot be asked about a blank node, so while it is asked each has a name. */
const blank = 'urn:vampira:blank:'

async function askOxigraph(dataset: TripleTable): Promise<Select> {
  const { Store: Engine, blankNode } = await import('oxigraph')
  const engine = new Engine()
  // As text, which it takes three times as fast as quad by quad.
  let text = ''
  for (const { subject, predicate, object } of dataset)
    text += `${writeNamed(subject)} ${writeNamed(predicate)} ${writeNamed(object)} .\n`
  engine.load(text, { format: 'application/n-triples', no_transaction: true, lenient: true })
  return (query) =>
    (engine.query(query) as unknown as Solution[]).map(
      (solution) =>
        new Map(
          [...solution].map(([name, term]) => [
            name,
            term.value.startsWith(blank) && term.termType === 'NamedNode'
              ? (blankNode(term.value.slice(blank.length)) as Term)
              : term,
          ]),
        ),
    )
}

/** In N-Triples, blank nodes by the IRIs that stand for them meanwhile. */
function writeNamed(term: Term): string {
  return term.termType === 'BlankNode' ? writeIri(blank + term.value) : writeTerm(term)
}

function compileSparql(shapes: Store, shape: Shape, select: Select): { generic(context: Context): void } {
  const component = { termType: 'NamedNode', value: `${SH}SPARQLConstraintComponent` } as NamedNode
  const constraints = shape.sparql.terms.map((source) => ({
    source,
    query: readConstraint(shapes, source),
    message: shapes.getObjects(source, `${SH}message`, null),
  }))
  return {
    generic(context) {
      const focus = context.focusNode.term
      if (focus === undefined || focus.termType === 'Literal') return
      for (const { source, query, message } of constraints) {
        for (const solution of select(
          query.bind(focus.termType === 'BlankNode' ? blank + focus.value : focus.value),
        )) {
          const value = context.focusNode.node([solution.get('value') ?? focus])
          context.violation(component, {
            args: { said: formatMessage(message, solution) },
            source: [source],
            value,
          })
        }
      }
    },
  }
}

/**
 * What the query itself says of a solution: its ?message, else the constraint's sh:message with the bound values written
 * in. It goes before the shape's message (https://www.w3.org/TR/shacl/#sparql-constraints), which the engine prefers.
 */
function formatMessage(messages: readonly Term[], solution: Solution): string | undefined {
  const own = solution.get('message')?.value
  if (own !== undefined || messages.length === 0) return own
  return messages
    .map(({ value }) =>
      value.replace(/\{[?$](\w+)\}/g, (whole, name: string) => solution.get(name)?.value ?? whole),
    )
    .join(' ')
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
    message: result.args.said ?? result.message.map(({ value }) => value).join(' '),
  }
}
