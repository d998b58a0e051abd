import { LaunchError, QueryError, UsageError, VampiraError } from '../src/index.ts'
import type { Place } from '../src/index.ts'
import { printable } from './terminal/columns.ts'

/** How a command can end. `run` alone ends as the program it recorded did. */
export const exitCodes = {
  fine: 0,
  /** It worked, and what was looked for was found: violations, differences, mismatches. */
  findings: 1,
  /** The caller asked for something that cannot be asked. */
  usage: 2,
  /** It was well asked and could not be done. */
  failure: 3,
  /** 128 + SIGINT. */
  interrupted: 130,
} as const

export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof LaunchError) return exitCodes.usage
  // A malformed query was asked wrongly; one that an engine could not finish was not.
  if (error instanceof QueryError && error.malformed) return exitCodes.usage
  return exitCodes.failure
}

/**
 * What is written to standard error for a failure: one line for what was expected to go wrong sometimes, the whole
 * stack for a bug of ours, or for anything when `debug` (VAMPIRA_DEBUG=1) asks for it.
 */
export function describeError(error: unknown, debug: boolean): string {
  if (error instanceof VampiraError) {
    return debug ? `${sentence(error)}\n${stackOf(error)}` : sentence(error)
  }
  return [
    `vampira: This is a bug in vampira, not something you did: ${messageOf(error)}`,
    'Please report it with the command line, the output of `vampira --version` and these lines:',
    stackOf(error),
  ].join('\n')
}

function sentence(error: VampiraError): string {
  const where = error.place === undefined ? '' : placeOf(error.place, error.message)
  const message = oneLine(error.message).replace(/\.$/, '')
  const what = where === '' ? message : `${message} (${where})`
  const advice = error.advice === undefined ? '' : `. ${oneLine(error.advice)}`
  return printable(`vampira: ${what}${advice}`).replace(/([^.!?])$/, '$1.')
}

function placeOf(place: Place, message: string): string {
  const position = [place.line, place.column].filter((number) => number !== undefined)
  const named = place.file ?? place.iri
  const parts =
    named === undefined || message.includes(named)
      ? position.length === 0
        ? []
        : [`line ${position.join(', column ')}`]
      : [[named, ...position].join(':')]
  return parts.filter((part) => !message.includes(part)).join(', ')
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim()
}

function messageOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error))
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const stack = error.stack ?? `${error.name}: ${error.message}`
  return error.cause === undefined ? stack : `${stack}\nCaused by: ${stackOf(error.cause)}`
}
