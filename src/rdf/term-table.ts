import type { DataFactory, Quad, Term } from '@rdfjs/types'
import { SoughtText } from './sought-text.ts'
import { grow } from './grow.ts'
import type { SavedTerms } from './saved-terms.ts'
import { TermHeads, type Head } from './term-heads.ts'
import { writeTerm } from './write-term.ts'

/** What makes terms again out of what is kept of them. */
export type TermFactory = Pick<
  DataFactory<Quad>,
  'namedNode' | 'blankNode' | 'literal' | 'quad' | 'defaultGraph'
>

/**
 * Terms by number, from 0 in the order in which they came, and numbers by term. A Map from strings would end at 16.7
 * million terms and take 150 bytes for each: here a term is the number of its head and its own bytes in one long array,
 * found by an open hash table of numbers, about 40 bytes for a term of our records.
 */
export class TermTable {
  readonly #factory: TermFactory
  readonly #heads: TermHeads
  /** The number of the term that has its place there, and 1; 0: free. At most half full. */
  #slots = new Uint32Array(1 << 12)
  #hashes = new Uint32Array(1 << 11)
  #headNumbers = new Uint32Array(1 << 11)
  /** Where the bytes of each term begin; those of the next one begin where they end. */
  #starts = new Uint32Array((1 << 11) + 1)
  #bytes = Buffer.allocUnsafeSlow(1 << 16)
  #size = 0
  /** Triples as terms, which RDF 1.2 has and no record: kept as they are, by their text. */
  readonly #triples = new Map<string, Quad>()
  readonly #sought = new SoughtText()

  /** @param saved what `save` gave, of which the arrays become its own */
  constructor(factory: TermFactory, saved?: SavedTerms) {
    this.#factory = factory
    this.#heads = new TermHeads(saved?.heads)
    if (saved === undefined) return
    const [slots, hashes, headNumbers, starts] = saved.numbers
    this.#slots = slots!
    this.#hashes = hashes!
    this.#headNumbers = headNumbers!
    this.#starts = starts!
    this.#bytes = saved.bytes
    this.#size = saved.size
  }

  /** What it is made of. @throws RangeError where a term is a triple */
  save(): SavedTerms {
    if (this.#triples.size > 0) throw new RangeError('Triples as terms are kept as objects.')
    const size = this.#size
    return {
      size,
      heads: this.#heads.list(),
      numbers: [
        this.#slots,
        this.#hashes.subarray(0, size),
        this.#headNumbers.subarray(0, size),
        this.#starts.subarray(0, size + 1),
      ],
      bytes: this.#bytes.subarray(0, this.#starts[size]),
    }
  }

  /** How many terms there are. */
  get size(): number {
    return this.#size
  }

  /** The number of a term, a new one if it is not there yet. */
  add(term: Term): number {
    switch (term.termType) {
      case 'NamedNode':
        return this.addIri(term.value)
      case 'Quad': {
        const text = writeTerm(term)
        this.#triples.set(text, term as Quad)
        return this.#addText(this.#heads.of('Quad'), text, false)
      }
      default:
        return this.#addText(this.#heads.ofTerm(term), term.value, false)
    }
  }

  /** Like `add`, for an IRI. */
  addIri(iri: string): number {
    return this.#addText(0, iri, true)
  }

  /** Like `addIri`, for bytes of UTF-8: those of its beginning and those of its rest, from `start` to `end`. */
  addIriBytes(beginning: Uint8Array, rest: Uint8Array, start: number, end: number): number {
    return this.#add(0, this.#sought.writeBytes(beginning, rest, start, end, 0), true)
  }

  /** What literals of a datatype share, by which `addLiteral` and `addLiteralBytes` know it. */
  literalHead(datatype: string): number {
    return this.#heads.of('Literal', datatype)
  }

  addLiteral(head: number, text: string): number {
    return this.#addText(head, text, false)
  }

  /** Like `addLiteral`, for bytes of UTF-8, from `start` to `end`. */
  addLiteralBytes(head: number, bytes: Uint8Array, start: number, end: number): number {
    return this.#add(head, this.#sought.writeBytes(noBytes, bytes, start, end, head), false)
  }

  /** The number of a term; undefined where it is not there. */
  numberOf(term: Term): number | undefined {
    if (term.termType === 'NamedNode') return this.numberOfIri(term.value)
    const text = term.termType === 'Quad' ? writeTerm(term) : term.value
    const head = this.#heads.ofTerm(term)
    return this.#find(head, this.#sought.write(text, head), false)
  }

  numberOfIri(iri: string): number | undefined {
    return this.#find(0, this.#sought.write(iri, 0), true)
  }

  /** The IRI of a literal's datatype; undefined for what is no literal. */
  datatypeOf(number: number): string | undefined {
    const { termType, text } = this.#head(number)
    return termType === 'Literal' ? text : undefined
  }

  isIri(number: number): boolean {
    return this.#head(number).termType === 'NamedNode'
  }

  /** What RDF/JS calls the term's value. */
  valueOf(number: number): string {
    const { termType, text } = this.#head(number)
    const own = this.#bytes.toString('utf8', this.#starts[number], this.#starts[number + 1])
    if (termType === 'Quad') return ''
    return termType === 'NamedNode' ? text + own : own
  }

  /** The term, made anew each time. */
  term(number: number): Term {
    const { termType, text, language, direction } = this.#head(number)
    const value = this.valueOf(number)
    switch (termType) {
      case 'NamedNode':
        return this.#factory.namedNode(value)
      case 'BlankNode':
        return this.#factory.blankNode(value)
      case 'Literal':
        if (language === '') return this.#factory.literal(value, this.#factory.namedNode(text))
        return this.#factory.literal(value, direction === '' ? language : { language, direction })
      case 'Quad':
        return this.#triples.get(
          this.#bytes.toString('utf8', this.#starts[number], this.#starts[number + 1]),
        )!
      default:
        return this.#factory.defaultGraph()
    }
  }

  #head(number: number): Head {
    return this.#heads.at(this.#headNumbers[number]!)
  }

  #addText(head: number, text: string, isIri: boolean): number {
    return this.#add(head, this.#sought.write(text, head), isIri)
  }

  /** The number of the term whose text was written down. */
  #add(head: number, hash: number, isIri: boolean): number {
    const found = this.#find(head, hash, isIri)
    if (found !== undefined) return found
    const number = this.#size++
    if (number + 2 > this.#starts.length) this.#growTerms()
    const { bytes, length } = this.#sought
    const own = isIri ? this.#heads.ofIri(bytes, length) : head
    this.#hashes[number] = hash
    this.#headNumbers[number] = own
    const from = isIri ? this.#heads.at(own).length : 0
    const at = this.#starts[number]!
    const end = at + length - from
    if (end > this.#bytes.length) this.#growBytes(end)
    for (let n = from, to = at; to < end; n++, to++) this.#bytes[to] = bytes[n]!
    this.#starts[number + 1] = end
    this.#place(number, hash)
    return number
  }

  #find(head: number, hash: number, isIri: boolean): number | undefined {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1
      if (number < 0) return undefined
      if (this.#hashes[number] === hash && this.#isSought(number, head, isIri)) return number
    }
  }

  #isSought(number: number, head: number, isIri: boolean): boolean {
    const own = this.#headNumbers[number]!
    if (!isIri && own !== head) return false
    const { termType, length, bytes: beginning } = this.#heads.at(own)
    if (isIri && termType !== 'NamedNode') return false
    const from = isIri ? length : 0
    const start = this.#starts[number]!
    const end = this.#starts[number + 1]!
    const { bytes, length: soughtLength } = this.#sought
    if (end - start + from !== soughtLength) return false
    const kept = this.#bytes
    for (let at = start, n = from; at < end; at++, n++) if (kept[at] !== bytes[n]) return false
    for (let n = 0; n < from; n++) if (bytes[n] !== beginning[n]) return false
    return true
  }

  #place(number: number, hash: number): void {
    if (this.#size * 2 > this.#slots.length) {
      this.#slots = new Uint32Array(this.#slots.length * 2)
      for (let each = 0; each < number; each++) this.#take(each, this.#hashes[each]!)
    }
    this.#take(number, hash)
  }

  #take(number: number, hash: number): void {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = number + 1
  }

  #growTerms(): void {
    const length = Math.ceil(this.#hashes.length * 1.5)
    this.#hashes = grow(this.#hashes, length)
    this.#headNumbers = grow(this.#headNumbers, length)
    this.#starts = grow(this.#starts, length + 1)
  }

  #growBytes(needed: number): void {
    const most = 2 ** 32 - 1
    if (needed > most) throw new RangeError('The texts of the terms take more than 4 GiB.')
    const bytes = Buffer.allocUnsafeSlow(
      Math.min(most, Math.max(needed, Math.ceil(this.#bytes.length * 1.5))),
    )
    this.#bytes.copy(bytes)
    this.#bytes = bytes
  }
}

const noBytes = new Uint8Array(0)
