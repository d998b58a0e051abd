import type { Quad, Term } from '@rdfjs/types'
import { NAMESPACES } from '../../src/rdf/vocabulary.ts'

/**
 * What a graph looks like, names and values left out: every (class, predicate, class or datatype) that it contains.
 * Classes are looked up in `typesIn`. A node's class is its most special one: ours, else DQV's or schema.org's, else PROV's.
 */
export function shapeOf(quads: readonly Quad[], typesIn: readonly Quad[] = quads): Set<string> {
  const classes = new Map<string, Set<string>>()
  for (const { subject, predicate, object } of typesIn) {
    if (predicate.value !== `${NAMESPACES.rdf}type`) continue
    classes.set(subject.value, (classes.get(subject.value) ?? new Set()).add(shorten(object.value)))
  }
  const classOf = (term: Term): string => {
    if (term.termType === 'Literal') return shorten(term.datatype.value)
    const all = [...(classes.get(term.value) ?? [])]
    if (all.length === 0) return 'IRI'
    const special = all.find((each) => /^(vam|dqv|schema):/.test(each))
    return (
      special ??
      all
        .filter((each) => !/^prov:(Entity|Activity|Agent)$/.test(each))
        .sort()
        .join('+')
    )
  }
  const shape = new Set<string>()
  for (const { subject, predicate, object } of quads) {
    const isType = predicate.value === `${NAMESPACES.rdf}type`
    shape.add(
      `${classOf(subject)} ${shorten(predicate.value)} ${isType ? shorten(object.value) : classOf(object)}`,
    )
  }
  return shape
}

function shorten(iri: string): string {
  for (const [prefix, namespace] of Object.entries(NAMESPACES)) {
    if (iri.startsWith(namespace)) return `${prefix}:${iri.slice(namespace.length)}`
  }
  return iri
}
