/** Which texts of two runs are names of files or folders that they read or wrote. */
export class NamesOfFiles {
  readonly #known: readonly [ReadonlySet<string>, ReadonlySet<string>]

  constructor(paths: readonly [Iterable<string>, Iterable<string>]) {
    this.#known = [namesOf(paths[0]), namesOf(paths[1])]
  }

  /** @param one a value as JSON text, such as `"f1.fits"`, or a list of them */
  isSame(one: string, other: string): boolean {
    return this.#isSame(readJson(one), readJson(other))
  }

  /** Whether a value names files of one run, or lists them. */
  isName(value: string, side: 0 | 1): boolean {
    const json = readJson(value)
    const words: unknown[] = Array.isArray(json) ? json : [json]
    return (
      words.length > 0 &&
      words.every((word) => typeof word === 'string' && this.#known[side].has(clean(word)))
    )
  }

  #isSame(one: unknown, other: unknown): boolean {
    if (one === other) return true
    if (Array.isArray(one) && Array.isArray(other))
      return one.length === other.length && one.every((each, index) => this.#isSame(each, other[index]))
    if (typeof one !== 'string' || typeof other !== 'string') return false
    if (this.#known[0].has(clean(one)) && this.#known[1].has(clean(other))) return true
    const [list, otherList] = [readJson(one), readJson(other)]
    return Array.isArray(list) && Array.isArray(otherList) && this.#isSame(list, otherList)
  }
}

/** Each path, its last words, and the folders that it is in: `a/b.txt` gives `a/b.txt`, `b.txt` and `a`. */
function namesOf(paths: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const path of paths) {
    for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) names.add(path.slice(0, at))
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) names.add(path.slice(at + 1))
  }
  return names
}

function clean(path: string): string {
  return path.replace(/^\.\//, '').replace(/(?<=.)\/$/, '')
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
