import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import type { Endpoint } from './endpoint.ts'
import { findCredentials } from './find-credentials.ts'
import { recogniseEndpoint } from './recognise-endpoint.ts'

/**
 * The remote store that people mean by a URL, or by a name that vampira.toml gives addresses:
 *
 *     [stores.lab]
 *     query = "https://example.org/runs/sparql"
 *     update = "https://example.org/runs/update"
 *     data = "https://example.org/runs/rdf-graph-store"
 *
 * @param folder where vampira.toml lies
 * @throws UsageError for a name that vampira.toml does not have, or has without a query URL
 * @throws EndpointError when a URL is not a store's
 */
export async function resolveEndpoint(
  where: string,
  folder: string,
  { environment = process.env, signal }: { environment?: NodeJS.ProcessEnv; signal?: AbortSignal } = {},
): Promise<Endpoint> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(where)) {
    return recogniseEndpoint(where, { environment, ...(signal === undefined ? {} : { signal }) })
  }
  const file = join(folder, 'vampira.toml')
  const stores = await readStores(file)
  const settings = stores[where]
  if (settings === undefined) {
    const names = Object.keys(stores)
    throw new UsageError(`There is no store named ‹${where}› in ${file}`, {
      place: { file },
      advice:
        names.length === 0
          ? `Give a URL, or add [stores.${where}] with query, update and data.`
          : `It has ${names.join(', ')}; or give a URL.`,
    })
  }
  const address = (key: string): string | undefined => {
    const value = settings[key]
    if (value === undefined) return undefined
    if (typeof value === 'string' && isPlainUrl(value)) return value
    throw new UsageError(`${key} of [stores.${where}] in ${file} is not an http(s) URL without a password`, {
      place: { file },
      advice: `Write the address there, and the password into ${findCredentials(where).variables.password}.`,
    })
  }
  const query = address('query')
  if (query === undefined) {
    throw new UsageError(`[stores.${where}] in ${file} has no query URL`, {
      place: { file },
      advice: 'Add query = "https://…".',
    })
  }
  return {
    name: where,
    layout: 'named',
    query,
    update: address('update'),
    data: address('data'),
    credentials: findCredentials(where, environment),
  }
}

async function readStores(file: string): Promise<Record<string, Record<string, unknown>>> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const { parse, TomlError } = await import('smol-toml')
  try {
    const { stores } = parse(text)
    return typeof stores === 'object' && stores !== null
      ? (stores as Record<string, Record<string, unknown>>)
      : {}
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    throw new UsageError(`${file} is not TOML: ${error.message.split('\n')[0]}`, {
      place: { file, line: error.line, column: error.column },
      advice: 'Correct that line.',
      cause: error,
    })
  }
}

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}
