import type { NodeSink } from './node-sink.ts'
import type { Prefixes } from './prefixes.ts'
import type { Kind } from './vocabulary.ts'

/** Characters after which a chunk is written out. */
const CHUNK = 64 * 1024

/**
 * Writes one named graph as TriG, in a layout that `hashTrig` can read: one line for a subject, below it indented lines
 * for its statements, and no line break inside a term. A prefix that is declared late closes the graph and opens it again.
 */
export class TrigSink implements NodeSink {
  tripleCount = 0
  #graph: string | undefined
  readonly #write: (text: string) => void
  /** Joined at the end: appending each piece to one long string takes three times as long, since it makes garbage. */
  #pieces: string[] = []
  #length = 0
  #predicate = ''
  #separated = false
  #open = false

  /** @param graph token of the graph's name; undefined: the default graph, as in Turtle */
  constructor(prefixes: Prefixes, graph: string | undefined, write: (text: string) => void) {
    this.#graph = graph
    this.#write = write
    for (const [prefix, namespace] of prefixes) this.#put(directive(prefix, namespace))
    prefixes.onDeclare((prefix, namespace) => {
      this.#close()
      this.#put(directive(prefix, namespace))
    })
  }

  /** Goes on in another graph. */
  enter(graph: string | undefined): void {
    if (graph === this.#graph) return
    this.#close()
    this.#graph = graph
  }

  begin(subject: string, kind?: Kind): void {
    if (!this.#open && this.#graph !== undefined) {
      this.#put(`\nGRAPH ${this.#graph} {\n`)
      this.#open = true
    }
    this.#put(subject)
    this.#separated = kind === undefined
    if (kind !== undefined) {
      this.#put(kind.turtle)
      this.tripleCount += kind.classes.length
    }
    this.#predicate = ''
  }

  add(predicate: string, object: string): void {
    this.tripleCount++
    if (predicate === this.#predicate) this.#put(' ,\n    ')
    else if (this.#separated) {
      this.#put(`\n  ${predicate} `)
      this.#separated = false
    } else this.#put(linkOf(predicate))
    this.#predicate = predicate
    this.#put(object)
  }

  end(): void {
    this.#put(' .\n')
    if (this.#length > CHUNK) this.#flush()
  }

  /** Ends the graph and writes out what is left. */
  finish(): void {
    this.#close()
    this.#flush()
  }

  #put(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  #close(): void {
    if (this.#open) this.#put('}\n\n')
    this.#open = false
  }

  #flush(): void {
    this.#write(this.#pieces.join(''))
    this.#pieces = []
    this.#length = 0
  }
}

const links = new Map<string, string>()

/** The text between an object and the next predicate's object. */
function linkOf(predicate: string): string {
  let link = links.get(predicate)
  if (link === undefined) links.set(predicate, (link = ` ;\n  ${predicate} `))
  return link
}

function directive(prefix: string, namespace: string): string {
  return `PREFIX ${prefix}: <${namespace}>\n`
}
