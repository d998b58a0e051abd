const pageSize = 1 << 14

/**
 * A 32-bit integer for each id, 0 where none was set: four bytes an id where a Map takes forty, so that a
 * million calls or objects can be remembered.
 */
export class NumberColumn {
  readonly #pages = new Map<number, Int32Array>()

  get(id: number): number {
    return this.#pages.get(Math.floor(id / pageSize))?.[id % pageSize] ?? 0
  }

  set(id: number, value: number): void {
    const at = Math.floor(id / pageSize)
    let page = this.#pages.get(at)
    if (page === undefined) this.#pages.set(at, (page = new Int32Array(pageSize)))
    page[id % pageSize] = value
  }
}
