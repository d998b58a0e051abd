import { NotSmall, type Expression, type Group } from './small-query.ts'
import type { SmallTokens } from './small-tokens.ts'

/** How many arguments functions take, at least and at most. */
const functions: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['BOUND', [1, 1]],
  ['COALESCE', [0, Infinity]],
  ['IF', [3, 3]],
  ['STR', [1, 1]],
  ['CONCAT', [0, Infinity]],
  ['STRAFTER', [2, 2]],
  ['REPLACE', [3, 4]],
])
const aggregates = new Set(['COUNT', 'SUM', 'MIN', 'MAX', 'AVG', 'GROUP_CONCAT'])
/** Reads the expressions of a query. @throws NotSmall for what is not known here */
export class ExpressionReader {
  readonly #tokens: SmallTokens
  readonly #readGroup: () => Group

  /** @param readGroup reads the group of an EXISTS */
  constructor(tokens: SmallTokens, readGroup: () => Group) {
    this.#tokens = tokens
    this.#readGroup = readGroup
  }

  /** Of a FILTER. */
  constraint(): Expression {
    if (this.#tokens.is('(')) return this.#bracketed()
    if (this.#tokens.isCall || this.#tokens.is('NOT') || this.#tokens.is('EXISTS')) return this.#unary()
    throw new NotSmall()
  }

  #bracketed(): Expression {
    this.#tokens.expect('(')
    const expression = this.expression()
    this.#tokens.expect(')')
    return expression
  }

  expression(): Expression {
    return this.#chain('||', () => this.#chain('&&', () => this.#comparison()))
  }

  #chain(operator: string, read: () => Expression): Expression {
    let left = read()
    while (this.#tokens.takes(operator)) left = { kind: 'call', name: operator, arguments: [left, read()] }
    return left
  }

  #comparison(): Expression {
    const left = this.#chain('/', () => this.#unary())
    for (const name of ['=', '!=', '<', '>']) {
      if (this.#tokens.takes(name))
        return { kind: 'call', name, arguments: [left, this.#chain('/', () => this.#unary())] }
    }
    const name = this.#tokens.takes('NOT') ? 'NOTIN' : 'IN'
    if (name === 'NOTIN') this.#tokens.expect('IN')
    else if (!this.#tokens.takes('IN')) return left
    this.#tokens.expect('(')
    return { kind: 'call', name, arguments: [left, ...this.#list()] }
  }

  /** Expressions up to the bracket that ends them. */
  #list(): Expression[] {
    const given: Expression[] = []
    while (!this.#tokens.takes(')')) {
      if (given.length > 0) this.#tokens.expect(',')
      given.push(this.expression())
    }
    return given
  }

  #unary(): Expression {
    if (this.#tokens.takes('!')) return { kind: 'call', name: '!', arguments: [this.#unary()] }
    const not = this.#tokens.takes('NOT')
    if (this.#tokens.takes('EXISTS')) return { kind: 'exists', not, group: this.#readGroup() }
    if (not) throw new NotSmall()
    return this.#tokens.is('(') ? this.#bracketed() : this.primary()
  }

  primary(): Expression {
    if (!this.#tokens.isCall) return { kind: 'term', slot: this.#tokens.term() }
    const name = this.#tokens.next().toUpperCase()
    this.#tokens.expect('(')
    if (aggregates.has(name)) return this.#aggregate(name)
    const [least, most] = functions.get(name) ?? [Infinity, Infinity]
    const given = this.#list()
    if (given.length < least || given.length > most) throw new NotSmall()
    return { kind: 'call', name, arguments: given }
  }

  #aggregate(name: string): Expression {
    const distinct = this.#tokens.takes('DISTINCT')
    const of = this.expression()
    let separator: string | undefined
    if (name === 'GROUP_CONCAT' && this.#tokens.takes(';')) {
      this.#tokens.expect('SEPARATOR')
      this.#tokens.expect('=')
      separator = this.#tokens.text()
    }
    this.#tokens.expect(')')
    return { kind: 'aggregate', name, distinct, of, separator }
  }
}
