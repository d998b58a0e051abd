import type { ComponentPair } from './component-pair.ts'
import type { Frame } from './frame.ts'

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
  #pending: Frame | undefined

  add(frame: Frame): void {
    if (frame.component.kind === 'Module' || ++this.#starts > followed) return
    this.settle()
    if (frame.library === undefined) this.#follow(frame)
    else this.#pending = frame
  }

  /** Decides about the last one. */
  settle(): void {
    const pending = this.#pending
    this.#pending = undefined
    if (pending !== undefined && !isHelper(pending)) this.#follow(pending)
  }

  #follow({ pair, startedAt }: Frame): void {
    if (this.#last !== pair) this.#last?.addFollower(pair, startedAt)
    this.#last = pair
  }
}

function isHelper({ usedFiles, pair }: Frame): boolean {
  return usedFiles === undefined && pair.generated.size === 0
}
