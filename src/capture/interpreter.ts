/** How the command line of an interpreter is read. */
export interface Interpreter {
  /** Matches the file name of its executable. */
  executable: RegExp
  /** Options that take their value from the next argument. */
  valued: readonly string[]
  /** Matches options after which there is no script: code on the command line or on standard input. */
  inline: RegExp
  /** The option that names a module to run, in the same argument or the next. */
  moduleOption?: string
}
