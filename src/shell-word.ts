/** A word of a command line as a POSIX shell reads it back: in single quotes where a shell would change it. */
export function shellWord(word: string): string {
  return /^[\w=.:/@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
