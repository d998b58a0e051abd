import type { Quad } from '@rdfjs/types'
import type * as N3 from 'n3'
import { XSD } from '../rdf/vocabulary.ts'

/** What the terms of every library have, whatever else their types say. */
export interface ForeignTerm {
  termType: string
  value: string
  language?: string | undefined
  datatype?: { value: string } | undefined
}

export interface ForeignQuad {
  subject: ForeignTerm
  predicate: ForeignTerm
  object: ForeignTerm
  /** The default graph if not given. */
  graph?: ForeignTerm
}

/** The same quad in the terms of n3, which keep to RDF/JS. */
export function copyQuad(foreign: ForeignQuad, factory: typeof N3.DataFactory): Quad {
  const { blankNode, defaultGraph, literal, namedNode, quad } = factory
  const node = ({ termType, value }: ForeignTerm) =>
    // The value of jsonld.js begins with the `_:` that other libraries leave out.
    termType === 'BlankNode' ? blankNode(value.replace(/^_:/, '')) : namedNode(value)
  const { subject, predicate, object, graph } = foreign
  return quad(
    node(subject),
    namedNode(predicate.value),
    object.termType === 'Literal'
      ? literal(object.value, object.language || namedNode(object.datatype?.value ?? XSD.string))
      : node(object),
    graph === undefined || graph.termType === 'DefaultGraph' ? defaultGraph() : node(graph),
  )
}
