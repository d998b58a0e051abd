import type { PatternGraph, PatternService, TermIri } from '@traqula/rules-sparql-1-1'
import { isPattern, visitSyntax, type Pattern, type Query } from './query-syntax.ts'

/** A part of a query that is evaluated whole where the data are, and then stands in it as a table. */
export interface Block {
  /** Stands in the query in its place until it is replaced: the only VALUES of this variable. */
  marker: string
  /** `SELECT * WHERE { GRAPH … { … } }`, with the query's prefixes. */
  query: Query
  /** The endpoint to ask, for a SERVICE block; else every source is asked. */
  service: { url: string; silent: boolean } | undefined
}

/**
 * Takes each GRAPH and SERVICE block out of a query and leaves a marker in its place. Since a run's graph is whole
 * wherever it is, such a block has the same solutions at every source that holds the graph.
 *
 * @returns undefined for a query that cannot be split so: one with triple patterns outside of GRAPH, with FROM, or with
 * a GRAPH inside of EXISTS, whose solutions depend on what stands around it.
 */
export function splitQuery(query: Query): { rest: Query; blocks: Block[] } | undefined {
  if (query.subType === 'describe' || query.datasets.clauses.length > 0) return undefined
  const rest = structuredClone(query)
  const blocks: Block[] = []
  let whole = true

  const take = (pattern: PatternGraph | PatternService): Pattern => {
    const marker = `vampiraBlock${blocks.length}`
    const service =
      pattern.subType === 'service' && pattern.name.subType === 'namedNode'
        ? { url: iriOf(pattern.name, query), silent: pattern.silent }
        : undefined
    if (pattern.subType === 'service' && service === undefined) whole = false
    const patterns = service === undefined ? [pattern] : pattern.patterns
    blocks.push({ marker, query: selectAll(query, patterns), service })
    const loc = pattern.loc
    return {
      type: 'pattern',
      subType: 'values',
      variables: [{ type: 'term', subType: 'variable', value: marker, loc }],
      values: [{ [marker]: undefined }],
      loc,
    }
  }

  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) {
        if (isBlock(item)) node[index] = take(item)
        else walk(item)
      }
      return
    }
    if (typeof node !== 'object' || node === null) return
    if (isPattern(node) && node.subType === 'bgp') {
      if (node.triples.length > 0) whole = false
      return
    }
    if ('subType' in node && node.subType === 'patternOperation') {
      whole = false
      return
    }
    for (const [key, child] of Object.entries(node)) {
      if (key !== 'loc' && key !== 'template' && key !== 'context') walk(child)
    }
  }
  walk(rest)
  return whole ? { rest, blocks } : undefined
}

function isBlock(node: unknown): node is PatternGraph | PatternService {
  return isPattern(node) && (node.subType === 'graph' || node.subType === 'service')
}

function selectAll(query: Query, patterns: Pattern[]): Query {
  const { loc } = query
  return {
    type: 'query',
    subType: 'select',
    context: query.context,
    variables: [{ type: 'wildcard', loc }],
    where: { type: 'pattern', subType: 'group', patterns, loc },
    datasets: { type: 'datasetClauses', clauses: [], loc },
    solutionModifiers: {},
    loc,
  }
}

/** Whether a query says of some patterns in which graph they are. */
export function namesGraphs(query: Query): boolean {
  let found = query.datasets.clauses.length > 0
  visitSyntax(query, (node) => {
    if (isPattern(node) && node.subType === 'graph') found = true
  })
  return found
}

/** The endpoints that a query's SERVICE blocks ask; undefined for one that is a variable. */
export function servicesOf(query: Query): (string | undefined)[] {
  const services: (string | undefined)[] = []
  visitSyntax(query, (node) => {
    if (!isPattern(node) || node.subType !== 'service') return
    services.push(node.name.subType === 'namedNode' ? iriOf(node.name, query) : undefined)
  })
  return services
}

/** The IRI that a name of the query stands for. */
export function iriOf(term: TermIri, query: Query): string {
  if (!('prefix' in term)) return term.value
  const prefix = query.context.find((each) => each.subType === 'prefix' && each.key === term.prefix)
  return prefix === undefined ? term.value : `${prefix.value.value}${term.value}`
}
