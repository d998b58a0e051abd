/** The part of shacl-engine 1.1 that validation uses; the package ships no types. */
declare module 'shacl-engine' {
  import type { DataFactory, DatasetCore, NamedNode, Term } from '@rdfjs/types'

  /** A grapoi pointer: terms in a dataset, and the ways from them. */
  export interface Pointer extends Iterable<Pointer> {
    readonly term: Term | undefined
    readonly terms: Term[]
    readonly value: string | undefined
    out(predicates: readonly Term[]): Pointer
    node(terms: readonly Term[]): Pointer
  }

  export interface Shape {
    readonly ptr: Pointer
    readonly sparql: Pointer
    readonly isPropertyShape: boolean
  }

  export interface Context {
    readonly focusNode: Pointer
    create(changes: { value?: Pointer | null }): Context
    violation(
      component: Term,
      details: { args?: object; message?: readonly Term[]; source?: readonly Term[]; value?: Pointer },
    ): void
  }

  export interface Result {
    readonly constraintComponent: NamedNode
    readonly focusNode: Pointer
    readonly value: Pointer | undefined
    readonly severity: NamedNode
    readonly shape: Shape
    readonly message: readonly Term[]
    /** What a constraint of ours gave to `violation`. */
    readonly args: { said?: string | undefined }
  }

  /** What a constraint does: once a focus node with all its values, and once a value. */
  export interface CompiledValidation {
    property?(context: Context): void | Promise<void>
    generic?(context: Context): void | Promise<void>
  }

  export type Validation = (shape: Shape) => CompiledValidation

  export class Validator {
    readonly shapesPtr: Pointer & { constructor: { prototype: object } }
    constructor(
      shapes: DatasetCore,
      options: { factory: DataFactory; validations?: ReadonlyMap<Term, Validation> },
    )
    validate(
      data: { dataset: DatasetCore },
      shapes?: readonly Pointer[],
    ): Promise<{ results: readonly Result[] }>
  }
}

declare module 'shacl-engine/lib/validations/shape.js' {
  import type { CompiledValidation, Shape } from 'shacl-engine'

  export function compileQualifiedShape(
    shape: Shape,
  ): CompiledValidation & Required<Pick<CompiledValidation, 'property'>>
}
