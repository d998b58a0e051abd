import { NAMESPACES, RDF, XSD } from './vocabulary.ts'
import { writeIri } from './write-term.ts'

/** Local names that Turtle takes unescaped; others are written as full IRIs. */
const LOCAL_NAME =
  /^(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:(?:[A-Za-z0-9_.-]|%[0-9A-Fa-f]{2})*(?:[A-Za-z0-9_-]|%[0-9A-Fa-f]{2}))?$/

/**
 * The prefixes of one run. Turns IRIs into Turtle tokens and back. A token is a term as Turtle writes it (`run:call-2`,
 * `<ni:///…>`, `"a.fits"`, `2.5`, `true`); the functions that write a run use tokens, and each sink turns them into what it needs.
 */
export class Prefixes {
  readonly #namespaces = new Map<string, string>()
  readonly #byNamespace = new Map<string, string>()
  readonly #expanded = new Map<string, string>()
  readonly #watchers: ((prefix: string, namespace: string) => void)[] = []

  constructor(more: Readonly<Record<string, string>> = {}) {
    for (const [prefix, namespace] of Object.entries({ ...NAMESPACES, ...more })) this.#add(prefix, namespace)
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#namespaces.entries()
  }

  /** Gives a namespace a prefix, the wanted one unless it is taken, and calls those who wait for new prefixes. */
  declare(wanted: string, namespace: string): string {
    const known = this.#byNamespace.get(namespace)
    if (known !== undefined) return known
    const clean = wanted.replace(/[^A-Za-z0-9_-]/g, '').replace(/^[^A-Za-z]+/, '') || 'ns'
    let prefix = clean
    for (let n = 2; this.#namespaces.has(prefix); n++) prefix = `${clean}-${n}`
    this.#add(prefix, namespace)
    for (const watch of this.#watchers) watch(prefix, namespace)
    return prefix
  }

  onDeclare(watch: (prefix: string, namespace: string) => void): void {
    this.#watchers.push(watch)
  }

  /** Token of an IRI: with a prefix if its namespace has one, else in angle brackets. */
  token(iri: string): string {
    const end = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/'), iri.lastIndexOf(':')) + 1
    return this.#shorten(iri, end) ?? this.#shorten(iri, iri.indexOf('.', end) + 1) ?? writeIri(iri)
  }

  /** Token of an IRI known to begin with this namespace. */
  tokenIn(namespace: string, iri: string): string {
    return this.#shorten(iri, namespace.length) ?? writeIri(iri)
  }

  #shorten(iri: string, end: number): string | undefined {
    const prefix = this.#byNamespace.get(iri.slice(0, end))
    if (prefix === undefined) return undefined
    const local = iri.slice(end)
    return LOCAL_NAME.test(local) ? `${prefix}:${local}` : undefined
  }

  /** A token as canonical N-Quads writes the term. */
  expand(token: string): string {
    switch (token.charCodeAt(0)) {
      case 60: // <
        return token
      case 34: {
        // "
        if (token.endsWith('"')) return token
        const end = token.lastIndexOf('"') + 1
        return token.slice(0, end + 2) + this.#expandName(token.slice(end + 2))
      }
      default:
        return this.#expandName(token)
    }
  }

  #expandName(token: string): string {
    const colon = token.indexOf(':')
    if (colon < 0) {
      if (token === 'a') return `<${RDF.type}>`
      const type =
        token === 'true' || token === 'false' ? 'boolean' : token.includes('.') ? 'decimal' : 'integer'
      return `"${token}"^^<${XSD[type]}>`
    }
    const prefix = token.slice(0, colon)
    // Not kept: each name of the run comes once or twice only, but properties and classes come thousands of times.
    if (prefix === 'run') return `<${this.#namespaces.get(prefix)}${token.slice(colon + 1)}>`
    let expanded = this.#expanded.get(token)
    if (expanded === undefined) {
      expanded = `<${this.#namespaces.get(prefix)}${token.slice(colon + 1)}>`
      this.#expanded.set(token, expanded)
    }
    return expanded
  }

  #add(prefix: string, namespace: string): void {
    this.#namespaces.set(prefix, namespace)
    this.#byNamespace.set(namespace, prefix)
  }
}
