import type { AskedQuery, Questions } from './questions.ts'

/** Why an answer was withheld, and what would make one possible. A guess is worse than none. */
export interface Abstention {
  /** `2 runs of survey, and at least 5 are needed` */
  because: string
  /** `Record 3 more runs of survey.` */
  record: string
}

/** What one of the study's use cases comes to, with all that it rests on. */
export interface UseCaseAnswer<T> {
  /** As a sentence that ends with a question mark. */
  question: string
  /** Absent where it was withheld. */
  answer?: T
  /** IRIs of the runs that it rests on. */
  runs: readonly string[]
  /** What was asked for it: `vampira query` gives the same rows again. */
  queries: readonly AskedQuery[]
  /** How much it rests on, by name: `{ runs: 24, calls: 46 }`. */
  evidence: Readonly<Record<string, number>>
  abstained?: Abstention
}

/** An answer, or why there is none. */
export type Outcome<T> =
  | { answer: T; runs: Iterable<string>; evidence?: Readonly<Record<string, number>> }
  | { abstained: Abstention; runs?: Iterable<string>; evidence?: Readonly<Record<string, number>> }

/** An outcome beside the questions that led to it. */
export function answered<T>(question: string, asked: Questions, outcome: Outcome<T>): UseCaseAnswer<T> {
  const runs = [...new Set(outcome.runs)].toSorted()
  return {
    question,
    ...('answer' in outcome && { answer: outcome.answer }),
    runs,
    queries: asked.asked,
    evidence: { runs: runs.length, ...outcome.evidence },
    ...('abstained' in outcome && { abstained: outcome.abstained }),
  }
}
