import { UsageError } from '../errors.ts'
import type { Endpoint } from './endpoint.ts'
import { findCredentials } from './find-credentials.ts'
import { recogniseEndpoint } from './recognise-endpoint.ts'

/** Addresses of a remote store, as `[stores.NAME]` in vampira.toml has them. */
export interface StoreAddresses {
  query: string
  update?: string
  data?: string
}

/**
 * The remote store that people mean by a URL, or by a name that vampira.toml gives addresses.
 * @param stores what vampira.toml says under [stores]
 * @throws UsageError for a name that is not there, or addresses that carry a password
 * @throws EndpointError when a URL is not a store's
 */
export async function resolveEndpoint(
  where: string,
  stores: Readonly<Record<string, StoreAddresses>>,
  { environment = process.env, signal }: { environment?: NodeJS.ProcessEnv; signal?: AbortSignal } = {},
): Promise<Endpoint> {
  const addresses = Object.hasOwn(stores, where) ? stores[where] : undefined
  if (addresses === undefined) {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(where)) {
      return recogniseEndpoint(where, { environment, ...(signal === undefined ? {} : { signal }) })
    }
    const names = Object.keys(stores)
    throw new UsageError(`vampira.toml has no remote store named ‹${where}›`, {
      advice:
        names.length === 0
          ? `Give a URL, or add [stores.${where}] with query, update and data.`
          : `It has ${names.join(', ')}; or give a URL.`,
    })
  }
  const credentials = findCredentials(where, environment)
  for (const [key, url] of Object.entries(addresses)) {
    if (isPlainUrl(url)) continue
    throw new UsageError(
      `${key} of [stores.${where}] in vampira.toml is not an http(s) URL without a password`,
      {
        advice: `Write the address there, and set ${credentials.variables.user} and ${credentials.variables.password}.`,
      },
    )
  }
  const { query, update, data } = addresses
  return { name: where, layout: 'named', query, update, data, credentials }
}

function isPlainUrl(text: unknown): boolean {
  if (typeof text !== 'string' || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}
