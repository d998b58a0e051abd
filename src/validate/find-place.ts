import { NAMESPACES } from '../rdf/vocabulary.ts'
import type { RecordSteps } from './record-steps.ts'

const { prov, rdfs, schema, vam } = NAMESPACES

/** Where in the user's source a node of a record comes from, and what people call it; read from the record itself. */
export class PlaceFinder {
  readonly #record: RecordSteps

  constructor(record: RecordSteps) {
    this.#record = record
  }

  label(node: number): string | undefined {
    return (
      this.#value(node, `${rdfs}label`) ??
      this.#value(node, `${vam}path`) ??
      this.#value(node, `${schema}name`) ??
      this.#nameOfVersion(node) ??
      this.#value(node, `${schema}url`)
    )
  }

  /** `file:line` of the call, else of the definition; of data, that of the call that made or used it. */
  place(node: number): string | undefined {
    return this.#placeOfActivity(node) ?? this.#definition(node) ?? this.#placeOfData(node)
  }

  #nameOfVersion(version: number): string | undefined {
    const component = this.#record.object(version, `${prov}specializationOf`)
    return component === undefined ? undefined : this.#value(component, `${schema}name`)
  }

  /** The line of the call; of a program, that of the call that started it. */
  #placeOfActivity(activity: number): string | undefined {
    const seen = new Set<number>()
    // A record that is wrong may say that a call called itself.
    for (let at: number | undefined = activity; at !== undefined && !seen.has(at);) {
      seen.add(at)
      const calledFrom = this.#value(at, `${vam}calledFrom`)
      if (calledFrom !== undefined) return calledFrom
      const association = this.#record.object(at, `${prov}qualifiedAssociation`)
      if (association === undefined) return undefined
      const plan = this.#record.object(association, `${prov}hadPlan`)
      const definition = plan === undefined ? undefined : this.#definition(plan)
      if (definition !== undefined) return definition
      at = this.#record.object(at, `${vam}calledBy`)
    }
    return undefined
  }

  #definition(version: number): string | undefined {
    const file = this.#record.object(version, `${vam}definedIn`)
    if (file === undefined) return undefined
    const name = this.#value(file, `${rdfs}label`) ?? this.#record.text(file)
    const line = this.#value(version, `${vam}startLine`)
    return line === undefined ? name : `${name}:${line}`
  }

  #placeOfData(entity: number): string | undefined {
    const maker = this.#record.object(entity, `${prov}wasGeneratedBy`)
    if (maker !== undefined) return this.#placeOfActivity(maker)
    const [user] = this.#record.subjects(`${prov}used`, entity)
    if (user !== undefined) return this.#placeOfActivity(user)
    const atPlace = this.#record.subjects(`${prov}atLocation`, entity).find((each) => each !== entity)
    return atPlace === undefined ? undefined : this.#placeOfData(atPlace)
  }

  #value(subject: number, predicate: string): string | undefined {
    return this.#record.text(this.#record.object(subject, predicate))
  }
}
