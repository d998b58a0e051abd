import type { Term } from '@rdfjs/types'
import type { Store } from 'n3'
import { NAMESPACES } from '../rdf/vocabulary.ts'

const { prov, rdfs, schema, vam } = NAMESPACES

/** Where in the user's source a node of a record comes from, and what people call it; read from the record itself. */
export class PlaceFinder {
  readonly #record: Store

  constructor(record: Store) {
    this.#record = record
  }

  label(node: Term): string | undefined {
    return (
      this.#value(node, `${rdfs}label`) ??
      this.#value(node, `${vam}path`) ??
      this.#value(node, `${schema}name`) ??
      this.#nameOfVersion(node) ??
      this.#value(node, `${schema}url`)
    )
  }

  /** `file:line` of the call, else of the definition; of data, that of the call that made or used it. */
  place(node: Term): string | undefined {
    return this.#placeOfActivity(node) ?? this.#definition(node) ?? this.#placeOfData(node)
  }

  #nameOfVersion(version: Term): string | undefined {
    const component = this.#object(version, `${prov}specializationOf`)
    return component === undefined ? undefined : this.#value(component, `${schema}name`)
  }

  /** The line of the call; of a program, that of the call that started it. */
  #placeOfActivity(activity: Term): string | undefined {
    const calledFrom = this.#value(activity, `${vam}calledFrom`)
    if (calledFrom !== undefined) return calledFrom
    const association = this.#object(activity, `${prov}qualifiedAssociation`)
    if (association === undefined) return undefined
    const plan = this.#object(association, `${prov}hadPlan`)
    const definition = plan === undefined ? undefined : this.#definition(plan)
    if (definition !== undefined) return definition
    const caller = this.#object(activity, `${vam}calledBy`)
    return caller === undefined ? undefined : this.#placeOfActivity(caller)
  }

  #definition(version: Term): string | undefined {
    const file = this.#object(version, `${vam}definedIn`)
    if (file === undefined) return undefined
    const name = this.#value(file, `${rdfs}label`) ?? file.value
    const line = this.#value(version, `${vam}startLine`)
    return line === undefined ? name : `${name}:${line}`
  }

  #placeOfData(entity: Term): string | undefined {
    const maker = this.#object(entity, `${prov}wasGeneratedBy`)
    if (maker !== undefined) return this.#placeOfActivity(maker)
    const [user] = this.#record.getSubjects(`${prov}used`, entity, null)
    if (user !== undefined) return this.#placeOfActivity(user)
    const [atPlace] = this.#record.getSubjects(`${prov}atLocation`, entity, null)
    return atPlace === undefined ? undefined : this.#placeOfData(atPlace)
  }

  #object(subject: Term, predicate: string): Term | undefined {
    return this.#record.getObjects(subject, predicate, null)[0]
  }

  #value(subject: Term, predicate: string): string | undefined {
    return this.#object(subject, predicate)?.value
  }
}
