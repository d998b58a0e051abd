import type { Quad } from '@rdfjs/types'
import type { Parser } from 'n3'
import type { ReadOptions } from './format.ts'
import { messageOfN3, placeOfN3 } from './n3-error.ts'
import type { Statement } from './statements.ts'

/** Statements that are parsed at once while they are sound. */
const most = 256

/**
 * Reads the statements that are sound and tells of each of the others: a statement is read as a whole, or not at all.
 *
 * @param newParser makes a parser that gives the same blank node for the same label as the others that it makes
 */
export function* readLeniently(
  statements: Iterable<Statement>,
  newParser: () => Parser,
  { onLeftOut, onPrefix }: Pick<ReadOptions, 'onLeftOut' | 'onPrefix'>,
): Generator<readonly Quad[], void, undefined> {
  let directives = ''
  let waiting: Statement[] = []

  function* read(some: readonly Statement[]): Generator<readonly Quad[], void, undefined> {
    let quads: Quad[]
    try {
      quads = newParser().parse(directives + some.map(wholeText).join('\n'))
    } catch (error) {
      const [first] = some
      if (some.length === 1 && first !== undefined) return leaveOut(first, error)
      const half = some.length >> 1
      yield* read(some.slice(0, half))
      yield* read(some.slice(half))
      return
    }
    yield quads
  }

  function declare(directive: Statement): void {
    try {
      newParser().parse(directives + directive.text, null, (prefix, namespace) =>
        onPrefix?.(prefix, typeof namespace === 'string' ? namespace : namespace.value),
      )
      directives += `${directive.text}\n`
    } catch (error) {
      leaveOut(directive, error)
    }
  }

  function leaveOut(statement: Statement, error: unknown): void {
    const line = placeOfN3(error).line
    const before = countBreaks(directives) + countBreaks(statement.graph ?? '')
    onLeftOut?.({
      line: statement.line,
      lastLine: statement.line + countBreaks(statement.text),
      brokenLine: line === undefined ? statement.line : statement.line + line - 1 - before,
      reason: messageOfN3(error),
    })
  }

  for (const statement of statements) {
    if (statement.directive || waiting.length === most) {
      yield* read(waiting)
      waiting = []
    }
    if (statement.directive) declare(statement)
    else waiting.push(statement)
  }
  yield* read(waiting)
}

function wholeText({ text, graph }: Statement): string {
  return graph === undefined ? text : `${graph} {${text}\n}`
}

function countBreaks(text: string): number {
  return text.split('\n').length - 1
}
