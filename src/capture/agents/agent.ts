import type { Interpreter } from '../interpreter.ts'

/** A package that is known by a package URL of its type. */
export interface OwningPackage {
  /** Type of the package URL: pypi, npm … */
  type: string
  /** As package URLs of this type spell it. */
  name: string
  version: string
}

/** Finds which installed package a library came from. */
export interface LibraryOwners {
  /**
   * @param library name of the library, as the program loads it
   * @param file absolute path of the file that was loaded
   * @returns undefined where no installed package has it
   */
  find(library: string, file: string): OwningPackage | undefined
}

/** What the recorder must know of the agent for one language: one file a language, and one entry in agents.ts. */
export interface Agent {
  interpreter: Interpreter
  /** How scripts are named (.py), and a command that runs them: advice for people. */
  scripts: { extension: string; command: string }
  /** Environment variables that can change what a program in this language computes. */
  variables: readonly string[]
  /**
   * The variables that make every interpreter of this language start the agent, in a program and in what it starts.
   * @param environment the program's environment without them
   */
  start(environment: NodeJS.ProcessEnv): Record<string, string>
  /**
   * Why a command that this language's interpreter ran has no agent in the journal: a sentence for people.
   * @param args arguments of the interpreter
   */
  whyAbsent(args: readonly string[]): string
  /** Loads what finds packages. It is not needed before the program has started. */
  loadOwners(): Promise<LibraryOwners>
}
