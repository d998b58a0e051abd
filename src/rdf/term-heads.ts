import type { Term } from '@rdfjs/types'

/** What many terms share: the beginning of an IRI up to its last `#` or `/`, or the type of a literal. */
export interface Head {
  termType: Term['termType']
  /** The beginning of an IRI, the datatype of a literal. */
  text: string
  /** Of the beginning of an IRI. */
  bytes: Uint8Array
  length: number
  language: string
  direction: 'ltr' | 'rtl' | ''
}

/** What a head is known by. */
export type HeadName = [
  termType: Head['termType'],
  text: string,
  language: string,
  direction: Head['direction'],
]

/** Beginnings of IRIs beyond these are not shared: each costs more than it saves where there are as many as IRIs. */
const mostHeads = 50_000

/** The heads of a table of terms, by number; 0 is that of an IRI which shares nothing. */
export class TermHeads {
  readonly #heads: Head[] = []
  readonly #numbers = new Map<string, number>()
  /** That of the latest IRI. */
  #latest = 0

  /** @param saved what `list` gave */
  constructor(saved: readonly HeadName[] = [['NamedNode', '', '', '']]) {
    for (const head of saved) this.of(...head)
  }

  list(): HeadName[] {
    return this.#heads.map(({ termType, text, language, direction }) => [termType, text, language, direction])
  }

  at(number: number): Head {
    return this.#heads[number]!
  }

  ofTerm(term: Term): number {
    if (term.termType !== 'Literal') return this.of(term.termType)
    return this.of('Literal', term.datatype.value, term.language, term.direction ?? '')
  }

  /** The number of a head, a new one if it is not there yet. */
  of(termType: Head['termType'], text = '', language = '', direction: Head['direction'] = ''): number {
    const key = language === '' ? `${termType} ${text}` : `${termType} ${text} ${language} ${direction}`
    const found = this.#numbers.get(key)
    if (found !== undefined) return found
    const bytes = Buffer.from(termType === 'NamedNode' ? text : '')
    this.#numbers.set(key, this.#heads.length)
    return this.#heads.push({ termType, text, bytes, length: bytes.length, language, direction }) - 1
  }

  /** The head of an IRI that is new, given as bytes. */
  ofIri(bytes: Buffer, length: number): number {
    let end = length
    while (end > 0 && bytes[end - 1] !== 0x23 && bytes[end - 1] !== 0x2f) end--
    if (end === 0) return 0
    // Most IRIs of a record begin as the one before.
    const latest = this.at(this.#latest)
    if (latest.length === end && bytes.compare(latest.bytes, 0, end, 0, end) === 0) return this.#latest
    const text = bytes.toString('utf8', 0, end)
    const found = this.#numbers.get(`NamedNode ${text}`)
    if (found === undefined && this.#heads.length >= mostHeads) return 0
    return (this.#latest = found ?? this.of('NamedNode', text))
  }
}
