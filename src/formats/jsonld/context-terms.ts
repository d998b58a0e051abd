/** A term that a context defines for a property. */
export interface PropertyTerm {
  term: string
  /** What its values are: `@id`, a datatype's IRI, or undefined if the context does not say. */
  type: string | undefined
}

/** What a context says of its words. Ours has no other kinds of definitions, which a test checks. */
export type Context = Readonly<Record<string, string | number | { '@id': string; '@type': string }>>

/** A namespace of which JSON-LD makes a prefix without being asked (JSON-LD 1.1, section 4.4). */
const ENDS_AS_PREFIX = /[:/?#[\]@]$/

/** A JSON-LD context read backwards: which word stands for an IRI. */
export class ContextTerms {
  readonly #context: Context
  readonly #prefixes: [prefix: string, namespace: string][] = []
  readonly #properties = new Map<string, PropertyTerm[]>()
  readonly #names = new Map<string, string>()

  constructor(context: Context) {
    this.#context = context
    for (const [term, definition] of Object.entries(context)) {
      if (typeof definition === 'object') {
        this.#addProperty(term, this.#expand(definition['@id']), this.#expand(definition['@type']))
      } else if (typeof definition === 'string') {
        const iri = this.#expand(definition)
        if (ENDS_AS_PREFIX.test(iri)) this.#prefixes.push([term, iri])
        else {
          this.#names.set(iri, term)
          this.#addProperty(term, iri, undefined)
        }
      }
    }
  }

  /** The words for a property, in the order of the context. */
  property(iri: string): readonly PropertyTerm[] {
    return this.#properties.get(iri) ?? []
  }

  /** The word for a class, or for another IRI where the context's words count; the IRI if there is none. */
  name(iri: string): string {
    return this.#names.get(iri) ?? this.compact(iri)
  }

  /** An IRI with a prefix, or in full. */
  compact(iri: string): string {
    for (const [prefix, namespace] of this.#prefixes) {
      if (!iri.startsWith(namespace) || iri.length === namespace.length) continue
      const short = `${prefix}:${iri.slice(namespace.length)}`
      // A word of that spelling would mean more than the IRI; two slashes would make it absolute.
      if (!(short in this.#context) && !iri.startsWith('//', namespace.length)) return short
    }
    return iri
  }

  /** Adds a prefix. Returns what has to be added to the context for it. */
  addPrefix(prefix: string, namespace: string): Record<string, unknown> {
    if (prefix === '' || prefix in this.#context) return {}
    this.#prefixes.push([prefix, namespace])
    return { [prefix]: ENDS_AS_PREFIX.test(namespace) ? namespace : { '@id': namespace, '@prefix': true } }
  }

  #addProperty(term: string, iri: string, type: string | undefined): void {
    const terms = this.#properties.get(iri)
    if (terms === undefined) this.#properties.set(iri, [{ term, type }])
    else terms.push({ term, type })
  }

  /** The IRI of a name with a prefix; other names as they are. */
  #expand(name: string): string {
    const colon = name.indexOf(':')
    const namespace = this.#context[name.slice(0, colon)]
    return typeof namespace === 'string' ? namespace + name.slice(colon + 1) : name
  }
}
