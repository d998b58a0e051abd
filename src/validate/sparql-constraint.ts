import type { Term } from '@rdfjs/types'
import type { Store } from 'n3'
import { ShapeError } from '../errors.ts'
import { SH } from './shacl-terms.ts'

/** A SELECT query of a shape, ready for one focus node after the other. */
export interface Constraint {
  /** The query with `$this` bound to an IRI. */
  bind(iri: string): string
}

/** What must be known of a query before a variable in it may be replaced: texts, IRIs, comments, clauses, braces. */
const tokens =
  /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\s]*>|#[^\n]*|[$?]this\b|\b(?:SELECT|(?:GROUP|ORDER)\s+BY)\b|[{}]/gi

/**
 * Reads a sh:sparql constraint. SHACL binds `$this` before a query runs, also inside its subqueries and EXISTS
 * (https://www.w3.org/TR/shacl/#pre-binding), which replacing it by the IRI does; where it is projected the IRI is
 * given its name again.
 */
export function readConstraint(dataset: Store, constraint: Term): Constraint {
  const select = dataset.getObjects(constraint, `${SH}select`, null)[0]?.value ?? ''
  const prefixes = dataset
    .getObjects(constraint, `${SH}prefixes`, null)
    .flatMap((holder) => declarations(dataset, holder))
  const query = [...prefixes, select].join('\n')
  return {
    bind(value) {
      if (/[<>"{}|^`\\\s]/.test(value))
        throw new ShapeError(`${value} is not an IRI that a query can be asked about`)
      return replaceThis(query, `<${value}>`)
    },
  }
}

function replaceThis(query: string, iri: string): string {
  let clause = ''
  let projections = 0
  return query.replace(tokens, (token) => {
    if (token === '{' || token === '}') clause = ''
    else if (/^SELECT$/i.test(token)) clause = projections++ === 0 ? 'SELECT' : 'SUBSELECT'
    else if (/BY$/i.test(token)) clause = 'BY'
    if (!/^[$?]this$/i.test(token)) return token
    if (clause === 'SELECT') return `(${iri} AS ?this)`
    // What surrounds a subquery knows its $this already.
    if (clause === 'SUBSELECT') return `(${iri} AS ?this${projections})`
    return clause === 'BY' ? `(${iri})` : iri
  })
}

function declarations(dataset: Store, holder: Term): string[] {
  return dataset.getObjects(holder, `${SH}declare`, null).map((declaration) => {
    const [prefix] = dataset.getObjects(declaration, `${SH}prefix`, null)
    const [namespace] = dataset.getObjects(declaration, `${SH}namespace`, null)
    return `PREFIX ${prefix?.value ?? ''}: <${namespace?.value ?? ''}>`
  })
}
