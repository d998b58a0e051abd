import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../../package-root.ts'
import type { Context } from './context-terms.ts'

/** Address of our JSON-LD context, which is shipped and never fetched. */
export const contextIri = 'https://w3id.org/vampira/context.jsonld'

/** The context that is shipped with this package: a JSON object with one member, `@context`. */
export async function loadContext(): Promise<{ '@context': Context }> {
  const text = await readFile(join(packageRoot, 'ontologies', 'context.jsonld'), 'utf8')
  return JSON.parse(text) as { '@context': Context }
}
