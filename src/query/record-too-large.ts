import { countOf } from '../count-of.ts'
import { QueryError } from '../errors.ts'
import type { RunEntry } from '../store/store.ts'

/** A record that cannot be loaded whole. */
export function recordTooLarge({ id, tripleCount }: RunEntry): QueryError {
  return new QueryError(
    `The record of run ${id} has ${countOf(tripleCount, 'triple')}, which is too many to be asked together with others pattern by pattern`,
    {
      place: { iri: id },
      advice: 'Put every pattern of the query into GRAPH ?g { … }, or ask the store alone.',
    },
  )
}
