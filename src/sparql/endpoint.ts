/** How a server lays out its addresses. `named`: vampira.toml gives them. `sparql`: only the query URL is known. */
export type Layout = 'fuseki' | 'oxigraph' | 'rdf4j' | 'graphdb' | 'virtuoso' | 'named' | 'sparql'

/** A remote store: the addresses of its SPARQL 1.1 protocols, and our credentials. */
export interface Endpoint {
  /** What people call it: the URL they gave, or a name in vampira.toml. Holds no secret. */
  name: string
  layout: Layout
  /** SPARQL 1.1 Protocol, queries. */
  query: string
  /** SPARQL 1.1 Protocol, updates. */
  update: string | undefined
  /** SPARQL 1.1 Graph Store HTTP Protocol; graphs are named by `?graph=` (indirect identification, section 4.2). */
  data: string | undefined
  credentials: Credentials
}

/** As much of an endpoint as it takes to ask it. */
export type QueryEndpoint = Pick<Endpoint, 'name' | 'query' | 'credentials'>

export interface Credentials {
  /** Value of the Authorization header, from the environment. */
  authorization: string | undefined
  /** The environment variables that are read, for the advice where a server asks for a password. */
  variables: { user: string; password: string; token: string }
}
