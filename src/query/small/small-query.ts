/** A query, or something in it, that is left to a whole engine. */
export class NotSmall extends Error {}

/** `?name` of a variable, or a term as canonical N-Quads writes it. */
export type Slot = string

export interface TriplePattern {
  subject: Slot
  /** Of several, any. */
  predicates: readonly Slot[]
  object: Slot
}

export type Expression =
  | { kind: 'term'; slot: Slot }
  | { kind: 'call'; name: string; arguments: readonly Expression[] }
  | { kind: 'aggregate'; name: string; distinct: boolean; of: Expression; separator: string | undefined }
  | { kind: 'exists'; not: boolean; group: Group }

export type Element =
  | { kind: 'triples'; patterns: TriplePattern[] }
  | { kind: 'optional'; group: Group }
  | { kind: 'union'; groups: readonly Group[] }
  | { kind: 'graph'; name: Slot; group: Group }
  | { kind: 'values'; variables: readonly Slot[]; rows: readonly (readonly (Slot | undefined)[])[] }
  | { kind: 'bind'; expression: Expression; variable: Slot }
  | { kind: 'filter'; expression: Expression }
  | { kind: 'select'; query: SelectQuery }

export type Group = readonly Element[]

export interface SelectQuery {
  columns: readonly { variable: Slot; expression: Expression | undefined }[]
  distinct: boolean
  where: Group
  groupBy: readonly Slot[] | undefined
  orderBy: readonly { expression: Expression; descending: boolean }[]
  limit: number | undefined
}
