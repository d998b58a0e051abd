import type { Pattern, Query, SparqlQuery } from '@traqula/rules-sparql-1-1'
import { QueryError } from '../errors.ts'
import { malformedQuery } from './malformed-query.ts'

export type { Pattern, Query }

/** Any object of a syntax tree, for walks that do not care which. */
export type SyntaxNode = { type: string; subType?: string } & Record<string, unknown>

/** Turns SPARQL 1.1 into a syntax tree and back. */
export interface QuerySyntax {
  /** @throws QueryError with line and column for a malformed query; updates are refused. */
  parse(sparql: string): Query
  write(query: Query): string
}

let loaded: Promise<QuerySyntax> | undefined

/** The parser and writer, loaded when first asked for: they take a tenth of a second. */
export function querySyntax(): Promise<QuerySyntax> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<QuerySyntax> {
  const [{ Parser }, { Generator }] = await Promise.all([
    import('@traqula/parser-sparql-1-1'),
    import('@traqula/generator-sparql-1-1'),
  ])
  const parser = new Parser()
  const generator = new Generator()
  return {
    parse(sparql) {
      let parsed: SparqlQuery
      try {
        parsed = parser.parse(sparql)
      } catch (cause) {
        throw malformedQuery(sparql, cause)
      }
      if (parsed.type !== 'query') {
        throw new QueryError('Cannot run an update: this only answers questions', {
          malformed: true,
          advice:
            'Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; runs are written by `vampira run` and `vampira push`.',
        })
      }
      return parsed
    },
    write: (query) => generator.generate(query),
  }
}

/** Calls `visit` for each node of the tree, parents first; where it returns false the children are left out. */
export function visitSyntax(tree: unknown, visit: (node: SyntaxNode) => boolean | void): void {
  if (Array.isArray(tree)) {
    for (const item of tree) visitSyntax(item, visit)
  } else if (typeof tree === 'object' && tree !== null) {
    if ('type' in tree && visit(tree as SyntaxNode) === false) return
    for (const [key, child] of Object.entries(tree)) if (key !== 'loc') visitSyntax(child, visit)
  }
}

/** Lists of patterns in the tree, outermost first; each may be changed in place. */
export function patternLists(tree: unknown): Pattern[][] {
  const lists: Pattern[][] = []
  visitSyntax(tree, (node) => {
    if (Array.isArray(node['patterns'])) lists.push(node['patterns'] as Pattern[])
  })
  return lists
}
