/** A term that a context defines for a property. */
export interface PropertyTerm {
  term: string
  /** What its values are coerced to: `@id`, `@vocab`, a datatype's IRI, or nothing. */
  type: string | undefined
}

type Definition = string | { '@id'?: string; '@type'?: string; '@container'?: string; '@reverse'?: string }

/**
 * A JSON-LD context read backwards: which word stands for an IRI. It understands what our own context uses (prefixes,
 * terms, type coercion) and never picks a term with a container, a reverse property, or JSON in it: writers of other
 * languages disagree on how JSON numbers are spelt.
 */
export class ContextTerms {
  readonly #definitions: Readonly<Record<string, Definition>>
  readonly #prefixes: [prefix: string, namespace: string][] = []
  readonly #properties = new Map<string, PropertyTerm[]>()
  readonly #names = new Map<string, string>()

  constructor(context: Readonly<Record<string, unknown>>) {
    this.#definitions = context as Record<string, Definition>
    for (const [term, definition] of Object.entries(this.#definitions)) {
      if (term.startsWith('@') || definition === null) continue
      this.#define(term, definition)
    }
  }

  /** The words for a property, those without a type last. */
  property(iri: string): readonly PropertyTerm[] {
    return this.#properties.get(iri) ?? []
  }

  /** A class, or another IRI where the vocabulary counts. */
  name(iri: string): string {
    return this.#names.get(iri) ?? this.compact(iri)
  }

  /** An IRI with a prefix, or in full. */
  compact(iri: string): string {
    for (const [prefix, namespace] of this.#prefixes) {
      if (!iri.startsWith(namespace) || iri.length === namespace.length) continue
      const short = `${prefix}:${iri.slice(namespace.length)}`
      // A term of that spelling would mean more than the IRI; two slashes would make it absolute.
      if (!(short in this.#definitions) && !iri.startsWith('//', namespace.length)) return short
    }
    return iri
  }

  /** Adds a prefix. Returns what has to be added to the context for it. */
  addPrefix(prefix: string, namespace: string): Record<string, unknown> {
    if (prefix === '' || prefix in this.#definitions) return {}
    this.#prefixes.push([prefix, namespace])
    return { [prefix]: /[:/?#[\]@]$/.test(namespace) ? namespace : { '@id': namespace, '@prefix': true } }
  }

  #define(term: string, definition: Definition): void {
    const iri = this.#expand(typeof definition === 'string' ? definition : (definition['@id'] ?? term))
    if (iri === undefined || iri.startsWith('@')) return
    if (typeof definition === 'string') {
      if (/[:/?#[\]@]$/.test(iri)) {
        this.#prefixes.push([term, iri])
        return
      }
      this.#names.set(iri, term)
    } else if (definition['@container'] !== undefined && definition['@container'] !== '@set') return
    else if (definition['@reverse'] !== undefined || definition['@type'] === '@json') return
    const type = typeof definition === 'string' ? undefined : definition['@type']
    const terms = this.#properties.get(iri) ?? []
    terms.push({ term, type: type === undefined ? undefined : (this.#expand(type) ?? type) })
    this.#properties.set(iri, terms)
  }

  #expand(name: string): string | undefined {
    if (name.startsWith('@')) return name
    const colon = name.indexOf(':')
    if (colon < 0) {
      const vocabulary = this.#definitions['@vocab']
      return typeof vocabulary === 'string' ? vocabulary + name : undefined
    }
    const prefix = this.#definitions[name.slice(0, colon)]
    const namespace = typeof prefix === 'string' ? prefix : prefix?.['@id']
    return namespace === undefined ? name : namespace + name.slice(colon + 1)
  }
}
