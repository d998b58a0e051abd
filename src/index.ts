/**
 * The public API. Everything heavy (engines, parsers, drivers) is loaded by the function that needs it, so importing
 * this costs a few milliseconds.
 */
export {
  EndpointError,
  JournalError,
  LaunchError,
  QueryError,
  ShapeError,
  StoreError,
  SyntaxError,
  UsageError,
  VampiraError,
} from './errors.ts'
export type { Place } from './errors.ts'
export { packageRoot } from './package-root.ts'
export type { Part, RunEntry, RunWriter, Store, StoredGraph } from './store/store.ts'
export type { Answer, QueryEngine, Row, Scope } from './query/engine.ts'
export type { Credentials, Endpoint, Layout } from './store/sparql/endpoint.ts'
export { listGraphsThere, listPushedRuns } from './store/sparql/list-pushed.ts'
export { pushRun } from './store/sparql/push-run.ts'
export type { PushedGraph, PushedRun, PushOptions, PushProgress } from './store/sparql/push-run.ts'
export { recogniseEndpoint } from './store/sparql/recognise-endpoint.ts'
export { resolveEndpoint } from './store/sparql/resolve-endpoint.ts'
