import { isUtf8 } from 'node:buffer'
import { RecentNames } from './recent-names.ts'
import { TrigTokens, textOf } from './trig-tokens.ts'
import type { TripleTable } from './triple-table.ts'
import { NAMESPACES, RDF, XSD } from './vocabulary.ts'

/** What the next line may be. */
type Next = 'directive or graph' | 'subject' | 'predicate' | 'object'

/** Bytes of one line, beyond which its end is not waited for. */
const longestLine = 1 << 26

/** Datatypes of which no literal is spelt with a datatype. */
const ofLanguages: ReadonlySet<string> = new Set([RDF.langString, `${NAMESPACES.rdf}dirLangString`])

/**
 * Reads what `TrigSink` writes, from its bytes into a table, many times as fast as a reader of all TriG. It knows that
 * layout only, and reads nothing that is not TriG, or that has another meaning there: at whatever else it meets it gives
 * up. Then the whole text is to be read in the other way, into another table.
 */
export class TrigReader {
  /** Triples that were read until now. */
  tripleCount = 0
  readonly #table: TripleTable
  /** Heads of literals that are spelt without a datatype. */
  readonly #heads: Readonly<Record<'string' | 'boolean' | 'integer' | 'decimal', number>>
  /** The number of rdf:type, or -1 before it is there. */
  #type = -1
  readonly #tokens = new TrigTokens()
  readonly #recent = new RecentNames()
  /** Datatypes as the text spells them, with the heads of their literals. */
  readonly #datatypes: { spelling: string; head: number }[] = []
  /** The beginning of a line of which the end is still to come. */
  #rest: Uint8Array = new Uint8Array(0)
  #next: Next = 'directive or graph'
  #subject = 0
  #predicate = 0

  /** @param table an empty one, not sealed */
  constructor(table: TripleTable) {
    this.#table = table
    const { terms } = table
    this.#heads = {
      string: terms.literalHead(XSD.string),
      boolean: terms.literalHead(XSD.boolean),
      integer: terms.literalHead(XSD.integer),
      decimal: terms.literalHead(XSD.decimal),
    }
  }

  /** Reads on, in a piece that may end anywhere. @returns false where it gives up */
  read(chunk: Uint8Array): boolean {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const end = bytes.lastIndexOf(0x0a) + 1
    this.#rest = bytes.subarray(end)
    if (this.#rest.length > longestLine || !isUtf8(bytes.subarray(0, end))) return false
    const tokens = this.#tokens
    tokens.bytes = bytes
    tokens.at = 0
    while (tokens.at < end) if (!this.#line()) return false
    return true
  }

  /** Whether the text may end here. */
  get isComplete(): boolean {
    return this.#next === 'directive or graph' && this.#rest.length === 0
  }

  #line(): boolean {
    const tokens = this.#tokens
    switch (this.#next) {
      case 'object':
        return tokens.take('    ') && this.#objects()
      case 'predicate':
        return tokens.take('  ') && this.#verb() && this.#objects()
      case 'subject':
        if (!tokens.take('}\n')) {
          this.#next = 'predicate'
          return (this.#subject = this.#node()) >= 0 && tokens.take('\n')
        }
        this.#next = 'directive or graph'
        return true
      default:
        if (tokens.take('\n')) return true
        if (tokens.take('PREFIX ')) return tokens.takeDirective()
        this.#next = 'subject'
        return tokens.take('GRAPH ') && this.#graph() && tokens.take(' {\n')
    }
  }

  /** The name of a graph, which is told by the one who asks for its text. */
  #graph(): boolean {
    return this.#tokens.takeIri() || this.#tokens.takeName() !== undefined
  }

  #verb(): boolean {
    if (this.#tokens.take('a ')) {
      if (this.#type < 0) this.#type = this.#table.terms.addIri(RDF.type)
      this.#predicate = this.#type
      return true
    }
    return (this.#predicate = this.#node()) >= 0 && this.#tokens.take(' ')
  }

  /** The objects on one line, and what stands behind them. */
  #objects(): boolean {
    const tokens = this.#tokens
    do {
      const object = this.#object()
      if (object < 0) return false
      this.#table.addNumbers(this.#subject, this.#predicate, object)
      this.tripleCount++
    } while (tokens.take(', '))
    if (tokens.take(' ;\n')) this.#next = 'predicate'
    else if (tokens.take(' ,\n')) this.#next = 'object'
    else if (tokens.take(' .\n')) this.#next = 'subject'
    else return false
    return true
  }

  /** @returns the number of an IRI, or -1 */
  #node(): number {
    const tokens = this.#tokens
    const { terms } = this.#table
    const start = tokens.at
    if (tokens.takeIri()) return terms.addIriBytes(nothing, tokens.bytes, start + 1, tokens.at - 1)
    tokens.at = start
    const namespace = tokens.takeName()
    if (namespace === undefined) return -1
    const { bytes, at, local, hash } = tokens
    const recent = this.#recent.find(hash, namespace.index, bytes, local, at)
    if (recent >= 0) return recent
    const number = terms.addIriBytes(namespace.iri, bytes, local, at)
    this.#recent.keep(hash, namespace.index, bytes, local, at, number)
    return number
  }

  /** @returns the number of a term, or -1 */
  #object(): number {
    const tokens = this.#tokens
    const start = tokens.at
    if (tokens.take('"')) return this.#quoted()
    const node = this.#node()
    if (node >= 0) return node
    tokens.at = start
    if (tokens.take('true') || tokens.take('false')) return this.#bare(this.#heads.boolean, start)
    tokens.take('-')
    if (!this.#digits()) return -1
    if (!tokens.take('.')) return this.#bare(this.#heads.integer, start)
    return this.#digits() ? this.#bare(this.#heads.decimal, start) : -1
  }

  #digits(): boolean {
    const tokens = this.#tokens
    const start = tokens.at
    while (tokens.bytes[tokens.at]! >= 0x30 && tokens.bytes[tokens.at]! <= 0x39) tokens.at++
    return tokens.at > start
  }

  /** A literal without quotes, which ends here. */
  #bare(head: number, start: number): number {
    return this.#table.terms.addLiteralBytes(head, this.#tokens.bytes, start, this.#tokens.at)
  }

  /** A literal of which the first quote was taken. */
  #quoted(): number {
    const tokens = this.#tokens
    const { bytes, at: start } = tokens
    const { terms } = this.#table
    let end = start
    let isEscaped = false
    for (; bytes[end] !== 0x22; end++) {
      if (bytes[end] === 0x0a || bytes[end] === 0x0d) return -1
      if (bytes[end] !== 0x5c) continue
      isEscaped = true
      if (!isEscape(bytes, ++end)) return -1
    }
    tokens.at = end + 1
    const head = tokens.take('^^') ? this.#datatype() : this.#heads.string
    if (head < 0) return -1
    if (!isEscaped) return terms.addLiteralBytes(head, bytes, start, end)
    const text = withoutEscapes(textOf(bytes, start, end))
    return text === undefined ? -1 : terms.addLiteral(head, text)
  }

  /** @returns the head of its literals, or -1 */
  #datatype(): number {
    const tokens = this.#tokens
    const start = tokens.at
    for (const { spelling, head } of this.#datatypes) {
      if (tokens.take(spelling) && (tokens.bytes[tokens.at] === 0x20 || tokens.bytes[tokens.at] === 0x2c))
        return head
      tokens.at = start
    }
    const namespace = tokens.takeName()
    if (namespace === undefined) return -1
    const iri = textOf(namespace.iri) + textOf(tokens.bytes, tokens.local, tokens.at)
    if (ofLanguages.has(iri)) return -1
    const head = this.#table.terms.literalHead(iri)
    this.#datatypes.push({ spelling: textOf(tokens.bytes, start, tokens.at), head })
    return head
  }
}

const nothing = new Uint8Array(0)

const escapes = new Set(Buffer.from('"\\bfnrt'))

/** Whether a backslash stands before one of the escapes of `stringLiteral`, which JSON has too. */
function isEscape(bytes: Uint8Array, at: number): boolean {
  return escapes.has(bytes[at]!) || (bytes[at] === 0x75 && bytes[at + 1] === 0x30 && bytes[at + 2] === 0x30)
}

/** @returns undefined where one is broken, or a control character is not escaped */
function withoutEscapes(text: string): string | undefined {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return undefined
  }
}
