import { UsageError } from '../src/index.ts'
import { didYouMean } from '../src/near-word.ts'
import type { CatalogueQuery, ParameterValue } from '../src/index.ts'

/** Gathers the values of an option that may be repeated, for commander. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}

/** The option of commands that ask elsewhere than in the store. */
export const source = [
  '--source <where>',
  'ask this store, RDF file or SPARQL endpoint instead; repeat it to ask several',
  collect,
] as const

/** The option of commands that read files of RDF. */
export const lenient = [
  '--lenient',
  'read what is sound of a broken RDF file: broken lines (N-Triples, N-Quads), statements (Turtle, TriG) or what is no ' +
    'IRI (JSON-LD) are left out and said on standard error',
] as const

/** A whole number from 1, for commander. */
export function wholeNumber(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value)
  throw new UsageError(`${value} is not a whole number from 1`)
}

/** The parameters that `--param name=value`s give to a query, repeated ones as lists. */
export function parametersOf(
  query: CatalogueQuery,
  given: readonly string[] = [],
): Record<string, ParameterValue> {
  const values: Record<string, string[]> = {}
  for (const text of given) {
    const at = text.indexOf('=')
    if (at < 1) throw new UsageError(`--param ${text} is not name=value`, { advice: takes(query) })
    const name = text.slice(0, at)
    const parameter = query.parameters.find((each) => each.name === name)
    if (parameter === undefined) {
      const names = query.parameters.map((each) => each.name)
      throw new UsageError(`The query ${query.name} takes no parameter ${name}`, {
        advice: didYouMean(name, names, takes(query)),
      })
    }
    values[name] = [...(values[name] ?? []), text.slice(at + 1)]
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, list]) => [name, list.length === 1 ? list[0]! : list]),
  )
}

function takes(query: CatalogueQuery): string {
  const names = query.parameters.map(({ name }) => name)
  if (names.length > 0) return `It takes ${names.join(', ')}`
  return query.name.endsWith('.rq')
    ? 'It declares none: begin the file with a header as the files of queries/ have'
    : 'It takes none'
}
