import { NotSmall, type Expression } from './small-query.ts'
import { compareTerms, compareTexts, integer, integerOf, string, stringOf, textOf } from './small-terms.ts'

/** Terms by variable; what is unbound is absent. */
export type Solution = Readonly<Record<string, string>>

const yes = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
const no = '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'

/**
 * The value of an expression in a solution; undefined where it is an error or an unbound variable.
 * @param group the solutions that an aggregate is over
 * @throws NotSmall for what is not understood here
 */
export function evaluate(
  expression: Expression,
  solution: Solution,
  group?: readonly Solution[],
): string | undefined {
  switch (expression.kind) {
    case 'term':
      return expression.slot.startsWith('?') ? solution[expression.slot] : expression.slot
    case 'aggregate':
      if (group === undefined) throw new NotSmall()
      return aggregate(expression, group)
    case 'exists':
      throw new NotSmall()
    case 'call':
      return call(expression.name, expression.arguments, (each) => evaluate(each, solution, group))
  }
}

/** Whether a filter lets a solution through: an error does not. */
export function holds(expression: Expression, solution: Solution): boolean {
  return truthOf(evaluate(expression, solution)) === true
}

function call(
  name: string,
  given: readonly Expression[],
  valueOf: (each: Expression) => string | undefined,
): string | undefined {
  switch (name) {
    case 'BOUND':
      return truth(valueOf(given[0]!) !== undefined)
    case 'COALESCE':
      for (const each of given) {
        const value = valueOf(each)
        if (value !== undefined) return value
      }
      return undefined
    case 'IF': {
      const test = truthOf(valueOf(given[0]!))
      return test === undefined ? undefined : valueOf(given[test ? 1 : 2]!)
    }
    case '&&':
    case '||': {
      const [left, right] = given.map((each) => truthOf(valueOf(each)))
      const decides = name === '||'
      if (left === decides || right === decides) return truth(decides)
      return left === undefined || right === undefined ? undefined : truth(!decides)
    }
  }
  const values: string[] = []
  for (const each of given) {
    const value = valueOf(each)
    if (value === undefined) return undefined
    values.push(value)
  }
  return callWith(name, values)
}

function callWith(name: string, values: readonly string[]): string | undefined {
  const [first = '', second = '', third = ''] = values
  switch (name) {
    case '!': {
      const value = truthOf(first)
      return value === undefined ? undefined : truth(!value)
    }
    case '=':
    case '!=':
      return truth(isEqual(first, second) === (name === '='))
    case '<':
    case '>': {
      const [a, b] = [integerOf(first), integerOf(second)]
      if (a === undefined || b === undefined) throw new NotSmall()
      return truth(name === '<' ? a < b : a > b)
    }
    case '/':
      // Written to make an error.
      if (integerOf(second) === 0 && integerOf(first) !== undefined) return undefined
      throw new NotSmall()
    case 'STR':
      return string(textOf(first))
    case 'CONCAT':
      return string(values.map(plain).join(''))
    case 'STRAFTER': {
      const [text, mark] = [plain(first), plain(second)]
      const at = text.indexOf(mark)
      return string(at < 0 ? '' : text.slice(at + mark.length))
    }
    case 'REPLACE':
      // The only pattern of which it is certain that both languages of patterns mean the same by it.
      if (values.length !== 3 || plain(second) !== '^.*[.]' || third !== '""') throw new NotSmall()
      return string(plain(first).replace(/^.*[.]/u, ''))
    default:
      throw new NotSmall()
  }
}

function aggregate(
  { name, distinct, of, separator }: Extract<Expression, { kind: 'aggregate' }>,
  group: readonly Solution[],
): string | undefined {
  const all = group.map((each) => evaluate(of, each))
  const bound = all.filter((each) => each !== undefined)
  const values = distinct ? [...new Set(bound)] : bound
  if (name === 'COUNT') return integer(values.length)
  if (bound.length < all.length) throw new NotSmall()
  switch (name) {
    case 'SUM':
      return integer(
        values.reduce((sum, each) => {
          const value = integerOf(each)
          if (value === undefined) throw new NotSmall()
          return sum + value
        }, 0),
      )
    case 'GROUP_CONCAT':
      return string(values.map(plain).join(separator ?? ' '))
    default: {
      if (values.some((each) => stringOf(each) === undefined)) throw new NotSmall()
      const sorted = values.toSorted((a, b) => compareTexts(plain(a), plain(b)))
      return name === 'MIN' ? sorted[0] : sorted.at(-1)
    }
  }
}

function isEqual(a: string, b: string): boolean {
  if (a === b) return true
  const isPlain = (term: string) => term.startsWith('<') || stringOf(term) !== undefined
  if (isPlain(a) && isPlain(b)) return false
  if (integerOf(a) !== undefined && integerOf(b) !== undefined) return compareTerms(a, b) === 0
  throw new NotSmall()
}

function plain(term: string): string {
  const text = stringOf(term)
  if (text === undefined) throw new NotSmall()
  return text
}

function truth(value: boolean): string {
  return value ? yes : no
}

/** Of what is no boolean, others know whether it counts as true. */
function truthOf(term: string | undefined): boolean | undefined {
  if (term === undefined) return undefined
  if (term !== yes && term !== no) throw new NotSmall()
  return term === yes
}
