import type { Term } from '@rdfjs/types'
import { querySyntax } from '../query-syntax.ts'
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

/** Which triples a query can need; @param alone whether only one graph is asked */
export async function planQuery(sparql: string, alone: boolean): Promise<Part> {
  const given: string[] = []
  const text = sparql.replace(lists, (_, name: string, terms: string) => {
    given.push(terms)
    return `VALUES ?${name} { <${markOf(given.length - 1)}> }`
  })
  const key = `${alone} ${text}`
  let template = templates.get(key)
  if (template === undefined) {
    const part = planSlice(await toAlgebra(text), alone)
    template = { part, marks: countMarks(part) }
    if (templates.size === mostTemplates) templates.clear()
    templates.set(key, template)
  }
  // What looked like a list was something else, such as a part of a literal.
  if (template.marks !== given.length) return planSlice(await toAlgebra(sparql), alone)
  const terms = given.map((list) => list.slice(1, -1).trimEnd().replace(/>$/, '').split(/> ?</).map(iri))
  return fill(template.part, terms)
}

/** The query as `@traqula/algebra-sparql-1-1` gives it. */
export async function toAlgebra(sparql: string): Promise<Operation> {
  const { toAlgebra: translate } = await import('@traqula/algebra-sparql-1-1')
  return translate((await querySyntax()).parse(sparql) as never, { quads: false }) as unknown as Operation
}

function countMarks({ choices, rests }: Part): number {
  const here = choices.filter(({ terms }) => terms.length === 1 && marked.test(terms[0]!.value)).length
  return rests.reduce((sum, { part }) => sum + countMarks(part), here)
}

function fill(part: Part, lists: readonly Term[][]): Part {
  return {
    ...part,
    choices: part.choices.map(({ variable, terms }) => {
      const index = marked.exec(terms[0]?.value ?? '')?.[1]
      return { variable, terms: index === undefined ? terms : lists[Number(index)]! }
    }),
    rests: part.rests.map(({ part: rest, knows }) => ({ part: fill(rest, lists), knows })),
  }
}

function iri(value: string): Term {
  return { termType: 'NamedNode', value } as Term
}
