import { EndpointError } from '../errors.ts'
import type { Credentials } from './endpoint.ts'
import { partialAnswer, whyPartial } from './partial-answer.ts'
import type { TakePartial } from './partial-answer.ts'

export interface Request {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Milliseconds until the answer's headers, and then until its end, are there. */
  timeout?: number
  signal?: AbortSignal | undefined
}

/** Milliseconds. Node itself gives up only after 300 s without headers. */
const defaultTimeout = 120_000

/** Aborted when the time for an answer's body is up. What reading it throws then differs between versions of Node. */
const clocks = new WeakMap<Response, AbortSignal>()

/**
 * Sends one request and returns the answer, whatever its status. Redirects are not followed.
 * @throws EndpointError when there is no answer (nobody listens, the name is unknown, time is up, the connection broke),
 * or when the server has moved
 */
export async function sendRequest(
  url: string,
  credentials: Credentials,
  { method, headers = {}, body, timeout = defaultTimeout, signal }: Request,
): Promise<Response> {
  const { authorization } = credentials
  const clock = signalAfter(timeout)
  try {
    const response = await fetch(url, {
      method,
      headers: authorization === undefined ? headers : { ...headers, authorization },
      ...(body === undefined ? {} : { body }),
      // Fetch would follow a moved PUT with a GET, and send the credentials to any address.
      redirect: 'manual',
      signal: AbortSignal.any(signal === undefined ? [clock] : [clock, signal]),
    })
    if (response.status >= 300 && response.status < 400) {
      const target = response.headers.get('location') ?? 'an address that it does not name'
      throw new EndpointError(`${originOf(url)} has moved to ${target}`, {
        fault: 'moved',
        place: { iri: url },
        advice: 'Give that address.',
      })
    }
    clocks.set(response, clock)
    return response
  } catch (error) {
    if (error instanceof EndpointError) throw error
    throw new EndpointError(`${method} ${url}: ${whyNoAnswer(error, timeout)}`, {
      fault: 'no-answer',
      place: { iri: url },
      advice: 'Check that the server is up and the address right, and try again.',
      cause: error,
    })
  }
}

/** Like `AbortSignal.timeout`, but by `setTimeout`, so that a test can let the time pass without waiting. */
function signalAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController()
  const words = `it was not whole after ${milliseconds / 1000} s`
  const stop = () => controller.abort(new DOMException(words, 'TimeoutError'))
  // The process may end before.
  setTimeout(stop, milliseconds).unref()
  return controller.signal
}

/**
 * The whole text of an answer with a 2xx status.
 * @param doing what the request was for, to begin the message with: `Cannot list the runs of ‹url›`
 * @throws EndpointError for any other status, in the server's words, or when the answer breaks off or is only a part
 */
export async function readAnswer(
  response: Response,
  doing: string,
  credentials: Credentials,
  partial: TakePartial = {},
): Promise<string> {
  await refuseFailure(response, doing, credentials, partial)
  try {
    return await response.text()
  } catch (error) {
    throw brokenOff(doing, response, error)
  }
}

/** @throws EndpointError when the status is not 2xx, or the answer is only a part and that is not taken */
export async function refuseFailure(
  response: Response,
  doing: string,
  credentials: Credentials,
  { onPartial }: TakePartial = {},
): Promise<void> {
  if (response.ok) {
    const why = whyPartial(response)
    if (why === undefined) return
    const partial = partialAnswer(doing, response.url, why)
    if (onPartial !== undefined) return onPartial(`${partial.message}. What follows is that part.`)
    await response.body?.cancel()
    throw partial
  }
  const { status } = response
  const said = firstWords(await response.text().catch(() => ''))
  const { user, password, token } = credentials.variables
  const asked = credentials.authorization === undefined ? 'it asks for a password' : 'it refused the password'
  const [what, advice] =
    status === 401
      ? [asked, `Set ${user} and ${password}, or ${token}.`]
      : status === 403
        ? ['this is not allowed to us', `Ask for write access, or set ${user} and ${password}, or ${token}.`]
        : status === 507
          ? ['its disk is full', 'Make room on the server, then try again.']
          : [`it answered ${status}${said === '' ? '' : ` (${said})`}`, adviceFor(status)]
  throw new EndpointError(`${doing}: ${what}`, {
    fault: 'status',
    status,
    said,
    place: { iri: response.url },
    advice,
  })
}

/** An answer that ended before its end, or did not end. */
export function brokenOff(doing: string, response: Response, cause: unknown): EndpointError {
  const { url } = response
  const clock = clocks.get(response)
  if (clock?.aborted === true) {
    return new EndpointError(`${doing}: the answer took too long: ${(clock.reason as Error).message}`, {
      fault: 'broke-off',
      place: { iri: url },
      advice: 'Ask for less at a time (a LIMIT, one run), or when the server has less to do.',
      cause,
    })
  }
  return new EndpointError(`${doing}: the answer broke off in the middle`, {
    fault: 'broke-off',
    place: { iri: url },
    advice: 'Try again; if it happens each time, look at the time-out of the server or of a proxy before it.',
    cause,
  })
}

function adviceFor(status: number): string {
  if (status === 404 || status === 405) return 'Check the address.'
  if (status === 413) return 'Raise the largest body that the server, or a proxy before it, takes.'
  if (status === 429 || (status >= 502 && status <= 504)) return 'The server is busy: try again later.'
  return "Look into the server's log, then try again."
}

/** Codes of undici, by which Node's fetch sends requests. */
const timeouts = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/**
 * Why `fetch` failed, in the words of people.
 * @param timeout milliseconds that it had
 */
export function whyNoAnswer(error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeout / 1000} s`
  if (error instanceof Error && error.name === 'AbortError') return 'interrupted'
  const code = errorCodeOf(error)
  if (code === 'ECONNREFUSED') return 'nobody listens there'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host'
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return 'the connection broke'
  if (timeouts.has(code)) return 'no answer in time'
  return code === '' ? deepestMessage(error) : code
}

function deepestMessage(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error
    ? deepestMessage(error.cause)
    : error instanceof Error
      ? error.message
      : String(error)
}

/** The system's or undici's code behind what fetch threw, or ''. */
export function errorCodeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at instanceof AggregateError && at.errors.length > 0) return errorCodeOf(at.errors[0])
  }
  return ''
}

/** The first line of what a server said, tags and a page's head removed. */
function firstWords(text: string): string {
  const plain = text
    .slice(0, 20_000)
    .replace(/<(head|style|script)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .trim()
  const line = plain.split('\n')[0]?.replace(/\s+/g, ' ').trim() ?? ''
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}

function originOf(url: string): string {
  return new URL(url).origin
}
