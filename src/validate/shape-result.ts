import type { Term } from '@rdfjs/types'

export type Severity = 'Violation' | 'Warning' | 'Info'

/** One validation result, as the SHACL recommendation has it. */
export interface ShapeResult {
  focusNode: Term
  /** The value that offends; absent where something is missing or counted. */
  value: Term | undefined
  /** IRI of the shape. */
  shape: string
  /** Local name of the constraint component: MinCountConstraintComponent. */
  component: string
  severity: Severity
  message: string
}
