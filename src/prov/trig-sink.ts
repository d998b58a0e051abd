import type { NodeSink } from './node-sink.ts'
import type { Prefixes } from './prefixes.ts'
import type { Kind } from './vocabulary.ts'

/** Characters after which a chunk is handed on. */
const CHUNK = 64 * 1024

/**
 * Writes one named graph as TriG, of a layout that `canonicalHash` reads back: a line a node, indented lines for what is
 * said of it, none of them broken within a term. A prefix that is declared late closes the graph and opens it again.
 */
export class TrigSink implements NodeSink {
  tripleCount = 0
  readonly #graph: string
  readonly #write: (text: string) => void
  #text = ''
  #predicate = ''
  #separator = ''
  #open = false

  /** @param graph token of the graph's name */
  constructor(prefixes: Prefixes, graph: string, write: (text: string) => void) {
    this.#graph = graph
    this.#write = write
    for (const [prefix, namespace] of prefixes) this.#text += directive(prefix, namespace)
    prefixes.onDeclare((prefix, namespace) => {
      this.#close()
      this.#text += directive(prefix, namespace)
    })
  }

  begin(subject: string, kind?: Kind): void {
    if (!this.#open) {
      this.#text += `\nGRAPH ${this.#graph} {\n`
      this.#open = true
    }
    if (kind === undefined) {
      this.#text += subject
      this.#separator = '\n'
    } else {
      this.#text += `${subject}\n  a ${kind.turtle}`
      this.#separator = ' ;\n'
      this.tripleCount += kind.classes.length
    }
    this.#predicate = ''
  }

  add(predicate: string, object: string): void {
    if (predicate === this.#predicate) this.#text += ` ,\n    ${object}`
    else {
      this.#text += `${this.#separator}  ${predicate} ${object}`
      this.#predicate = predicate
      this.#separator = ' ;\n'
    }
    this.tripleCount++
  }

  end(): void {
    this.#text += ' .\n'
    if (this.#text.length > CHUNK) this.#flush()
  }

  /** Ends the graph and hands on what is left. */
  finish(): void {
    this.#close()
    this.#flush()
  }

  #close(): void {
    if (this.#open) this.#text += '}\n\n'
    this.#open = false
  }

  #flush(): void {
    this.#write(this.#text)
    this.#text = ''
  }
}

function directive(prefix: string, namespace: string): string {
  return `PREFIX ${prefix}: <${namespace}>\n`
}
