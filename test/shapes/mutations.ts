import type { Quad } from 'n3'
import { DataFactory } from 'n3'
import { NAMESPACES } from '../../src/rdf/vocabulary.ts'
import { editRecord } from './edited-record.ts'

/** The good record, of which one property is removed or says nonsense. */
export interface Mutation {
  /** `delete vam:Call prov:used`; `delete any prov:used` where nodes of several classes have it. */
  name: string
  quads: Quad[]
}

const { literal, namedNode, quad } = DataFactory
const type = `${NAMESPACES.rdf}type`
/** Classes that repeat, for people who know PROV alone, what a class of ours says. */
const general = /^(?:prov:(?:Activity|Entity|Plan|Agent|SoftwareAgent|Role)|provone:.*)$/

/** Each property of each class of nodes in the good record, removed and spoilt in turn; then that of all classes. */
export function mutate(): Mutation[] {
  const record = editRecord()
  const classes = new Map<string, string>()
  for (const { subject, predicate, object } of record) {
    const known = classes.get(subject.value)
    if (predicate.value === type && (known === undefined || general.test(known)))
      classes.set(subject.value, shorten(object.value))
  }
  const owners = new Map<string, Set<string>>()
  const special = record.filter(({ predicate, object }) => {
    return predicate.value !== type || !general.test(shorten(object.value))
  })
  for (const each of special) {
    const owner = classes.get(each.subject.value) ?? 'nothing'
    owners.set(propertyOf(each), (owners.get(propertyOf(each)) ?? new Set()).add(owner))
  }
  return [...owners].flatMap(([property, having]) =>
    (having.size > 1 ? [...having, 'any'] : [...having]).flatMap((owner) => {
      const isMeant = (each: Quad): boolean =>
        propertyOf(each) === property && (owner === 'any' || classes.get(each.subject.value) === owner)
      return [
        { name: `delete ${owner} ${property}`, quads: record.filter((each) => !isMeant(each)) },
        {
          name: `spoil ${owner} ${property}`,
          quads: record.map((each) => (isMeant(each) ? spoil(each) : each)),
        },
      ]
    }),
  )
}

/** `prov:used`; of a type, with the class. */
function propertyOf({ predicate, object }: Quad): string {
  const name = shorten(predicate.value)
  return predicate.value === type ? `${name} ${shorten(object.value)}` : name
}

function spoil({ subject, predicate, object }: Quad): Quad {
  const nonsense = object.termType === 'Literal' ? literal('nonsense') : namedNode('urn:example:nonsense')
  return quad(subject, predicate, nonsense)
}

function shorten(iri: string): string {
  for (const [prefix, namespace] of Object.entries(NAMESPACES))
    if (iri.startsWith(namespace)) return `${prefix}:${iri.slice(namespace.length)}`
  return iri
}
