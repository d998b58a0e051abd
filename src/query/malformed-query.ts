import { QueryError } from '../errors.ts'
import { isUpdate } from '../sparql/query-form.ts'

/** A place in a text; lines and columns are counted from 1. */
export interface Position {
  line: number
  column: number
}

/** What a parser says about a query that it cannot read. */
export interface Complaint {
  /** Undefined where the parser does not say it. */
  at: Position | undefined
  /** What it expected, or ''. Only the first line is kept. */
  reason: string
  /** The parser's own error. */
  cause: unknown
}

/** A parser's complaint in one line that says where: `The query is malformed at line 2, column 9, near "}": …`. */
export function malformedQuery(sparql: string, { at, reason, cause }: Complaint): QueryError {
  if (isUpdate(sparql)) return updateRefused(cause)
  const said = (reason.trimStart().split('\n')[0] ?? '').trimEnd()
  const where = at === undefined ? '' : ` at line ${at.line}, column ${at.column}, ${textAt(sparql, at)}`
  return new QueryError(`The query is malformed${where}${said === '' ? '' : `: ${said}`}`, {
    cause,
    ...(at === undefined ? {} : { place: at }),
    advice: 'Correct the query there and ask again; `vampira queries` lists ready-made ones.',
    malformed: true,
  })
}

export function updateRefused(cause?: unknown): QueryError {
  return new QueryError('Cannot run an update: this only answers questions', {
    cause,
    malformed: true,
    advice:
      'Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; runs are written by `vampira run` and `vampira push`.',
  })
}

function textAt(sparql: string, { line, column }: Position): string {
  const rest = (sparql.split('\n')[line - 1] ?? '').slice(column - 1).trim()
  return rest === '' ? 'at the end of the line' : `near ${JSON.stringify(rest.slice(0, 30))}`
}

/**
 * Line and column of a character.
 * @param offset UTF-16 code units before it; NaN for the end of the text
 */
export function positionOf(text: string, offset: number): Position {
  const before = Number.isNaN(offset) ? text.trimEnd() : text.slice(0, offset)
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}
