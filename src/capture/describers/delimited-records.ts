/** Where in a cell a character stands. */
const atStart = 0
const inPlain = 1
const inQuotes = 2
/** After a quotation mark within quotes: it ends them, or is the first of two that stand for one. */
const afterQuote = 3

/**
 * Reads records of CSV and TSV ([RFC 4180](https://www.rfc-editor.org/rfc/rfc4180)) as their text comes in pieces. A line
 * break within quotes ends no record, two quotation marks within quotes are one, and one within a cell that does not
 * begin with it is a character like others: `5" pipe`. White space around a cell is not of it. Empty lines are none.
 */
export class DelimitedRecords {
  /** Records so far. */
  count = 0
  readonly #separator: number
  #onRecord: ((cells: string[]) => void) | undefined
  #state = atStart
  #cells: string[] = []
  #cell = ''
  /** Whether the record has a cell, or something in its first. */
  #isFilled = false

  /** @param onRecord gets the cells of each record */
  constructor(separator: string, onRecord: (cells: string[]) => void) {
    this.#separator = separator.charCodeAt(0)
    this.#onRecord = onRecord
  }

  /** From now on records are only counted, the one that has begun too. Then text may come in any encoding that has ASCII. */
  onlyCount(): void {
    this.#onRecord = undefined
    this.#cells = []
    this.#cell = ''
  }

  take(text: string): void {
    const separator = this.#separator
    const keeps = this.#onRecord !== undefined
    let state = this.#state
    let start = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (state === inQuotes) {
        if (code !== 0x22) continue
        if (keeps) this.#cell += text.slice(start, at)
        start = at + 1
        state = afterQuote
        continue
      }
      if (state === afterQuote && code === 0x22) {
        start = at
        state = inQuotes
        continue
      }
      if (code === separator || code === 0x0a) {
        if (keeps) this.#cells.push((this.#cell + text.slice(start, at)).trim())
        this.#cell = ''
        start = at + 1
        state = atStart
        if (code === 0x0a) this.#endRecord()
        else this.#isFilled = true
      } else if (code > 0x20) {
        if (code === 0x22 && state === atStart) {
          start = at + 1
          state = inQuotes
        } else state = inPlain
        this.#isFilled = true
      }
    }
    this.#state = state
    if (keeps) this.#cell += text.slice(start)
  }

  /** The last record may lack its line break. */
  end(): void {
    this.#state = atStart
    if (!this.#isFilled) return
    this.#cells.push(this.#cell.trim())
    this.#endRecord()
  }

  #endRecord(): void {
    const cells = this.#cells
    this.#cells = []
    if (!this.#isFilled) return
    this.#isFilled = false
    this.count++
    this.#onRecord?.(cells)
  }
}

/**
 * The records of a text.
 * @param separator absent: the comma or the semicolon, whichever the first line has more of
 */
export function splitRecords(text: string, separator?: string): string[][] {
  const content = text.replace(/^\uFEFF/, '')
  const found: string[][] = []
  const records = new DelimitedRecords(separator ?? guessSeparator(content), (cells) => found.push(cells))
  records.take(content)
  records.end()
  return found
}

/** Spreadsheets of half of Europe write CSV with semicolons. */
export function guessSeparator(text: string): string {
  const line = text.slice(0, text.indexOf('\n'))
  return line.split(';').length > line.split(',').length ? ';' : ','
}
