/** What n3 adds to its errors. */
interface N3Error extends Error {
  context?: { line?: number; token?: { start?: number }; previousToken?: { line?: number; end?: number } }
}

/** Where n3 found the text to be broken. */
export function placeOfN3(error: unknown): { line: number | undefined; column: number | undefined } {
  const { line, token, previousToken } = (error as N3Error).context ?? {}
  // Text that is no token begins where the token before it ended, or at the beginning of its line.
  const start = token?.start ?? (previousToken?.line === line ? previousToken?.end : 0)
  return { line, column: start === undefined ? undefined : start + 1 }
}

export function messageOfN3(error: unknown): string {
  return (error as N3Error).message.replace(/ on line \d+\.$/, '')
}
