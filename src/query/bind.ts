import type { TermIri } from '@traqula/rules-sparql-1-1'
import { UsageError } from '../errors.ts'
import { stringLiteral } from '../rdf/literals.ts'
import { writeIri } from '../rdf/write-term.ts'
import type { CatalogueQuery } from './catalogue.ts'
import type { Scope } from './engine.ts'
import type { QueryParameter } from './query-header.ts'
import { patternLists, querySyntax, type Pattern, type Query } from './query-syntax.ts'

export type ParameterValue = string | number | readonly string[]
export type Parameters = Readonly<Record<string, ParameterValue | undefined>>

/**
 * Texts of each query with a mark in place of each parameter's terms; the key is which parameters are given. A lineage
 * binds the same query hundreds of times to hundreds of terms, and to parse and write it takes longer than to answer it.
 */
const templates = new WeakMap<object, Map<string, string>>()

/**
 * The query with these parameters as terms of its syntax tree. A query names a parameter by a block
 * `VALUES ?name { UNDEF }`: given, its terms stand there (an empty list has no solution); not given, the block goes,
 * and the variable is free.
 * A parameter named `limit` is the query's LIMIT.
 *
 * @throws UsageError for a parameter that is unknown, missing, or not of its type.
 */
export async function bindQuery(
  query: Pick<CatalogueQuery, 'name' | 'sparql' | 'parameters'>,
  given: Parameters = {},
): Promise<string> {
  const values = checkParameters(query, given)
  const limit = values.get('limit')?.terms[0]
  const lists = new Map([...values].filter(([name]) => name !== 'limit'))
  const key = [...lists.keys(), limit].join(' ')
  const known = templates.get(query) ?? new Map<string, string>()
  templates.set(query, known)
  let template = known.get(key)
  if (template === undefined) known.set(key, (template = await writeTemplate(query.sparql, lists, limit)))
  return template.replace(marks, (mark, name: string) => {
    const value = lists.get(name)
    return value === undefined ? mark : value.terms.map((term) => writeValue(value.parameter, term)).join(' ')
  })
}

const markOf = (name: string) => `urn:vampira:parameter-mark:${name}`
const marks = /<urn:vampira:parameter-mark:(\w+)>/g

async function writeTemplate(
  sparql: string,
  given: ReadonlyMap<string, unknown>,
  limit: string | undefined,
): Promise<string> {
  const syntax = await querySyntax()
  const tree = syntax.parse(sparql)
  if (limit !== undefined) setLimit(tree, Number(limit))
  for (const patterns of patternLists(tree)) {
    const kept = patterns.filter((pattern) => {
      const name = parameterOf(pattern)
      return name === undefined || given.has(name)
    })
    patterns.splice(0, patterns.length, ...kept)
    for (const pattern of patterns) {
      const name = parameterOf(pattern)
      if (name === undefined || pattern.subType !== 'values') continue
      const mark: TermIri = { type: 'term', subType: 'namedNode', value: markOf(name), loc: pattern.loc }
      pattern.values = [{ [name]: mark }]
    }
  }
  return syntax.write(tree)
}

/** The parameter that a pattern `VALUES ?name { UNDEF }` stands for. */
export function parameterOf(pattern: Pattern): string | undefined {
  if (pattern.subType !== 'values') return undefined
  const { variables, values } = pattern
  const [variable] = variables
  const [row] = values
  const undef = values.length === 1 && Object.values(row ?? {}).every((term) => term === undefined)
  return undef && variables.length === 1 ? variable?.value : undefined
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

function setLimit(query: Query, limit: number): void {
  const loc: Query['loc'] = { sourceLocationType: 'autoGenerate' }
  const offset = query.solutionModifiers.limitOffset?.offset
  query.solutionModifiers.limitOffset = {
    type: 'solutionModifier',
    subType: 'limitOffset',
    limit,
    offset,
    loc,
  }
}
