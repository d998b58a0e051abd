import type { ComponentPair } from './component-pair.ts'

/** A call as far as the order is concerned. */
interface Step {
  readonly pair: ComponentPair
  readonly startedAt: number
  /** Of a program: the module of a library that started it. */
  readonly library: string | undefined
  readonly usedFiles: ReadonlySet<number> | undefined
}

/** Starts by one call that are followed: a loop shows the order of its body in the first few. */
const followed = 1000

/**
 * The order in which one call started others. The body of a module that it imported is no step of its work, and neither
 * is a program that a library started for itself and that touched no data (matplotlib lists the fonts by fc-list).
 */
export class Steps {
  #starts = 0
  #last: ComponentPair | undefined
  /** A program that a library started: what it is shows when it has ended. */
  #pending: Step | undefined

  add(step: Step): void {
    if (step.pair.component.kind === 'Module' || ++this.#starts > followed) return
    this.settle()
    if (step.library === undefined) this.#follow(step)
    else this.#pending = step
  }

  /** Decides about the last one. */
  settle(): void {
    const pending = this.#pending
    this.#pending = undefined
    if (pending !== undefined && !isHelper(pending)) this.#follow(pending)
  }

  #follow({ pair, startedAt }: Step): void {
    if (this.#last !== pair) this.#last?.addFollower(pair, startedAt)
    this.#last = pair
  }
}

function isHelper({ usedFiles, pair }: Step): boolean {
  return usedFiles === undefined && pair.generated.size === 0
}
