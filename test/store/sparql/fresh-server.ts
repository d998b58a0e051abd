import { afterEach, beforeEach } from 'vitest'
import type { Endpoint } from '../../../src/sparql/endpoint.ts'
import { recogniseEndpoint } from '../../../src/sparql/recognise-endpoint.ts'
import { startSparqlServer } from './sparql-server.ts'

/** The server of the test that runs. */
export let server: Awaited<ReturnType<typeof startSparqlServer>>
/** What is known of it. */
export let endpoint: Endpoint

/** Gives each test of the file that calls it an empty server. */
export function startServerForEach(): void {
  beforeEach(async () => {
    server = await startSparqlServer()
    endpoint = await recogniseEndpoint(server.url)
  })
  afterEach(() => server.close())
}
