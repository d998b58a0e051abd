import type { Term } from '@rdfjs/types'
import type { Store } from 'n3'
import type { Place } from '../errors.ts'
import { patternOfText } from '../pattern-of-text.ts'
import type { ShapesGraph, ShapesSource } from './shapes-graph.ts'

/** The nearest shape with a name: a blank node is called by what holds it. */
function owner(dataset: Store, node: Term): Term {
  const seen = new Set<string>()
  let at = node
  while (at.termType === 'BlankNode' && !seen.has(at.value)) {
    seen.add(at.value)
    at = dataset.getSubjects(null, at, null)[0] ?? at
  }
  return at
}

/** A shape as a sentence names it. */
export function nameOf(shapes: ShapesGraph, node: Term): string {
  const named = owner(shapes.dataset, node)
  const inside = named === node ? '' : 'a shape inside '
  return named.termType === 'NamedNode' ? `${inside}<${named.value}>` : 'a shape without a name'
}

/** File, line and IRI, as far as the text gives them away: parsed triples have lost their lines. */
export function placeOf(shapes: ShapesGraph, node: Term, token?: string): Place {
  const named = owner(shapes.dataset, node)
  const iri = named.termType === 'NamedNode' ? named.value : undefined
  const local = iri === undefined ? undefined : /[^#/]*$/.exec(iri)?.[0]
  const wanted = [token, local].filter((text) => text !== undefined && text !== '') as string[]
  const source = mostLikely(shapes.sources, wanted)
  if (source === undefined) return iri === undefined ? {} : { iri }
  const line = wanted.map((text) => lineOf(source.text, text)).find((number) => number !== undefined)
  return { file: source.file, ...(line === undefined ? {} : { line }), ...(iri === undefined ? {} : { iri }) }
}

function mostLikely(sources: readonly ShapesSource[], wanted: readonly string[]): ShapesSource | undefined {
  if (sources.length === 1) return sources[0]
  return sources.find(({ text }) => wanted.every((each) => lineOf(text, each) !== undefined))
}

function lineOf(text: string, token: string): number | undefined {
  const pattern = new RegExp(`${patternOfText(token)}(?![\\w-])`)
  const index = text
    .split('\n')
    .findIndex((line) => pattern.test(line) && !/^\s*(?:#|@?prefix\b)/i.test(line))
  return index < 0 ? undefined : index + 1
}
