import type { Pattern, Query, SparqlQuery } from '@traqula/rules-sparql-1-1'
import { malformedQuery, positionOf, updateRefused, type Complaint } from './malformed-query.ts'

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

/** The parser found a token where the grammar has none. */
class UnexpectedToken extends Error {
  /** UTF-16 code units before it; NaN at the end of the query. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

async function load(): Promise<QuerySyntax> {
  const [{ sparql11ParserBuilder }, { Generator }, { lex, MinimalSparqlParser, sparqlCodepointEscape }] =
    await Promise.all([
      import('@traqula/parser-sparql-1-1'),
      import('@traqula/generator-sparql-1-1'),
      import('@traqula/rules-sparql-1-1'),
    ])
  // As the package builds its own, but for the errors: those keep their token.
  const grammar = sparql11ParserBuilder.build({
    tokenVocabulary: lex.sparql11LexerBuilder.tokenVocabulary,
    queryPreProcessor: sparqlCodepointEscape,
    errorHandler: ([first]) => {
      throw new UnexpectedToken(first?.message ?? '', first?.token.startOffset ?? Number.NaN)
    },
  })
  const parser = new MinimalSparqlParser(grammar)
  const generator = new Generator()

  /** The lexer's errors keep their place only when it is run by itself. */
  const unknownCharacter = (sparql: string): number | undefined => {
    const lexer = lex.sparql11LexerBuilder.build({ positionTracking: 'onlyOffset' })
    return lexer.tokenize(sparqlCodepointEscape(sparql)).errors[0]?.offset
  }

  const complaintOf = (sparql: string, cause: unknown): Complaint => {
    const offset = cause instanceof UnexpectedToken ? cause.offset : unknownCharacter(sparql)
    return offset === undefined
      ? { at: undefined, reason: cause instanceof Error ? cause.message : String(cause), cause }
      : { at: positionOf(sparql, offset), reason: '', cause }
  }

  return {
    parse(sparql) {
      let parsed: SparqlQuery
      try {
        parsed = parser.parse(sparql)
      } catch (cause) {
        throw malformedQuery(sparql, complaintOf(sparql, cause))
      }
      if (parsed.type !== 'query') {
        throw updateRefused()
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

export function isPattern(node: unknown): node is Pattern {
  return typeof node === 'object' && node !== null && 'type' in node && node.type === 'pattern'
}
