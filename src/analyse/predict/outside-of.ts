import type { Abstention } from '../use-case-answer.ts'
import type { Outside } from './explaining.ts'

/** Why nothing is said of what is unlike all that was seen. */
export function outsideOf(pipeline: string, outside: readonly Outside[]): Abstention {
  return {
    because: `outside of what was seen: ${outside.map(({ what, wanted, seen }) => `${what} is ${wanted}, and ${seen} was seen`).join('; ')}`,
    record: `Record a run of ${pipeline} like this one.`,
  }
}
