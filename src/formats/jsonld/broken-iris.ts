import type { LeftOut } from '../format.ts'
import type { ForeignQuad, ForeignTerm } from '../copy-quad.ts'

/** What jsonld.js says while it makes triples. */
export interface JsonLdEvent {
  code: string
  details: Readonly<Record<string, unknown>>
}

/** Characters that stand in no IRI (https://www.w3.org/TR/n-triples/#grammar-production-IRIREF). */
const notInIri = /[\u0000-\u0020<>"{}|^`\\]/

/**
 * What stands in a document where an IRI should. JSON-LD leaves such statements out without an error (JSON-LD 1.1
 * Processing Algorithms, 8.1.2), so that a document would be read in part, and nobody knows.
 */
export class BrokenIris {
  readonly #reasons = new Map<string, string | undefined>()

  /** Takes what jsonld.js leaves out itself, which without a scheme that it knows has become relative to the document. */
  hear({ code, details }: JsonLdEvent): void {
    const place = /^relative (graph|subject|predicate|object) reference$/.exec(code)?.[1]
    if (place !== undefined) this.#add(String(details[place]))
    // A word that the context does not know is no more than that (JSON-LD 1.1, 3.1), but this was to be an IRI.
    const property = details['property']
    if (code === 'invalid property' && typeof property === 'string' && property.includes(':'))
      this.#add(property)
    if (code === 'blank node predicate') this.#reasons.set('A blank node stands as a property', undefined)
  }

  /** Whether all of a quad's IRIs are some; jsonld.js only looks for white space in them, and not in datatypes. */
  isSound({ subject, predicate, object, graph }: ForeignQuad): boolean {
    const broken = [subject, predicate, object, graph].flatMap((term) => brokenIri(term) ?? [])
    for (const iri of broken) this.#add(iri)
    return broken.length === 0
  }

  /** What was found, with the line of the text on which it stands first, if it is written out there. */
  in(text: string): LeftOut[] {
    const found = [...this.#reasons].map(([reason, iri]) => {
      const at = iri === undefined ? -1 : text.indexOf(JSON.stringify(iri))
      return at === -1 ? { reason } : { reason, line: text.slice(0, at).split('\n').length }
    })
    return found.toSorted((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity) || 0)
  }

  #add(iri: string): void {
    this.#reasons.set(`‹${iri}› is no absolute IRI`, iri)
  }
}

function brokenIri(term: ForeignTerm | undefined): string | undefined {
  const iri =
    term?.termType === 'NamedNode'
      ? term.value
      : term?.termType === 'Literal'
        ? term.datatype?.value
        : undefined
  return iri !== undefined && notInIri.test(iri) ? iri : undefined
}
