import { countOf } from '../count-of.ts'
import { EndpointError } from '../errors.ts'
import type { QueryEndpoint } from './endpoint.ts'

const otherAddress = 'Give the address of its query endpoint; it often ends in /sparql or /query.'

/**
 * Why an answer with a good status cannot be read: nothing is in it, it was cut off, or it is no SPARQL answer.
 * @param text the whole answer
 * @param cause what the reader of the answer threw
 */
export function unreadableAnswer(endpoint: QueryEndpoint, text: string, cause: unknown): EndpointError {
  const place = { iri: endpoint.query }
  const start = text.trimStart()
  if (start === '') {
    return new EndpointError(`${endpoint.name} answered with nothing`, {
      fault: 'not-sparql',
      cause,
      place,
      advice:
        'Ask again; if it stays so, the query asks the server for something that it cannot reach or do.',
    })
  }
  if (isJson(start)) {
    return new EndpointError(`${endpoint.name} answered with JSON that is no SPARQL result`, {
      fault: 'not-sparql',
      cause,
      place,
      advice: otherAddress,
    })
  }
  if (start.startsWith('{')) {
    const length = countOf(text.length, 'character')
    return new EndpointError(`${endpoint.name} broke off in the middle of its answer, after ${length}`, {
      fault: 'broke-off',
      cause,
      place,
      advice: 'Ask for less at a time (a LIMIT, one run), or raise the time-out of the server.',
    })
  }
  const said = start.split('\n')[0]?.slice(0, 80) ?? ''
  return new EndpointError(`${endpoint.name} did not answer as a SPARQL endpoint does, but: ${said}`, {
    fault: 'not-sparql',
    cause,
    place,
    advice: otherAddress,
  })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
