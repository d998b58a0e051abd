import { doubleAsWritten } from '../../canonical-double.ts'
import type { Row } from '../../sparql/answer.ts'
import { textOf } from '../read-row.ts'

/** A value or a version of a file, as one call had to do with it. */
export interface Datum {
  /** Its IRI in its run. */
  entity: string
  /** The parameter whose value it was, the return, or the path of the file. */
  role: string
  /** Of a file. */
  path?: string
  /** What two of the same must have in common: a content, a digest, a value; absent where that is not known. */
  identity?: string
  /** Type, length and shape: where they differ, so do the data. */
  outline: string
  /** For people. */
  shown: string
  isScratch: boolean
}

/** Whether two data are the same: `unknown` where no bytes and no value of them were recorded. */
export type Agreement = 'agree' | 'differ' | 'unknown'

/** @param row of the query `uc8-data-of-calls` */
export function readDatum(row: Row): Datum {
  const entity = textOf(row, 'entity') ?? ''
  const path = textOf(row, 'path')
  const value = valueOf(row)
  const outline = [textOf(row, 'type'), textOf(row, 'shape') ?? textOf(row, 'length')]
    .filter(Boolean)
    .join(' of ')
  const digest = textOf(row, 'content') ?? textOf(row, 'sha256')
  const identity = path === undefined ? (value === undefined ? digest : JSON.stringify(value)) : digest
  const port = textOf(row, 'port')
  return {
    entity,
    role:
      path ??
      (port === undefined
        ? textOf(row, 'direction') === 'generated'
          ? 'return'
          : 'argument'
        : lastWord(port)),
    ...(path !== undefined && { path }),
    ...(identity !== undefined && { identity }),
    outline,
    shown:
      value ??
      (path === undefined ? outline : (digest?.replace(/^ni:\/\/\/sha-256;/, '').slice(0, 8) ?? 'unknown')),
    isScratch: textOf(row, 'scratch') === 'true',
  }
}

function valueOf(row: Row): string | undefined {
  const term = row['value']
  const isDouble = term?.termType === 'Literal' && term.datatype.value.endsWith('#double')
  return isDouble ? doubleAsWritten(term.value) : term?.value
}

/** `std` of `urn:vampira:parameter:project/survey.fourierTransform.std`. */
function lastWord(port: string): string {
  const name = port.replace(/^.*[/:#]/, '').replace(/^.*\./, '')
  return /%(?![0-9A-F]{2})/i.test(name) ? name : decodeURIComponent(name)
}

/** Whether two data in the same place of two runs are the same. Names of files say nothing: their contents do. */
export function agreementOf(one: Datum, other: Datum, names: NamesOfFiles): Agreement {
  if (one.identity !== undefined && other.identity !== undefined) {
    if (one.identity === other.identity) return 'agree'
    if (one.path !== undefined) return 'differ'
    return names.isSame(one.identity, other.identity) ? 'agree' : 'differ'
  }
  return one.outline === other.outline && one.identity === other.identity ? 'unknown' : 'differ'
}

/** Which texts of two runs are names of files or folders that they read or wrote. */
export class NamesOfFiles {
  readonly #known: readonly [ReadonlySet<string>, ReadonlySet<string>]

  constructor(paths: readonly [Iterable<string>, Iterable<string>]) {
    this.#known = [namesOf(paths[0]), namesOf(paths[1])]
  }

  /** @param one a value as JSON text, such as `"f1.fits"`, or a list of them */
  isSame(one: string, other: string): boolean {
    return this.#isSame(readJson(one), readJson(other))
  }

  #isSame(one: unknown, other: unknown): boolean {
    if (one === other) return true
    if (Array.isArray(one) && Array.isArray(other))
      return one.length === other.length && one.every((each, index) => this.#isSame(each, other[index]))
    if (typeof one !== 'string' || typeof other !== 'string') return false
    if (this.#known[0].has(clean(one)) && this.#known[1].has(clean(other))) return true
    const [list, otherList] = [readJson(one), readJson(other)]
    return Array.isArray(list) && Array.isArray(otherList) && this.#isSame(list, otherList)
  }
}

/** Each path, its last words, and the folders that it is in: `a/b.txt` gives `a/b.txt`, `b.txt` and `a`. */
function namesOf(paths: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const path of paths) {
    for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) names.add(path.slice(0, at))
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) names.add(path.slice(at + 1))
  }
  return names
}

function clean(path: string): string {
  return path.replace(/^\.\//, '').replace(/(?<=.)\/$/, '')
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
