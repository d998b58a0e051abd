import type { ColumnFacts } from './describer.ts'
import { NumberTally } from './number-tally.ts'

/** Distinct texts that are told apart. */
const told = 1000

/** What the cells of one column of a table are like: numbers, or texts, or both. */
export class ColumnTally {
  readonly #name: string
  readonly #numbers = new NumberTally()
  readonly #texts = new Set<string>()
  #filled = 0
  #text = 0

  constructor(name: string) {
    this.#name = name
  }

  addNumber(value: number): void {
    this.#numbers.add(value)
    if (!Number.isNaN(value)) this.#filled++
  }

  /** A cell as text; empty ones and those that say so are missing. */
  addText(cell: string): void {
    const text = cell.trim()
    if (text === '' || missing.has(text.toLowerCase())) {
      this.#numbers.add(NaN)
      return
    }
    this.#filled++
    const number = Number(text)
    if (!Number.isNaN(number)) {
      this.#numbers.add(number)
      return
    }
    this.#text++
    if (this.#texts.size < told) this.#texts.add(text)
  }

  read(): ColumnFacts {
    const rows = this.#numbers.count + this.#text
    const share = rows === 0 ? 0 : (rows - this.#filled) / rows
    return {
      name: this.#name,
      ...(this.#text * 2 < this.#filled && this.#numbers.read()),
      missingShare: share,
      ...(this.#text > 0 && { distinct: this.#texts.size }),
    }
  }
}

const missing = new Set(['nan', 'na', 'n/a', 'null', 'none'])
