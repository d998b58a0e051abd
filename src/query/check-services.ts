import { QueryError } from '../errors.ts'
import { querySyntax } from './query-syntax.ts'
import { servicesOf } from './split-query.ts'

/**
 * A server would ask any other server that a query names, and what is here asks none. Only those are asked that people
 * gave as a source.
 * @param sources what the query may name
 * @throws QueryError for a SERVICE that is none of them
 */
export async function checkServices(sparql: string, sources: readonly string[]): Promise<void> {
  if (!/\bservice\b/i.test(sparql)) return
  for (const service of servicesOf((await querySyntax()).parse(sparql))) {
    if (service === undefined || !sources.includes(service)) throw foreignService(service)
  }
}

export function foreignService(url: string | undefined): QueryError {
  return new QueryError(
    `The query asks SERVICE ${url === undefined ? '?variable' : `<${url}>`}, not one of its sources`,
    {
      ...(url === undefined ? {} : { place: { iri: url } }),
      advice: 'Name it by its address, and as a source too, if it is to be asked.',
    },
  )
}
