import type { Quad, Term } from '@rdfjs/types'

/** One solution: variable name without `?` → term; an unbound variable is absent. */
export type Row = Readonly<Record<string, Term>>

export type Answer =
  | { type: 'bindings'; variables: readonly string[]; rows: readonly Row[] }
  | { type: 'boolean'; value: boolean }
  | { type: 'quads'; quads: readonly Quad[] }
