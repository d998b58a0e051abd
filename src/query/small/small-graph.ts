const line = /^(<[^>\n]*>) (<[^>\n]*>) (<[^>\n]*>|"(?:[^"\\\n]|\\.)*"(?:\^\^<[^>\n]*>)?) (<[^>\n]*>) \.\n/gmy

const none: readonly string[] = []

/** The triples of one graph by subject and by object; terms are texts as canonical N-Quads writes them. */
export class SmallGraph {
  readonly name: string
  /** Of the text that it was read from. */
  readonly length: number
  readonly #bySubject = new Map<string, Map<string, string[]>>()
  readonly #byObject = new Map<string, Map<string, string[]>>()

  private constructor(name: string, length: number) {
    this.length = length
    this.name = name
  }

  /**
   * @param text canonical N-Quads
   * @param name of the graph, an IRI
   * @returns undefined where something else stands in it: a blank node, another graph, another spelling
   */
  static read(text: string, name: string): SmallGraph | undefined {
    const graph = new SmallGraph(`<${name}>`, text.length)
    const seen = new Set<string>()
    line.lastIndex = 0
    while (line.lastIndex < text.length) {
      const found = line.exec(text)
      if (found === null || found[4] !== graph.name) return undefined
      const [whole, subject = '', predicate = '', object = ''] = found
      if (seen.has(whole)) continue
      seen.add(whole)
      put(graph.#bySubject, subject, predicate, object)
      put(graph.#byObject, predicate, object, subject)
    }
    return graph
  }

  objects(subject: string, predicate: string): readonly string[] {
    return this.#bySubject.get(subject)?.get(predicate) ?? none
  }

  subjects(predicate: string, object: string): readonly string[] {
    return this.#byObject.get(predicate)?.get(object) ?? none
  }

  /** Objects with their subjects. */
  pairs(predicate: string): Iterable<[object: string, subjects: readonly string[]]> {
    return this.#byObject.get(predicate) ?? []
  }
}

function put(index: Map<string, Map<string, string[]>>, first: string, second: string, third: string): void {
  let inner = index.get(first)
  if (inner === undefined) index.set(first, (inner = new Map()))
  const list = inner.get(second)
  if (list === undefined) inner.set(second, [third])
  else list.push(third)
}
