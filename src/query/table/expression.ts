import factory from '@rdfjs/data-model'
import type { Literal, Term } from '@rdfjs/types'
import { XSD } from '../../rdf/vocabulary.ts'
import type { Operation } from '../large/slice-plan.ts'
import type { NumberedTerms } from './numbered-graphs.ts'

/** Something of SPARQL that this room leaves to Oxigraph. */
export class NotHere extends Error {}

/** The number of a value in a row; 0 where there is none, or an error: https://www.w3.org/TR/sparql11-query/#evaluation */
export type Value = (row: readonly number[]) => number

/** What an expression needs to know of the query that it is in. */
export interface Surroundings {
  table: NumberedTerms
  /** The place of a variable in rows. */
  slot: (variable: string) => number
}

/**
 * Makes an expression into a function.
 *
 * @throws NotHere for what is left to Oxigraph; so does the function, for values that are
 */
export function valueOf(expression: Operation, around: Surroundings): Value {
  const { table, slot } = around
  if (expression.subType === 'term') {
    const term = expression['term'] as Term
    if (term.termType === 'Variable') {
      const place = slot(term.value)
      return (row) => row[place] ?? 0
    }
    const number = table.number(term)
    return () => number
  }
  if (expression.subType !== 'operator') throw new NotHere(`an expression of ${expression.subType}`)
  const args = (expression['args'] as Operation[]).map((each) => valueOf(each, around))
  const [first, second, third] = args as [Value, Value, Value]
  const boolean = (is: boolean) => (is ? yes : no)
  const [yes, no] = [true, false].map((is) =>
    table.number(factory.literal(String(is), iriOf(XSD.boolean))),
  ) as [number, number]
  const isTrue = (number: number): boolean => {
    if (number === yes || number === no) return number === yes
    throw new NotHere('a condition that is no boolean')
  }
  switch (expression['operator']) {
    case 'bound':
      return (row) => boolean(first(row) !== 0)
    case '!':
      return (row) => {
        const value = first(row)
        return value === 0 ? 0 : boolean(!isTrue(value))
      }
    case '&&':
    case '||': {
      const decides = expression['operator'] === '||'
      return (row) => {
        const values = [first(row), second(row)]
        if (values.some((value) => value !== 0 && isTrue(value) === decides)) return boolean(decides)
        return values.includes(0) ? 0 : boolean(!decides)
      }
    }
    case 'coalesce':
      return (row) => {
        for (const each of args) {
          const value = each(row)
          if (value !== 0) return value
        }
        return 0
      }
    case 'if':
      return (row) => {
        const condition = first(row)
        return condition === 0 ? 0 : isTrue(condition) ? second(row) : third(row)
      }
    case '=':
      return (row) => {
        const [one, other] = [first(row), second(row)]
        return one === 0 || other === 0 ? 0 : boolean(isEqual(table, one, other))
      }
    case '!=':
      return (row) => {
        const [one, other] = [first(row), second(row)]
        return one === 0 || other === 0 ? 0 : boolean(!isEqual(table, one, other))
      }
    case '<':
    case '>': {
      const isLess = expression['operator'] === '<'
      return (row) => {
        const [one, other] = [first(row), second(row)]
        if (one === 0 || other === 0) return 0
        const [a, b] = [wholeNumber(table, one), wholeNumber(table, other)]
        return boolean(isLess ? a < b : a > b)
      }
    }
    case 'in':
    case 'notin': {
      const isIn = expression['operator'] === 'in'
      const others = args.slice(1)
      return (row) => {
        const one = first(row)
        const values = others.map((each) => each(row))
        if (one === 0 || values.includes(0)) throw new NotHere('IN with an error')
        return boolean(values.some((each) => isEqual(table, one, each)) === isIn)
      }
    }
    case 'concat':
      return (row) => {
        const values = args.map((each) => each(row))
        if (values.includes(0)) return 0
        return table.number(factory.literal(values.map((each) => plainText(table.term(each))).join('')))
      }
    case 'str':
      return remembered(first, (number) => {
        const term = table.term(number)
        // Engines spell it in ways of their own.
        if (term.termType === 'Literal' && term.datatype.value === XSD.double)
          throw new NotHere('the text of a double')
        return table.number(factory.literal(term.value))
      })
    case 'strafter': {
      const mark = plainText((expression['args'] as Operation[])[1]!['term'] as Term | undefined)
      return remembered(first, (number) => {
        const text = plainText(table.term(number))
        const at = text.indexOf(mark)
        return table.number(factory.literal(at < 0 ? '' : text.slice(at + mark.length)))
      })
    }
    case '/': {
      const divisor = table.find(factory.literal('0', iriOf(XSD.integer)))
      return (row) => {
        if (second(row) === divisor) return 0
        throw new NotHere('a division')
      }
    }
    default:
      throw new NotHere(`the operator ${String(expression['operator'])}`)
  }
}

/** What is true of a row; an error is not. */
export function conditionOf(
  expression: Operation,
  around: Surroundings,
): (row: readonly number[]) => boolean {
  const value = valueOf(expression, around)
  const yes = around.table.number(factory.literal('true', iriOf(XSD.boolean)))
  const no = around.table.number(factory.literal('false', iriOf(XSD.boolean)))
  return (row) => {
    const number = value(row)
    if (number !== 0 && number !== yes && number !== no) throw new NotHere('a condition that is no boolean')
    return number === yes
  }
}

/** Thousands of rows have few values. */
function remembered(of: Value, find: (number: number) => number): Value {
  const known = new Map<number, number>()
  return (row) => {
    const number = of(row)
    if (number === 0) return 0
    let found = known.get(number)
    if (found === undefined) known.set(number, (found = find(number)))
    return found
  }
}

function plainText(term: Term | undefined): string {
  if (term?.termType === 'Literal' && term.datatype.value === XSD.string) return term.value
  throw new NotHere('a text that is no plain string')
}

function wholeNumber(table: NumberedTerms, number: number): bigint {
  const term = table.term(number)
  if (term.termType === 'Literal' && term.datatype.value === XSD.integer && /^[+-]?\d+$/.test(term.value))
    return BigInt(term.value)
  throw new NotHere('an order of what is no whole number')
}

function isEqual(table: NumberedTerms, one: number, other: number): boolean {
  const [a, b] = [table.term(one), table.term(other)]
  if (a.termType !== 'Literal' || b.termType !== 'Literal') return one === other
  const type = a.datatype.value
  if (type === b.datatype.value && (type === XSD.string || type === XSD.integer)) return one === other
  throw new NotHere('a comparison of literals of two types')
}

export function iriOf(iri: string): Literal['datatype'] {
  return factory.namedNode(iri)
}
