import type { Row } from '../../../src/sparql/answer.ts'
import { DataFactory } from 'n3'

/** A component as rows of the query `pipeline-traits` tell of it. */
export interface WrittenComponent {
  name: string
  code: string
  parameters?: readonly string[]
  reads?: readonly string[]
  writes?: readonly string[]
  /** Names of what its caller started next. */
  next?: readonly string[]
}

/** Rows of the query `pipeline-traits` for one pipeline. */
export function traitRows(pipeline: string, components: readonly WrittenComponent[]): Row[] {
  const iri = (name: string) => `urn:vampira:component:lab/${name}`
  return components.flatMap(({ name, code, parameters = [], reads = [], writes = [], next = [] }) => {
    const aspects = [
      ...[code].map((thing) => ['code', thing] as const),
      ...parameters.map((thing) => ['parameter', `urn:vampira:parameter:lab/${name}.${thing}`] as const),
      ...reads.map((thing) => ['reads', thing] as const),
      ...writes.map((thing) => ['writes', thing] as const),
      ...next.map((thing) => ['next', iri(thing)] as const),
    ]
    return aspects.map(([aspect, thing]) =>
      Object.fromEntries(
        Object.entries({ pipeline, component: iri(name), name, aspect, thing, runs: '1' }).map(
          ([key, value]) => [key, DataFactory.literal(value)],
        ),
      ),
    )
  })
}
