import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { readQueryHeader, type QueryHeader } from './query-header.ts'

/** A ready-made question: its name is its file's, without `.rq`. */
export interface CatalogueQuery extends QueryHeader {
  name: string
  sparql: string
}

let read: Promise<readonly CatalogueQuery[]> | undefined

/** Every query of the package's queries/, by name. */
export function catalogue(): Promise<readonly CatalogueQuery[]> {
  read ??= readCatalogue(join(packageRoot, 'queries'))
  return read
}

/** @throws QueryError for a file whose header cannot be read. */
export async function readCatalogue(directory: string): Promise<CatalogueQuery[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.rq')).toSorted()
  return Promise.all(
    files.map(async (file) => {
      const sparql = await readFile(join(directory, file), 'utf8')
      const header = readQueryHeader(join(directory, file), sparql)
      return Object.assign(header, { name: file.slice(0, -'.rq'.length), sparql })
    }),
  )
}

/** @throws UsageError with near names when there is none of this name. */
export async function catalogueQuery(name: string): Promise<CatalogueQuery> {
  const queries = await catalogue()
  const found = queries.find((query) => query.name === name)
  if (found !== undefined) return found
  const near = queries
    .filter((query) => query.name.includes(name) || name.includes(query.name))
    .map((q) => q.name)
  throw new UsageError(`There is no query named ${JSON.stringify(name)}`, {
    advice:
      near.length > 0
        ? `Did you mean ${near.join(' or ')}? \`vampira queries\` lists them all.`
        : '`vampira queries` lists them all; a file must end in .rq.',
  })
}
