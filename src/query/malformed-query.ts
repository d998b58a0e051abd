import { QueryError } from '../errors.ts'

/**
 * A parser's complaint as one line that says where: `line 2, column 9, near "}"`. Oxigraph writes `error at 2:9: …`,
 * Comunica's parser leaves the token, or only an offset, in its error.
 */
export function malformedQuery(sparql: string, cause: unknown): QueryError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const at = positionOf(sparql, message, cause)
  if (at === undefined) {
    return new QueryError(`The query is malformed: ${firstLine(message)}`, {
      cause,
      advice,
      malformed: true,
    })
  }
  const rest = (sparql.split('\n')[at.line - 1] ?? '').slice(at.column - 1).trim()
  const near = rest === '' ? 'at the end of the line' : `near ${JSON.stringify(rest.slice(0, 30))}`
  const reason = reasonOf(message)
  return new QueryError(
    `The query is malformed at line ${at.line}, column ${at.column}, ${near}${reason === '' ? '' : `: ${reason}`}`,
    { cause, place: at, advice, malformed: true },
  )
}

const advice = 'Correct the query there and ask again; `vampira queries` lists ready-made ones.'

function positionOf(
  sparql: string,
  message: string,
  cause: unknown,
): { line: number; column: number } | undefined {
  const told = /error at (\d+):(\d+)/.exec(message) ?? /line:? (\d+),? column:? (\d+)/i.exec(message)
  if (told !== null) return { line: Number(told[1]), column: Number(told[2]) }
  const token = (cause as { token?: { startLine?: number; startColumn?: number } } | null)?.token
  if (token?.startLine !== undefined && token.startColumn !== undefined) {
    return { line: token.startLine, column: token.startColumn }
  }
  const offset = /offset: (\d+)/.exec(message)
  if (offset !== null) return atOffset(sparql, Number(offset[1]))
  const found = /but found: '(.*)'/s.exec(message)
  return found?.[1] === '' ? atOffset(sparql, sparql.trimEnd().length) : undefined
}

function atOffset(sparql: string, offset: number): { line: number; column: number } {
  const before = sparql.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

/** What the parser would have accepted, where it says so in a line that helps. */
function reasonOf(message: string): string {
  const oxigraph = /error at \d+:\d+: (.*)/s.exec(message)?.[1]
  const prefix = /Prefix not found|Unknown prefix[^\n]*/i.exec(message)?.[0]
  return firstLine(oxigraph ?? prefix ?? '').replace(/,? ?\[_\]/g, '')
}

function firstLine(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').trim()
}
