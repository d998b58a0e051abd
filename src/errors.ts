/** Where in the outside world something is wrong: a file and line, a URL, or an IRI. */
export interface Place {
  file?: string
  line?: number
  column?: number
  iri?: string
}

/**
 * An expected failure, told in one sentence: what could not be done, where, and what to do about it.
 * Bugs are other errors; only these are shown to people without a stack trace.
 */
export abstract class VampiraError extends Error {
  readonly place: Place | undefined
  /** What the reader can do, as an imperative sentence. */
  readonly advice: string | undefined

  constructor(message: string, details: { place?: Place; advice?: string; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.place = details.place
    this.advice = details.advice
  }
}

/** The caller asked for something that cannot be asked: an unknown flag, run, query or format. Exit code 2. */
export class UsageError extends VampiraError {}

/** A journal that is not one, or breaks its contract (contract/journal.schema.json) before its torn tail. */
export class JournalError extends VampiraError {}

/** The program to record could not be started at all. */
export class LaunchError extends VampiraError {}

/** A store that cannot be opened, read or written. */
export class StoreError extends VampiraError {}

/** Text that is not in the RDF syntax that its name or caller says. Not the built-in `SyntaxError`. */
export class ParseError extends VampiraError {}

type Details = NonNullable<ConstructorParameters<typeof VampiraError>[1]>

/** A query that is malformed, or that an engine refused or could not finish. */
export class QueryError extends VampiraError {
  /** True if the text of the query is wrong (exit code 2). False if a right query could not be answered. */
  readonly malformed: boolean

  constructor(message: string, details: Details & { malformed?: boolean } = {}) {
    super(message, details)
    this.malformed = details.malformed ?? false
  }
}

/**
 * How a server failed:
 * `no-answer`: nobody listens, or the time was up, or the connection broke before there was a status;
 * `moved`: it sent us to another address, where we do not go;
 * `status`: it answered with a status that is no success;
 * `broke-off`: its answer ended too early;
 * `partial`: it says itself that its answer is only a part;
 * `not-sparql`: its answer is complete, but no SPARQL answer.
 */
export type EndpointFault = 'no-answer' | 'moved' | 'status' | 'broke-off' | 'partial' | 'not-sparql'

/** A remote server that is dead, slow, refuses, or broke off in the middle of an answer. */
export class EndpointError extends VampiraError {
  /** Undefined where the server itself did nothing wrong: it holds other triples, or the user stopped. */
  readonly fault: EndpointFault | undefined
  /** The HTTP status, where the fault is `status`. */
  readonly status: number | undefined
  /** The first line of the text that came with the status; may be empty. */
  readonly said: string | undefined

  constructor(
    message: string,
    details: Details & { fault?: EndpointFault; status?: number; said?: string } = {},
  ) {
    super(message, details)
    this.fault = details.fault
    this.status = details.status
    this.said = details.said
  }
}

/** A shapes graph that is not well-formed SHACL, or uses what the engine would silently ignore. */
export class ShapeError extends VampiraError {}
