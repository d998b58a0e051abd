import { Store } from 'oxigraph'
import type { QueryEndpoint } from '../../src/sparql/endpoint.ts'
import { credentialsOf, listen, type Received } from '../sparql/listen.ts'

/** An endpoint that answers over these graphs, and what it is asked. It is closed when the test ends. */
export async function endpointWith(
  trig: string,
): Promise<{ endpoint: QueryEndpoint; received: readonly Received[] }> {
  const store = new Store()
  store.load(trig, { format: 'application/trig' })
  const { url, received } = await listen((response, { body }) => {
    const query = new URLSearchParams(body).get('query') ?? ''
    const options = { use_default_graph_as_union: true, results_format: 'json' }
    response.end(store.query(query, options) as string)
  })
  return { endpoint: { name: url, query: url, credentials: credentialsOf() }, received }
}
