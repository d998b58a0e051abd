import type { JournalValue, OptionsLine } from '../journal/line.ts'

export interface CommandLineOption {
  name: string
  value: JournalValue
  isDefault: boolean
}

/** What the command line of a process said, by name: what its library made of it, else as it stands. */
export class CommandLineOptions {
  readonly #options = new Map<string, CommandLineOption>()
  #by: string | undefined

  add({ by, options }: OptionsLine): void {
    if (this.#by === asTheyStand && by !== asTheyStand) this.#options.clear()
    this.#by = by
    for (const { name, value, default: isDefault = false } of options) {
      this.#options.set(name, { name, value, isDefault })
    }
  }

  read(): readonly CommandLineOption[] {
    return [...this.#options.values()]
  }
}

const asTheyStand = 'arguments'
