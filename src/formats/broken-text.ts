import { ParseError } from '../errors.ts'

/** Where text is not in its format; what is not known is undefined. */
export interface BrokenAt {
  file: string | undefined
  line?: number | undefined
  column?: number | undefined
}

/** The error of text that is not in its format. */
export function brokenText(message: string, { file, line, column }: BrokenAt, cause: unknown): ParseError {
  return new ParseError(message, {
    place: {
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    },
    cause,
  })
}
