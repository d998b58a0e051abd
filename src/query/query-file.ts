import { readFile } from 'node:fs/promises'
import { UsageError } from '../errors.ts'
import { withoutByteOrderMark } from '../formats/byte-order-mark.ts'
import { whyUnreadable } from '../unreadable.ts'
import type { CatalogueQuery } from './catalogue.ts'
import { readQueryHeader } from './query-header.ts'

/**
 * Reads a file of SPARQL, which may begin with a header as those of `queries/` do. Its name is that of the file.
 *
 * @throws UsageError for a file that cannot be read, QueryError for a header that cannot be understood
 */
export async function readQueryFile(file: string): Promise<CatalogueQuery> {
  let sparql
  try {
    sparql = withoutByteOrderMark(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new UsageError(`Cannot read the query ${file}: ${whyUnreadable(cause)}`, {
      cause,
      advice: 'vampira queries lists the ready-made ones',
    })
  }
  if (sparql.startsWith('#+')) return { name: file, sparql, ...readQueryHeader(file, sparql) }
  return {
    name: file,
    sparql,
    summary: '',
    answers: [],
    parameters: [],
    columns: [],
    shows: [],
    reads: 'summaries',
  }
}
