import type { Term } from '@rdfjs/types'

/** A property path, or a part of one: https://www.w3.org/TR/sparql11-query/#propertypaths */
export interface PathSymbol {
  type: string
  iri?: Term
  path?: PathSymbol
  input?: PathSymbol[]
}
/** The IRIs of a path that is one of them or another; undefined for any other path. */
export function linksOf(path: PathSymbol): Term[] | undefined {
  if (path.type === 'link') return [path.iri!]
  if (path.type !== 'alt') return undefined
  const links = path.input!.map(linksOf)
  return links.every((each) => each !== undefined) ? links.flat() : undefined
}

/** The predicates of the triples that a path can go along, undefined for any, and whether it may be of no length. */
export function predicatesOf(path: PathSymbol): {
  predicates: readonly Term[] | undefined
  matchesNothing: boolean
} {
  const parts = [...(path.input ?? []), ...(path.path === undefined ? [] : [path.path])].map(predicatesOf)
  const predicates = [
    ...(path.type === 'link' ? [path.iri!] : []),
    ...parts.flatMap((part) => part.predicates ?? []),
  ]
  const isAny = path.type === 'nps' || parts.some((part) => part.predicates === undefined)
  const mayBeNone = path.type === 'ZeroOrMorePath' || path.type === 'ZeroOrOnePath'
  return {
    predicates: isAny ? undefined : predicates,
    matchesNothing: mayBeNone || parts.some((part) => part.matchesNothing),
  }
}
