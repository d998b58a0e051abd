import { EndpointError } from '../errors.ts'

/** What is done with an answer that the server itself says is not the whole one. */
export interface TakePartial {
  /** Takes the part, and is called with a sentence that says so. Without it, such an answer is an error. */
  onPartial?: ((sentence: string) => void) | undefined
}

/**
 * Why a server says that its answer is only a part; undefined when it does not say so. Virtuoso's “anytime” queries end
 * with a good status and a well-formed answer when their time is up, and say it only in headers
 * (https://docs.openlinksw.com/virtuoso/anytimequeries/); so does its limit on rows.
 */
export function whyPartial({ status, headers }: Pick<Response, 'status' | 'headers'>): string | undefined {
  const said = headers.get('x-sql-message')?.split(/\.\s+Activity:/)[0]
  const state = headers.get('x-sql-state')
  if (state !== null) return `its time was up (${said ?? state})`
  if (headers.has('x-exec-milliseconds')) {
    return `its time was up (after ${headers.get('x-exec-milliseconds')} ms)`
  }
  const rows = headers.get('x-sparql-maxrows')
  if (rows !== null) return `it gives at most ${rows} rows`
  return status === 206 ? 'it answered 206 (Partial Content)' : undefined
}

/** The failure of an answer that is only a part. */
export function partialAnswer(doing: string, url: string, why: string): EndpointError {
  return new EndpointError(`${doing}: the server gave only a part of its answer, since ${why}`, {
    fault: 'partial',
    place: { iri: url },
    advice: 'Ask for less at a time (a LIMIT, one run), or raise the limit of the server.',
  })
}
