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
