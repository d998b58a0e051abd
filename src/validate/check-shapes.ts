import type { Term } from '@rdfjs/types'
import type { Store } from 'n3'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ShapeError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { closest } from '../near-word.ts'
import { RDF } from '../rdf/vocabulary.ts'
import { evaluatedTerms, SH, unevaluatedTerms } from './shacl-terms.ts'
import { nameOf, placeOf } from './shape-place.ts'
import type { ShapesGraph } from './shapes-graph.ts'
import { readConstraint } from './sparql-constraint.ts'

/**
 * Refuses shapes that the engine would trust and not follow: a misspelt property, a property shape without a path or a
 * custom SPARQL constraint component would conform whatever the data. Then asks the W3C's SHACL-SHACL.
 * @throws ShapeError at the first thing found
 */
export async function checkShapes(shapes: ShapesGraph): Promise<void> {
  refuseUnknownTerms(shapes)
  refusePathless(shapes)
  refuseDeepPaths(shapes)
  await refuseMalformedQueries(shapes)
  if (shapes.dataset.countQuads(null, null, null, null) > 0) await askShaclShacl(shapes)
}

function refuseUnknownTerms(shapes: ShapesGraph): void {
  for (const quad of shapes.dataset) {
    for (const term of [quad.predicate, quad.object]) {
      if (term.termType !== 'NamedNode' || !term.value.startsWith(SH)) continue
      const name = term.value.slice(SH.length)
      if (evaluatedTerms.has(name)) continue
      const where = placeOf(shapes, quad.subject, `sh:${name}`)
      if (unevaluatedTerms.has(name))
        throw new ShapeError(
          `${nameOf(shapes, quad.subject)} uses sh:${name}, which is not evaluated here and would be passed over`,
          {
            place: where,
            advice: 'Say it in SHACL Core, or in a sh:sparql constraint with a SELECT query.',
          },
        )
      const near = closest(name, evaluatedTerms)
      throw new ShapeError(`${nameOf(shapes, quad.subject)} uses sh:${name}, which is no term of SHACL`, {
        place: where,
        advice: near === undefined ? 'Remove it, or use a namespace of your own.' : `Write sh:${near}.`,
      })
    }
  }
}

function refusePathless(shapes: ShapesGraph): void {
  const { dataset } = shapes
  const properties = [
    ...dataset.getObjects(null, `${SH}property`, null),
    ...dataset.getSubjects(RDF.type, `${SH}PropertyShape`, null),
  ]
  for (const shape of properties) {
    const paths = dataset.getObjects(shape, `${SH}path`, null)
    if (paths.length === 1) continue
    const what = paths.length === 0 ? 'has no sh:path' : `has ${paths.length} values of sh:path`
    throw new ShapeError(`The property shape ${nameOf(shapes, shape)} ${what}`, {
      place: placeOf(shapes, shape),
      advice: 'Give it exactly one sh:path; what is about the node itself belongs on the node shape.',
    })
  }
}

/** The engine follows a sequence of simple steps, each at most an inverse, an alternative of properties, or repeated. */
function refuseDeepPaths(shapes: ShapesGraph): void {
  const { dataset } = shapes
  for (const { subject, object: path } of dataset.getQuads(null, `${SH}path`, null, null)) {
    const steps = isList(dataset, path) ? members(dataset, path) : [path]
    for (const step of steps) {
      if (step.termType === 'NamedNode') continue
      const inner = ['inversePath', 'zeroOrMorePath', 'oneOrMorePath', 'zeroOrOnePath'].flatMap((kind) =>
        dataset.getObjects(step, `${SH}${kind}`, null),
      )
      const alternatives = dataset
        .getObjects(step, `${SH}alternativePath`, null)
        .flatMap((list) => members(dataset, list))
      const known = inner.length === 1 || alternatives.length > 0
      if (known && [...inner, ...alternatives].every((term) => term.termType === 'NamedNode')) continue
      throw new ShapeError(`The path of ${nameOf(shapes, subject)} is nested deeper than is followed here`, {
        place: placeOf(shapes, subject),
        advice: 'Split it over nested property shapes, or write a sh:sparql constraint.',
      })
    }
  }
}

async function refuseMalformedQueries(shapes: ShapesGraph): Promise<void> {
  const { dataset } = shapes
  const constraints = dataset.getQuads(null, `${SH}sparql`, null, null)
  if (constraints.length === 0) return
  const { Store: Engine } = await import('oxigraph')
  const engine = new Engine()
  for (const { subject, object } of constraints) {
    const refuse = (why: string, cause?: unknown): never => {
      throw new ShapeError(`The query of ${nameOf(shapes, subject)} ${why}`, {
        place: placeOf(shapes, subject),
        advice: 'Write one SELECT query that projects $this and, for the offending node, ?value.',
        cause,
      })
    }
    if (dataset.getQuads(subject, `${SH}path`, null, null).length > 0)
      refuse('stands on a property shape, where it is not evaluated: put it on a node shape')
    const selects = dataset.getObjects(object, `${SH}select`, null)
    const [select] = selects
    if (selects.length !== 1 || select?.termType !== 'Literal')
      return refuse('is not there: sh:select needs one text')
    try {
      engine.query(readConstraint(dataset, object).bind(`${SH}this`))
    } catch (cause) {
      refuse(`is malformed: ${(cause as Error).message.replace(/\s+/g, ' ')}`, cause)
    }
  }
}

/** The well-formedness rules that the SHACL recommendation itself gives as shapes, its appendix C. */
async function askShaclShacl(shapes: ShapesGraph): Promise<void> {
  const { DataFactory, Parser, Store } = await import('n3')
  const { Validator } = await import('shacl-engine')
  const text = await readFile(join(packageRoot, 'shapes', 'shacl-shacl.ttl'), 'utf8')
  const rules = new Store(new Parser().parse(text))
  const { results } = await new Validator(rules, { factory: DataFactory }).validate({
    dataset: shapes.dataset,
  })
  const [result] = results
  if (result === undefined) return
  const node = result.focusNode.term ?? DataFactory.namedNode(`${SH}Shape`)
  const rule = result.shape.ptr.term
  const value = result.value?.term
  throw new ShapeError(
    `${nameOf(shapes, node)} is not well-formed SHACL: ${[
      result.message.map((message) => message.value).join('; '),
      value === undefined || value.equals(node) ? '' : `at ${value.value}`,
      rule?.termType === 'NamedNode' ? `(${rule.value})` : '',
    ]
      .filter(Boolean)
      .join(' ')}`,
    { place: placeOf(shapes, node), advice: 'See https://www.w3.org/TR/shacl/#syntax-rules.' },
  )
}

function isList(dataset: Store, node: Term): boolean {
  return dataset.countQuads(node, RDF.first, null, null) > 0
}

/** The members of a list, or of as much of it as is well-formed: SHACL-SHACL refuses a list that ends in itself. */
function members(dataset: Store, list: Term): Term[] {
  const found: Term[] = []
  const seen = new Set<string>()
  let rest: Term | undefined = list
  while (rest !== undefined && rest.value !== RDF.nil && !seen.has(rest.value)) {
    seen.add(rest.value)
    found.push(...dataset.getObjects(rest, RDF.first, null))
    rest = dataset.getObjects(rest, RDF.rest, null)[0]
  }
  return found
}
