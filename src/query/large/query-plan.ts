import type { Term } from '@rdfjs/types'
import { querySyntax } from '../query-syntax.ts'
import { quickAlgebra } from '../small/small-algebra.ts'
import { planSlice, type Operation, type Part } from './slice-plan.ts'

interface Template {
  part: Part
  /** Marks in the plan in place of lists of IRIs, in the order in which they stand in the query. */
  marks: number
}

/** Of queries without their lists of terms: a walk asks the same one thousands of times, and to parse it takes 2 ms. */
const templates = new Map<string, Template>()
const mostTemplates = 200

const lists = /VALUES \?(\w+) \{ ((?:<[^<>"{}|^`\\\s]+> ?)+)\}/g
const markOf = (index: number): string => `urn:vampira:list-mark:${index}`
const marked = /^urn:vampira:list-mark:(\d+)$/

/**
 * A query with a mark in place of each list of IRIs, and the lists. Where not all marks come back from the parser, what
 * looked like a list was something else, such as a part of a literal.
 */
export function takeLists(sparql: string): { text: string; given: readonly Term[][] } {
  const given: Term[][] = []
  const text = sparql.replace(lists, (_, name: string, list: string) => {
    given.push(list.slice(1, -1).trimEnd().replace(/>$/, '').split(/> ?</).map(iri))
    return `VALUES ?${name} { <${markOf(given.length - 1)}> }`
  })
  return { text, given }
}

/** Which list a term marks. */
export function markedList(term: Term | undefined): number | undefined {
  const index = marked.exec(term?.value ?? '')?.[1]
  return index === undefined ? undefined : Number(index)
}

/** Which triples a query can need; @param alone whether only one graph is asked */
export async function planQuery(sparql: string, alone: boolean): Promise<Part> {
  const { text, given } = takeLists(sparql)
  const key = `${alone} ${text}`
  let template = templates.get(key)
  if (template === undefined) {
    const part = planSlice(await toAlgebra(text), alone)
    template = { part, marks: countMarks(part) }
    if (templates.size === mostTemplates) templates.clear()
    templates.set(key, template)
  }
  if (template.marks !== given.length) return planSlice(await toAlgebra(sparql), alone)
  return fill(template.part, given)
}

/** The query as `@traqula/algebra-sparql-1-1` gives it. @throws QueryError for a malformed one */
export async function toAlgebra(sparql: string): Promise<Operation> {
  return quickAlgebra(sparql) ?? wholeAlgebra(sparql)
}

/** By that library, which knows all of SPARQL. */
export async function wholeAlgebra(sparql: string): Promise<Operation> {
  const { toAlgebra: translate } = await import('@traqula/algebra-sparql-1-1')
  return translate((await querySyntax()).parse(sparql) as never, { quads: false }) as unknown as Operation
}

function countMarks({ choices, rests }: Part): number {
  const here = choices.filter(({ terms }) => terms.length === 1 && markedList(terms[0]) !== undefined).length
  return rests.reduce((sum, { part }) => sum + countMarks(part), here)
}

function fill(part: Part, lists: readonly Term[][]): Part {
  return {
    ...part,
    choices: part.choices.map(({ variable, terms }) => {
      const index = markedList(terms[0])
      return { variable, terms: index === undefined ? terms : lists[index]! }
    }),
    rests: part.rests.map(({ part: rest, knows }) => ({ part: fill(rest, lists), knows })),
  }
}

function iri(value: string): Term {
  return { termType: 'NamedNode', value } as Term
}
