import { sha256Of } from '../../rdf/digest-iri.ts'
import { text } from '../ask.ts'
import { dataFactsOf } from '../data-facts.ts'
import type { DataFacts } from '../data-facts.ts'
import type { Questions } from '../questions.ts'
import { textOf } from '../read-row.ts'

/** A file that a run left behind. */
export interface MadeFile {
  /** Relative to the run's working directory, or absolute. */
  path: string
  /** Hexadecimal; absent where nobody knows the bytes. */
  sha256?: string
  /** Nothing says that it is of this run but that it changed meanwhile. */
  possible: boolean
  holds?: DataFacts
}

/** The files that a run left behind, each once, by path. */
export async function readMade(questions: Questions, run: string): Promise<MadeFile[]> {
  const rows = await questions.ask('data-products', { run: [run] })
  const found = new Map<string, MadeFile>()
  for (const row of rows) {
    const path = text(row, 'path')
    const sha256 = sha256Of(text(row, 'content'))
    const holds = dataFactsOf(row)
    found.set(path, {
      path,
      ...(sha256 !== undefined && { sha256 }),
      possible: textOf(row, 'strength') === 'possible',
      ...(holds !== undefined && { holds }),
    })
  }
  return [...found.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
