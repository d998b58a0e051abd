import type { Questions } from '../analyse/questions.ts'
import type { SurroundingDifference } from '../analyse/rerun/surrounding-differences.ts'
import type { ContentsComparison } from '../contents/compare-contents.ts'

/** What running a run again came to. */
export type Verdict =
  /** It was not tried. */
  | 'can be run again'
  | 'cannot be run again'
  /** Every file that it left is the same bytes, and it ended in the same way. */
  | 'reproduced'
  /** Some are other bytes that mean the same within the tolerance. */
  | 'equivalent'
  | 'diverged'
  /** Some are other bytes, and what they were is not kept. */
  | 'cannot be told'

/** Why a run cannot be run again, and what to do or to record for that. */
export interface Obstacle {
  what: string
  advice: string
}

/** A file that was put into the fresh folder. */
export interface RestoredFile {
  /** As the run called it. */
  path: string
  role: 'source' | 'input' | 'lock file'
  from: 'store' | 'place' | 'repository'
}

/** What is still as it was, and what is not. */
export interface RerunCheck {
  obstacles: readonly Obstacle[]
  restored: readonly RestoredFile[]
  differences: readonly SurroundingDifference[]
  /** Packages of the same version. */
  samePackages: number
  /** Variables that are set as they were. */
  variables: readonly string[]
  seeds: readonly { name: string; value: string }[]
  /** Sentences on what was not looked at. */
  notChecked: readonly string[]
}

/** A file that the run left beside the one that a rerun left. */
export interface FileOutcome {
  /** As the run called it. */
  path: string
  outcome: 'same bytes' | 'equivalent' | 'different' | 'missing' | 'not known'
  comparison?: ContentsComparison
  /** Why it is not known, or what differs where contents could not be compared. */
  because?: string
  /** Files that were made from it and are the same bytes: what differs is gone there. */
  healedAt?: readonly string[]
}

/** One time that it was run again. */
export interface Attempt {
  /** IRI of the run that was recorded. */
  run: string
  folder: string
  status: 'Completed' | 'Failed' | 'Interrupted'
  exitCode: number
  /** The last lines of its standard error, where it did not complete. */
  said?: readonly string[]
  /** Files that it failed to find, which are at the place of the run and not in its record: absolute paths. */
  lacked: readonly string[]
  files: readonly FileOutcome[]
  /** Files that it left and the run did not. */
  alsoMade: readonly string[]
  /** Files that it wrote outside of the fresh folder. */
  outside: readonly string[]
}

/** The earliest call whose outputs differ. */
export interface BeganIn {
  call: string
  /** File and line from which it was called. */
  calledFrom?: string
  /** Parameters, results and files that it made otherwise. */
  outputs: readonly string[]
  /** What it was given or read otherwise; none where the difference began in it. */
  inputs: readonly string[]
}

export interface Rerun {
  run: string
  pipeline: string
  /** How that run ended. */
  status: string
  command: readonly string[]
  verdict: Verdict
  /** How much of the larger one two numbers may differ by. */
  tolerance: number
  check: RerunCheck
  attempts: readonly Attempt[]
  /** Files in which the difference began: nothing that they were made from differs. */
  first: readonly string[]
  /** The call in which the difference began, where it diverged and the calls of both runs are known. */
  began?: BeganIn
  /** Files that are not the same in all attempts, where there were several. */
  varies?: readonly string[]
  /** What may have caused a difference. */
  causes: readonly string[]
}

/** How to run a run again. */
export interface RerunOptions {
  /** How much of the larger one two numbers may differ by. */
  tolerance: number
  /** How often to run it. */
  repeat: number
  /** Nothing is run. */
  checkOnly: boolean
  /** Folder to run it in, which is empty: called only when it is run. */
  folder(): Promise<string>
  /** Asks a store that has what was recorded meanwhile. */
  askAgain<T>(use: (questions: Questions) => Promise<T>): Promise<T>
  /** Called with a sentence on how far it is. */
  progress(text: string): void
}
