import type { Store } from 'n3'

/** Shapes that were checked to be shapes, with the texts they came from. */
export interface ShapesGraph {
  readonly dataset: Store
  readonly sources: readonly ShapesSource[]
}

export interface ShapesSource {
  /** What people call it: a path. */
  file: string
  text: string
}
