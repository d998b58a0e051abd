import { formatData } from '../src/report/format-data.ts'
import { pathOfUrl } from '../src/path-of-url.ts'
import type { FileDifference } from '../src/index.ts'
import { shortIri } from './short-iri.ts'

export function placeOf({ url, otherUrl }: FileDifference): string {
  const path = nearPath(pathOfUrl(url))
  return otherUrl === undefined ? path : renamed(path, nearPath(pathOfUrl(otherUrl)))
}

export function contentTexts({ contents, holds }: FileDifference): (string | undefined)[] {
  return contents.map((content, side) => {
    const facts = holds?.[side]
    return content && [shortIri(content), ...(facts === undefined ? [] : [formatData(facts)])].join(', ')
  })
}

/** Relative to the working directory, where it is within. */
export function nearPath(path: string): string {
  const here = `${process.cwd()}/`
  return path.startsWith(here) ? path.slice(here.length) : path
}

/** `/data/a.csv → b.csv`: the other name without the folder where that is the same. */
export function renamed(path: string, other: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const name = other.slice(folder.length)
  return `${path} → ${other.startsWith(folder) && !name.includes('/') ? name : other}`
}
