import { RDF } from '../../rdf/vocabulary.ts'
import {
  NotSmall,
  type Element,
  type Expression,
  type SelectQuery,
  type Slot,
  type TriplePattern,
} from './small-query.ts'
import { ExpressionReader } from './expression-syntax.ts'
import { isVariable, SmallTokens } from './small-tokens.ts'

/** What may stand behind triples without a full stop between. */
const behindTriples = new Set(['}', '{', 'OPTIONAL', 'GRAPH', 'FILTER', 'VALUES', 'BIND'])

/**
 * Reads the part of SPARQL 1.1 that questions about a few runs are written in: SELECT with groups, OPTIONAL, UNION,
 * GRAPH, VALUES, BIND, FILTER, alternatives of properties, subqueries, grouping and order.
 *
 * @throws NotSmall for anything else, also where it is malformed
 */
export function readSmallQuery(sparql: string): SelectQuery {
  return new Reader(new SmallTokens(sparql)).query()
}

class Reader {
  readonly #tokens: SmallTokens
  readonly #expressions: ExpressionReader

  constructor(tokens: SmallTokens) {
    this.#tokens = tokens
    this.#expressions = new ExpressionReader(tokens, () => this.#group())
  }

  query(): SelectQuery {
    while (this.#tokens.takes('PREFIX')) {
      this.#tokens.declare(this.#tokens.next(), this.#tokens.next())
    }
    const query = this.#select()
    if (!this.#tokens.isAtEnd) throw new NotSmall()
    return query
  }

  #select(): SelectQuery {
    this.#tokens.expect('SELECT')
    const distinct = this.#tokens.takes('DISTINCT')
    const columns: { variable: Slot; expression: Expression | undefined }[] = []
    for (;;) {
      if (isVariable(this.#tokens.peek()))
        columns.push({ variable: this.#tokens.variable(), expression: undefined })
      else if (this.#tokens.takes('(')) {
        const expression = this.#expressions.expression()
        this.#tokens.expect('AS')
        columns.push({ variable: this.#tokens.variable(), expression })
        this.#tokens.expect(')')
      } else break
    }
    if (columns.length === 0) throw new NotSmall()
    this.#tokens.takes('WHERE')
    const where = this.#group()
    let groupBy: Slot[] | undefined
    if (this.#tokens.takes('GROUP')) {
      this.#tokens.expect('BY')
      groupBy = []
      while (isVariable(this.#tokens.peek())) groupBy.push(this.#tokens.variable())
      if (groupBy.length === 0) throw new NotSmall()
    }
    return { columns, distinct, where, groupBy, orderBy: this.#order(), limit: this.#limit() }
  }

  #order(): SelectQuery['orderBy'] {
    const keys: { expression: Expression; descending: boolean }[] = []
    if (!this.#tokens.takes('ORDER')) return keys
    this.#tokens.expect('BY')
    for (;;) {
      if (isVariable(this.#tokens.peek()))
        keys.push({ expression: this.#expressions.primary(), descending: false })
      else if (this.#tokens.is('DESC') || this.#tokens.is('ASC')) {
        const descending = this.#tokens.next().toUpperCase() === 'DESC'
        this.#tokens.expect('(')
        keys.push({ expression: this.#expressions.expression(), descending })
        this.#tokens.expect(')')
      } else return keys
    }
  }

  #limit(): number | undefined {
    if (!this.#tokens.takes('LIMIT')) return undefined
    const count = this.#tokens.next()
    if (!/^\d+$/.test(count)) throw new NotSmall()
    return Number(count)
  }

  #group(): Element[] {
    this.#tokens.expect('{')
    if (this.#tokens.is('SELECT')) {
      const query = this.#select()
      this.#tokens.expect('}')
      return [{ kind: 'select', query }]
    }
    const elements: Element[] = []
    while (!this.#tokens.takes('}')) {
      if (this.#tokens.takes('OPTIONAL')) elements.push({ kind: 'optional', group: this.#group() })
      else if (this.#tokens.takes('GRAPH'))
        elements.push({ kind: 'graph', name: this.#tokens.variable(), group: this.#group() })
      else if (this.#tokens.takes('FILTER'))
        elements.push({ kind: 'filter', expression: this.#expressions.constraint() })
      else if (this.#tokens.takes('VALUES')) elements.push(this.#values())
      else if (this.#tokens.takes('BIND')) {
        this.#tokens.expect('(')
        const expression = this.#expressions.expression()
        this.#tokens.expect('AS')
        elements.push({ kind: 'bind', expression, variable: this.#tokens.variable() })
        this.#tokens.expect(')')
      } else if (this.#tokens.is('{')) {
        const groups = [this.#group()]
        while (this.#tokens.takes('UNION')) groups.push(this.#group())
        elements.push({ kind: 'union', groups })
      } else {
        this.#triples(elements)
        if (!this.#tokens.is('.') && !behindTriples.has(this.#tokens.peek().toUpperCase()))
          throw new NotSmall()
      }
      this.#tokens.takes('.')
    }
    return elements
  }

  #values(): Element {
    const single = isVariable(this.#tokens.peek())
    const variables: Slot[] = []
    if (single) variables.push(this.#tokens.variable())
    else {
      this.#tokens.expect('(')
      while (!this.#tokens.takes(')')) variables.push(this.#tokens.variable())
    }
    const rows: (Slot | undefined)[][] = []
    const value = () => (this.#tokens.takes('UNDEF') ? undefined : this.#tokens.term())
    this.#tokens.expect('{')
    while (!this.#tokens.takes('}')) {
      if (single) rows.push([value()])
      else {
        const row: (Slot | undefined)[] = []
        this.#tokens.expect('(')
        while (!this.#tokens.takes(')')) row.push(value())
        if (row.length !== variables.length) throw new NotSmall()
        rows.push(row)
      }
    }
    return { kind: 'values', variables, rows }
  }

  #triples(elements: Element[]): void {
    const before = elements.at(-1)
    const patterns: TriplePattern[] = before?.kind === 'triples' ? before.patterns : []
    if (before?.kind !== 'triples') elements.push({ kind: 'triples', patterns })
    const subject = this.#tokens.term()
    for (let first = true; first || this.#tokens.takes(';'); first = false) {
      // A semicolon may stand at the end.
      if (!first && (this.#tokens.is('.') || this.#tokens.is('}'))) return
      const predicates = [this.#verb()]
      while (this.#tokens.takes('|')) predicates.push(this.#verb())
      do patterns.push({ subject, predicates, object: this.#tokens.term() })
      while (this.#tokens.takes(','))
    }
  }

  #verb(): Slot {
    if (this.#tokens.peek() !== 'a') return this.#tokens.term()
    this.#tokens.next()
    return `<${RDF.type}>`
  }
}
