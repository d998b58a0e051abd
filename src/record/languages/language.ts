/** How a language names the types of values that a journal writes without their type. */
export interface TypeNames {
  nothing: string
  boolean: string
  integer: string
  double: string
  text: string
  bytes: string
}

/** What the recorder must know of a language to read a journal of it: one file a language, beside this one. */
export interface Language {
  /** What people call its interpreter, by the name that the agent gave. */
  displayName(interpreter: string): string
  typeNames: TypeNames
  /** The text that makes a version of a component: its lines, from 1, both included. */
  sliceSource(source: string, line: number, endLine: number): string
  /** The text that makes a version of a module, without the bodies of its components. */
  moduleSource(source: string): string
  /** Whether a method of this qualified name makes the object that it gets as its first argument. */
  isConstructor(qualname: string): boolean
}
