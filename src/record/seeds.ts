import type { SeedLine } from '../journal/line.ts'
import { literalOf } from './literals.ts'
import type { Run } from './run.ts'

/** What random numbers were seeded with: each seed of each function once, whichever process gave it. */
export class Seeds {
  readonly #found = new Map<string, Run['seeds'][number]>()

  get all(): Run['seeds'] {
    return [...this.#found.values()]
  }

  add({ by, value }: SeedLine): void {
    const literal = literalOf(value)
    if (literal !== undefined) this.#found.set(`${by} ${literal.lexical}`, { name: by, value: literal })
  }
}
