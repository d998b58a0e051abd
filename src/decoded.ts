/** Text without its percent-encoding; as it is where that is not well formed, as in the records of other programs. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
