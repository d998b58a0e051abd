import type { Abstention } from '../use-case-answer.ts'

/** Something that matters now; `command` shows all of it. */
export type Matter = { command: readonly string[] } & (
  | { kind: 'failed'; pipeline: string; run: string; failed: number; runs: number }
  | { kind: 'unusual'; pipeline: string; run: string; unusual: number; runs: number }
  | { kind: 'storage'; pipeline: string; files: number; of: number; bytes: number; ofBytes: number }
  | {
      kind: 'cost'
      pipeline: string
      seconds: number
      interval: readonly [low: number, high: number]
      runs: number
    }
  | { kind: 'similar'; pipeline: string; other: string; similarity: number }
  | ({ kind: 'withheld'; pipeline: string; answers: readonly string[] } & Abstention)
)
