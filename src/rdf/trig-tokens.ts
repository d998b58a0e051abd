/** A prefix and what it stands for, as bytes. */
export interface Namespace {
  prefix: Uint8Array
  iri: Uint8Array
  /** Which of the declared ones it is, from 0. */
  index: number
}

// What a byte can be a part of. Bytes of characters beyond ASCII are parts of IRIs only.
const NAME = 1
const LOCAL = 2
const HEX = 4
const SCHEME = 8
const NO_IRI = 16
const LETTER = 32

const classes = new Uint8Array(256)
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte)
  if (/[A-Za-z0-9_-]/.test(character)) classes[byte]! |= NAME
  if (/[A-Za-z0-9_.-]/.test(character)) classes[byte]! |= LOCAL
  if (/[A-Fa-f0-9]/.test(character)) classes[byte]! |= HEX
  if (/[A-Za-z0-9+.-]/.test(character)) classes[byte]! |= SCHEME
  if (byte <= 0x20 || /[<>"{}|^`\\]/.test(character)) classes[byte]! |= NO_IRI
  if (/[A-Za-z]/.test(character)) classes[byte]! |= LETTER
}

/** Bytes of TriG, and how far they were read. What takes something leaves `at` behind it, or says that it is not there. */
export class TrigTokens {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0
  /** Where the local part of the latest name began. */
  local = 0
  /** A hash of that name. */
  hash = 0
  readonly #namespaces = new Map<number, Namespace>()

  take(text: string): boolean {
    const { bytes, at } = this
    for (let n = 0; n < text.length; n++) if (bytes[at + n] !== text.charCodeAt(n)) return false
    this.at = at + text.length
    return true
  }

  /** Takes the rest of a directive. Two namespaces of one prefix, or two prefixes of one hash, it does not take. */
  takeDirective(): boolean {
    const start = this.at
    const hash = this.#skipPrefix()
    const prefix = this.bytes.slice(start, this.at)
    if ((classes[prefix[0] ?? 0]! & LETTER) === 0 || this.#namespaces.has(hash) || !this.take(': '))
      return false
    const iri = this.at + 1
    if (!this.takeIri()) return false
    this.#namespaces.set(hash, {
      prefix,
      iri: this.bytes.slice(iri, this.at - 1),
      index: this.#namespaces.size,
    })
    return this.take('\n')
  }

  /** Takes an absolute IRI in angle brackets. */
  takeIri(): boolean {
    const { bytes } = this
    let { at } = this
    if (bytes[at] !== 0x3c || (classes[bytes[++at]!]! & LETTER) === 0) return false
    while ((classes[bytes[at]!]! & SCHEME) !== 0) at++
    if (bytes[at] !== 0x3a) return false
    while ((classes[bytes[at]!]! & NO_IRI) === 0) at++
    this.at = at + 1
    return bytes[at] === 0x3e
  }

  /** Takes a name as `Prefixes` spells it, of a prefix that was declared. Its local part goes from `local` to `at`. */
  takeName(): Namespace | undefined {
    const start = this.at
    let hash = this.#skipPrefix()
    const namespace = this.#namespaces.get(hash)
    const { bytes } = this
    let { at } = this
    if (namespace === undefined || bytes[at] !== 0x3a || at - start !== namespace.prefix.length)
      return undefined
    for (let n = start; n < at; n++) if (bytes[n] !== namespace.prefix[n - start]) return undefined
    const local = ++at
    for (;;) {
      const byte = bytes[at]!
      if ((classes[byte]! & LOCAL) === 0) {
        if (byte !== 0x25) break
        if ((classes[bytes[at + 1]!]! & classes[bytes[at + 2]!]! & HEX) === 0) return undefined
      }
      hash = Math.imul(hash, 31) + byte
      at++
    }
    // An empty one ends where it begins, with the colon.
    if (bytes[local] === 0x2d || bytes[local] === 0x2e || bytes[at - 1] === 0x2e || at === local)
      return undefined
    this.local = local
    this.hash = hash ^ (hash >>> 12)
    this.at = at
    return namespace
  }

  /** @returns a hash of the prefix, below 2^30 */
  #skipPrefix(): number {
    const { bytes } = this
    let { at } = this
    let hash = 0
    for (; (classes[bytes[at]!]! & NAME) !== 0; at++) hash = (Math.imul(hash, 31) + bytes[at]!) & 0x3fffffff
    this.at = at
    return hash
  }
}

/** Bytes of UTF-8 as text. */
export function textOf(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString()
}
