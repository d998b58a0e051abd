/** What a text says of when and where it was written, which says nothing of a result. */
export type Passing = 'time stamps' | 'paths'

const date = String.raw`\d{4}-\d{2}-\d{2}`
const clock = String.raw`\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?`
const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*'
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*'
/** A date with a time of day; a day in words with one; a time of day alone. A date alone is more often data. */
const stamps = new RegExp(
  [
    String.raw`${date}[T ]${clock}(?:Z| ?[+-]\d{2}:?\d{2})?`,
    String.raw`${weekday},? (?:\d{1,2} ${month}|${month} +\d{1,2})(?:,? \d{4})? ${clock}(?: [A-Z]{2,5})?(?: \d{4})?`,
    String.raw`\b${clock}\b`,
  ].join('|'),
  'g',
)

/** A text without time stamps, and with the folders that two runs worked in called the same. */
export class PassingText {
  readonly #folders: readonly string[]

  /** @param folders absolute paths of the folders that the two runs worked in */
  constructor(folders: readonly string[]) {
    // A folder in another goes first.
    this.#folders = [...new Set(folders)]
      .filter((each) => each.length > 1)
      .sort((a, b) => b.length - a.length)
  }

  without(text: string): string {
    let rest = text
    for (const folder of this.#folders) rest = rest.replaceAll(folder, '‹folder›')
    return rest.replace(stamps, '‹time›')
  }

  /** Which of these make two texts differ; undefined where they differ otherwise. */
  explains(a: string, b: string): Passing[] | undefined {
    if (this.without(a) !== this.without(b)) return undefined
    const found: Passing[] = []
    if (a.replace(stamps, '') !== b.replace(stamps, '')) found.push('paths')
    if (found.length === 0 || this.#inOneFolder(a) !== this.#inOneFolder(b)) found.push('time stamps')
    return found.toSorted()
  }

  #inOneFolder(text: string): string {
    return this.#folders.reduce((rest, folder) => rest.replaceAll(folder, '‹folder›'), text)
  }
}
