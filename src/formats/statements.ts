/** A statement of Turtle or TriG, or a line of N-Triples or N-Quads. */
export interface Statement {
  text: string
  /** Where it begins, from 1. */
  line: number
  /** What stands before the brace of the graph that it is in; undefined outside of one. */
  graph?: string
  /** Whether it declares a prefix or the base, on which what follows depends. */
  directive: boolean
}

/**
 * What a text can be cut at, and what hides a dot or a brace. The dot at the end of a statement stands before a space,
 * a sign or the end; one before a letter or digit is inside of a name or number.
 */
const tokens =
  /"""(?:[^"\\]|\\[^]|"(?!""))*"""|'''(?:[^'\\]|\\[^]|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\n]*>|#[^\n]*|\\.|\{\||\|\}|[{}]|\.(?![\w:%\\\-\u00b7-\uffff])/g

const spaceAndComments = /(?:\s|#[^\n]*)*/y

/** `PREFIX p: <…>` and `BASE <…>`, which end without a dot. */
const sparqlDirective = /(?:PREFIX\s+[^\s:<]*:\s*|BASE\s*)<[^<>\n]*>/iy

/**
 * The statements of a Turtle or TriG text, cut without understanding them, so that a broken one does not hide the next:
 * no sound statement has the dot of its end anywhere else.
 */
export function* turtleStatements(text: string, graphs: boolean): Generator<Statement, void, undefined> {
  const lines = new LineCounter(text)
  let start = afterSpace(text, 0)
  let graph: string | undefined
  const cutAt = (end: number, directive = /^@(prefix|base)\b/i.test(text.slice(start, start + 8))) => {
    const statement = { text: text.slice(start, end).trimEnd(), line: lines.at(start), directive }
    start = afterSpace(text, end)
    return graph === undefined ? statement : { ...statement, graph }
  }
  tokens.lastIndex = 0
  for (;;) {
    sparqlDirective.lastIndex = start
    if (graph === undefined && sparqlDirective.test(text)) {
      yield cutAt(sparqlDirective.lastIndex, true)
      continue
    }
    tokens.lastIndex = Math.max(start, tokens.lastIndex)
    const token = tokens.exec(text)
    if (token === null) break
    const [sign] = token
    if (sign === '.') yield cutAt(tokens.lastIndex)
    else if (graphs && sign === '{') {
      graph = text.slice(start, token.index)
      start = afterSpace(text, tokens.lastIndex)
    } else if (graphs && sign === '}') {
      if (token.index > start) yield cutAt(token.index)
      graph = undefined
      start = afterSpace(text, tokens.lastIndex)
    }
  }
  if (start < text.length) yield cutAt(text.length)
}

/** The lines of a text that are neither empty nor comments. */
export function* lineStatements(text: string): Generator<Statement, void, undefined> {
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries())
    if (/^\s*[^\s#]/.test(line)) yield { text: line, line: index + 1, directive: false }
}

function afterSpace(text: string, from: number): number {
  spaceAndComments.lastIndex = from
  spaceAndComments.test(text)
  return spaceAndComments.lastIndex
}

/** Counts lines for places that are asked in their order. */
class LineCounter {
  readonly #text: string
  #seen = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  at(place: number): number {
    for (;;) {
      const end = this.#text.indexOf('\n', this.#seen)
      if (end === -1 || end >= place) return this.#line
      this.#seen = end + 1
      this.#line++
    }
  }
}
