import { doubleAsWritten } from '../../canonical-double.ts'
import { decoded } from '../../decoded.ts'
import { pathOfUrl } from '../../path-of-url.ts'
import type { Row } from '../../sparql/answer.ts'
import type { NamesOfFiles } from '../names-of-files.ts'
import { textOf } from '../read-row.ts'

/** A value or a version of a file, as one call had to do with it. */
export interface Datum {
  /** Its IRI in its run. */
  entity: string
  /** The parameter whose value it was, the return, or the path of the file. */
  role: string
  /** Of a file: as the run called it, and in full. */
  path?: string
  fullPath?: string
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
  const [port, url] = [textOf(row, 'port'), textOf(row, 'url')]
  return {
    entity,
    role:
      path ??
      (port === undefined
        ? textOf(row, 'direction') === 'generated'
          ? 'return'
          : 'argument'
        : lastWord(port)),
    ...(path !== undefined && { path, ...(url !== undefined && { fullPath: pathOfUrl(url) }) }),
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
  return decoded(port.replace(/^.*[/:#]/, '').replace(/^.*\./, ''))
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
