import { stringLiteral } from '../../rdf/literals.ts'
import { XSD } from '../../rdf/vocabulary.ts'
import { NotSmall, type Slot } from './small-query.ts'

const token =
  /\s+|#[^\n]*|(<[^<>"{}|^`\\\s]*>|[?$]\w+|"(?:[^"\\\n]|\\.)*"(?!")|\d+(?![\w.])|[a-zA-Z][\w-]*:[\w-]*(?!\.\S)|[A-Za-z_]\w*|&&|\|\||!=|[{}().;,|=!<>/])/gy

/** The tokens of a query, read one after the other. What is expected and not there is a reason to give up. */
export class SmallTokens {
  readonly #words: readonly string[]
  readonly #prefixes = new Map<string, string>()
  #at = 0

  constructor(sparql: string) {
    this.#words = tokensOf(sparql)
  }

  get isAtEnd(): boolean {
    return this.#at === this.#words.length
  }

  /** Whether a name with brackets behind it comes next. */
  get isCall(): boolean {
    return this.#words[this.#at + 1] === '(' && /^[A-Za-z_]+$/.test(this.peek())
  }

  declare(name: string, iri: string): void {
    if (!name.endsWith(':') || !iri.startsWith('<')) throw new NotSmall()
    this.#prefixes.set(name, iri.slice(1, -1))
  }

  variable(): Slot {
    const word = this.next()
    if (!isVariable(word)) throw new NotSmall()
    return `?${word.slice(1)}`
  }

  /** The text of a literal without escapes. */
  text(): string {
    const word = this.next()
    if (!word.startsWith('"') || word.includes('\\')) throw new NotSmall()
    return word.slice(1, -1)
  }

  term(): Slot {
    const word = this.peek()
    if (isVariable(word)) return this.variable()
    this.#at++
    if (word.startsWith('<') && word.length > 1) return word
    if (word.startsWith('"')) {
      // A datatype or a language would stand behind it.
      if (word.includes('\\')) throw new NotSmall()
      return stringLiteral(word.slice(1, -1))
    }
    if (/^\d+$/.test(word)) {
      if (String(Number(word)) !== word) throw new NotSmall()
      return `"${word}"^^<${XSD.integer}>`
    }
    if (word === 'true' || word === 'false') return `"${word}"^^<${XSD.boolean}>`
    const colon = word.indexOf(':')
    const namespace = this.#prefixes.get(word.slice(0, colon + 1))
    if (namespace === undefined) throw new NotSmall()
    return `<${namespace}${word.slice(colon + 1)}>`
  }

  peek(): string {
    return this.#words[this.#at] ?? ''
  }

  next(): string {
    return this.#words[this.#at++] ?? ''
  }

  is(word: string): boolean {
    return this.peek().toUpperCase() === word
  }

  takes(word: string): boolean {
    const is = this.is(word)
    if (is) this.#at++
    return is
  }

  expect(word: string): void {
    if (!this.takes(word)) throw new NotSmall()
  }
}

function tokensOf(sparql: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < sparql.length) {
    const found = token.exec(sparql)
    if (found === null) throw new NotSmall()
    if (found[1] !== undefined) tokens.push(found[1])
  }
  return tokens
}

export function isVariable(word: string): boolean {
  return word.startsWith('?') || word.startsWith('$')
}
