import { UsageError } from '../errors.ts'
import { stringLiteral } from '../rdf/literals.ts'
import { writeIri } from '../rdf/write-term.ts'
import type { CatalogueQuery } from './catalogue.ts'
import type { Scope } from './engine.ts'
import type { QueryParameter } from './query-header.ts'
import { findParameterPlaces, type ParameterPlaces } from './parameter-places.ts'

export type ParameterValue = string | number | readonly string[]
export type Parameters = Readonly<Record<string, ParameterValue | undefined>>

/** Of each query, as a lineage binds the same one hundreds of times. */
const known = new WeakMap<object, ParameterPlaces>()

/**
 * The query with these parameters as terms. A query names a parameter by a block `VALUES ?name { UNDEF }`: given, its
 * terms stand there (an empty list has no solution); not given, the block goes, and the variable is free.
 * A parameter named `limit` is the query's LIMIT.
 *
 * @throws UsageError for a parameter that is unknown, missing, not of its type, or has no place in the query.
 */
export function bindQuery(
  query: Pick<CatalogueQuery, 'name' | 'sparql' | 'parameters'>,
  given: Parameters = {},
): string {
  const values = checkParameters(query, given)
  const found = known.get(query) ?? findParameterPlaces(query.sparql)
  known.set(query, found)
  for (const name of values.keys()) {
    if (name === 'limit' || found.places.some((place) => 'parameter' in place && place.parameter === name))
      continue
    throw new UsageError(`The query ${query.name} has no place for its parameter ${name}`, {
      advice: `Write VALUES ?${name} { UNDEF } where it is to stand.`,
    })
  }
  const bound = found.places.map((place) => {
    const value = values.get('parameter' in place ? place.parameter : 'limit')
    const terms = value?.terms.map((term) => writeValue(value.parameter, term)).join(' ')
    if ('parameter' in place) return terms === undefined ? '' : `VALUES ?${place.parameter} { ${terms} }`
    const limit = terms ?? place.limit
    return limit === undefined ? '' : ` LIMIT ${limit} `
  })
  return found.texts.map((text, index) => text + (bound[index] ?? '')).join('')
}

/** What an engine has to read for a query: the summaries or the records of the runs that its parameters name, or of all. */
export function scopeOf(query: Pick<CatalogueQuery, 'reads' | 'parameters'>, given: Parameters = {}): Scope {
  if (query.reads === 'summaries') return { summaries: true }
  if (query.reads === 'summaries of runs') {
    const run = given['run']
    return { summaries: run === undefined ? true : [run].flat().map(String) }
  }
  const runs = new Set<string>()
  for (const parameter of query.parameters) {
    const value = given[parameter.name]
    if (value === undefined || parameter.type !== 'iri') continue
    for (const iri of [value].flat()) {
      const run = /^urn:uuid:[0-9a-f-]+/i.exec(String(iri))
      if (run !== null) runs.add(run[0])
    }
  }
  return { records: runs.size > 0 ? [...runs] : 'all' }
}

function checkParameters(
  query: Pick<CatalogueQuery, 'name' | 'parameters'>,
  given: Parameters,
): Map<string, { parameter: QueryParameter; terms: readonly string[] }> {
  const known = new Map(query.parameters.map((parameter) => [parameter.name, parameter]))
  for (const name of Object.keys(given)) {
    if (given[name] !== undefined && !known.has(name)) {
      throw new UsageError(`The query ${query.name} has no parameter named ${JSON.stringify(name)}`, {
        advice: known.size === 0 ? 'It takes none.' : `It takes ${[...known.keys()].join(', ')}.`,
      })
    }
  }
  const values = new Map<string, { parameter: QueryParameter; terms: readonly string[] }>()
  for (const parameter of known.values()) {
    const value = given[parameter.name] ?? parameter.default
    if (value === undefined) {
      if (!parameter.required) continue
      throw new UsageError(`The query ${query.name} needs ${parameter.name}: ${parameter.description}`, {
        advice: `Say --param ${parameter.name}=…`,
      })
    }
    const terms = (typeof value === 'object' ? value : [value]).map(String)
    if (terms.length > 1 && !parameter.many) {
      throw new UsageError(`The query ${query.name} takes one ${parameter.name}, not ${terms.length}`, {
        advice: 'Ask once for each.',
      })
    }
    for (const term of terms) checkTerm(query.name, parameter, term)
    values.set(parameter.name, { parameter, terms })
  }
  return values
}

/** An absolute IRI as SPARQL's IRIREF allows it (https://www.w3.org/TR/sparql11-query/#rIRIREF). */
const iri = /^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*$/
const integer = /^[+-]?\d{1,18}$/

function checkTerm(query: string, parameter: QueryParameter, term: string): void {
  const fault =
    parameter.type === 'iri' && !iri.test(term)
      ? 'an absolute IRI, such as urn:uuid:…'
      : parameter.type === 'integer' && !integer.test(term)
        ? 'a whole number'
        : parameter.name === 'limit' && Number(term) < 0
          ? 'a whole number, 0 or more'
          : undefined
  if (fault === undefined) return
  throw new UsageError(
    `${parameter.name} of the query ${query} must be ${fault}, not ${JSON.stringify(term)}`,
  )
}

function writeValue({ type }: QueryParameter, value: string): string {
  if (type === 'iri') return writeIri(value)
  return type === 'literal' ? stringLiteral(value) : String(BigInt(value))
}
