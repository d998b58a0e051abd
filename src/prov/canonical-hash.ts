import { createHash, type Hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Prefixes } from '../rdf/prefixes.ts'

/*
 * The RDFC-1.0 hash of a graph without blank nodes: its triples as canonical N-Quads, the graph's name left out, sorted
 * by code point, each once, SHA-256 (https://www.w3.org/TR/rdf-canon/, section 4.3 and the note on blank-node-free input).
 */

interface Node {
  subject: string
  text: string
  /** Where in the text the lines about the subject begin. */
  start: number
}

/** A verb and its object, both as N-Quads writes them. */
interface Statement {
  verb: string
  object: string
}

/** Hash of what a `TrigSink` wrote, given its chunks, as `sha-256:` and hexadecimal. */
export async function hashTrig(chunks: readonly string[], prefixes: Prefixes): Promise<string> {
  const compare = comparisonFor(chunks)
  // Comparing terms gives the order of whole lines: if one term is the beginning of another, a space follows it in its
  // line, and no character of a term sorts before a space.
  const compareStatements = (a: Statement, b: Statement) =>
    a.verb === b.verb ? compare(a.object, b.object) : compare(a.verb, b.verb)
  const nodes = chunks
    .flatMap((text) => nodesIn(text, prefixes))
    .sort((a, b) => compare(a.subject, b.subject))
  const reader = new StatementReader(prefixes)
  const digest = new LineDigest()
  for (let first = 0, next = 0; first < nodes.length; first = next) {
    const { subject } = nodes[first]!
    const statements: Statement[] = []
    for (; nodes[next]?.subject === subject; next++) reader.read(nodes[next]!, statements)
    let last: Statement | undefined
    for (const statement of statements.sort(compareStatements)) {
      const { verb, object } = statement
      if (verb !== last?.verb || object !== last.object) digest.add(subject, ' ', verb, ' ', object, ' .\n')
      last = statement
    }
    // Hashing a million triples takes a second. This lets signals and progress be handled in between.
    if (first >> 12 !== next >> 12) await setImmediate()
  }
  return digest.result()
}

/** Hash of canonical N-Quads lines without graph names, each ending in ` .`, in any order. */
export function hashLines(lines: readonly string[]): string {
  const digest = new LineDigest()
  for (const line of [...new Set(lines)].sort(comparisonFor(lines))) digest.add(line, '\n')
  return digest.result()
}

function nodesIn(text: string, prefixes: Prefixes): Node[] {
  const nodes: Node[] = []
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at)
    if (!/^(?: |$|\}|PREFIX |GRAPH )/.test(text.slice(at, Math.min(end, at + 7)))) {
      nodes.push({ subject: prefixes.expand(text.slice(at, end)), text, start: end + 1 })
    }
    at = end + 1
  }
  return nodes
}

class StatementReader {
  readonly #prefixes: Prefixes
  readonly #verbs = new Map<string, string>()

  constructor(prefixes: Prefixes) {
    this.#prefixes = prefixes
  }

  read({ text, start }: Node, statements: Statement[]): void {
    let predicate = ''
    let verb = ''
    for (let at = start; text.charCodeAt(at) === 32;) {
      const end = lineEnd(text, at)
      // Each line ends in ` ;`, ` ,` or ` .`; two spaces lead to a predicate, four to a further object.
      let object = at + 4
      if (text.charCodeAt(at + 2) !== 32) {
        object = text.indexOf(' ', at + 2) + 1
        predicate = text.slice(at + 2, object - 1)
        verb = this.#verbOf(predicate)
      }
      const objects = text.slice(object, end - 2)
      for (const each of predicate === 'a' ? objects.split(', ') : [objects]) {
        statements.push({ verb, object: this.#prefixes.expand(each) })
      }
      at = end + 1
    }
  }

  #verbOf(predicate: string): string {
    let verb = this.#verbs.get(predicate)
    if (verb === undefined) this.#verbs.set(predicate, (verb = this.#prefixes.expand(predicate)))
    return verb
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** JavaScript sorts by UTF-16 code units, which differ from code points where there are surrogates. */
function comparisonFor(texts: readonly string[]): (a: string, b: string) => number {
  if (texts.some((text) => /[\ud800-\udfff]/.test(text))) {
    return (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))
  }
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0)
}

class LineDigest {
  readonly #hash: Hash = createHash('sha256')
  #pieces: string[] = []

  add(...pieces: string[]): void {
    this.#pieces.push(...pieces)
    if (this.#pieces.length > 4096) this.#flush()
  }

  result(): string {
    this.#flush()
    return `sha-256:${this.#hash.digest('hex')}`
  }

  #flush(): void {
    this.#hash.update(this.#pieces.join(''))
    this.#pieces = []
  }
}
