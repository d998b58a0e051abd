import type { Prefixes } from '../rdf/prefixes.ts'

/** Compares two texts by their code points. */
export type Comparison = (a: string, b: string) => number

/** One predicate of a shape. */
interface Slot {
  /** As N-Quads writes it, with a space at both sides. */
  verb: string
  /** The same, and how names of the run begin. */
  ownVerb: string
  /** Objects that every node of the shape has, as N-Quads writes them: its classes. */
  fixed: string[]
  /** Which of a node's lists of objects come here. */
  open: number[]
}

/**
 * How the lines of a node begin, in the layout of `TrigSink`: its classes and predicates. A record has thousands of nodes
 * and tens of shapes, so that what depends on the shape alone is found once, and the next line is guessed.
 */
export class NodeShape {
  /** How the last of its lines begins; all of the line where that gives classes. */
  readonly beginning: string
  readonly hasClasses: boolean
  readonly #before: NodeShape | undefined
  readonly #longer = new Map<string, NodeShape>()
  #likely: NodeShape | undefined
  #slots: readonly Slot[] | undefined

  constructor(beginning = '', hasClasses = false, before?: NodeShape) {
    this.beginning = beginning
    this.hasClasses = hasClasses
    this.#before = before
  }

  /** The shape with the line that begins here: one of a predicate, or one that continues classes. */
  with(text: string, at: number): NodeShape {
    const likely = this.#likely
    if (likely !== undefined && text.startsWith(likely.beginning, at)) return likely
    const hasClasses = text.startsWith('  a ', at) || text.startsWith('    ', at)
    const end = hasClasses ? text.indexOf('\n', at) : text.indexOf(' ', at + 2)
    const beginning = text.slice(at, end + 1)
    let longer = this.#longer.get(beginning)
    if (longer === undefined) {
      longer = new NodeShape(beginning, hasClasses, this)
      this.#longer.set(beginning, longer)
    }
    this.#likely = longer
    return longer
  }

  /** In the order of canonical lines. Always asked with the same arguments. */
  slots(prefixes: Prefixes, namespace: string, compare: Comparison): readonly Slot[] {
    this.#slots ??= this.#sortSlots(prefixes, namespace, compare)
    return this.#slots
  }

  #sortSlots(prefixes: Prefixes, namespace: string, compare: Comparison): Slot[] {
    const slots = new Map<string, Slot>()
    const slotOf = (predicate: string) => {
      const verb = ` ${prefixes.expand(predicate)} `
      const slot = slots.get(verb) ?? { verb, ownVerb: verb + namespace, fixed: [], open: [] }
      slots.set(verb, slot)
      return slot
    }
    let index = 0
    for (const { beginning, hasClasses } of this.#lines()) {
      if (hasClasses) {
        const classes = beginning.slice(4, -3).split(', ')
        slotOf('a').fixed.push(...classes.map((each) => prefixes.expand(each)))
      } else {
        slotOf(beginning.slice(2, -1)).open.push(index++)
      }
    }
    for (const slot of slots.values()) slot.fixed = [...new Set(slot.fixed)].sort(compare)
    return [...slots.values()].sort((a, b) => compare(a.verb, b.verb))
  }

  #lines(): NodeShape[] {
    const lines: NodeShape[] = []
    for (let shape: NodeShape = this; shape.#before !== undefined; shape = shape.#before) lines.push(shape)
    return lines.reverse()
  }
}
