import { firstOf } from '../analyse/rerun/file-steps.ts'
import type { RerunPlan } from './plan-rerun.ts'
import type { SurroundingDifference } from '../analyse/rerun/surrounding-differences.ts'
import type { Attempt, FileOutcome, Obstacle, Rerun, RerunCheck, Verdict } from './rerun.ts'

/** Differences of the surroundings that are named among the causes: packages come first. */
const shownDifferences = 4

/** What several attempts come to, and where and why they differ from the run. */
export function judgeRerun(
  plan: RerunPlan,
  check: RerunCheck,
  attempts: readonly Attempt[],
  varies: readonly string[],
): Pick<Rerun, 'verdict' | 'first' | 'causes' | 'varies'> & Partial<Pick<Rerun, 'check'>> {
  const { needs } = plan
  const lacking = check.differences.filter(({ aspect, is }) => aspect === 'package' && is === undefined)
  const isWorse = attempts.some(({ status }) => needs.status === 'Completed' && status === 'Failed')
  const seen = varies.length > 0 ? 'diverged' : worstOf(attempts.map((attempt) => verdictOf(plan, attempt)))
  const lacked = [...new Set(attempts.flatMap((attempt) => attempt.lacked))]
  const verdict = isWorse && lacking.length + lacked.length > 0 ? 'cannot be run again' : seen
  const differing = [
    ...new Set(attempts.flatMap(({ files }) => files.filter(isOther).map(({ path }) => path))),
  ]
  return {
    verdict,
    first: isWorse ? [] : firstDiffering(plan, differing),
    causes:
      verdict === 'reproduced' || (verdict === 'equivalent' && differing.length === 0)
        ? []
        : causesOf(plan, check, attempts, varies),
    ...(attempts.length > 1 && { varies }),
    ...(verdict === 'cannot be run again' && {
      check: {
        ...check,
        obstacles: [
          ...check.obstacles,
          ...(lacked.length > 0 ? [notRecorded(lacked)] : []),
          ...(lacking.length > 0 ? [notInstalled(lacking)] : []),
        ],
      },
    }),
  }
}

function notRecorded(paths: readonly string[]): Obstacle {
  return {
    what: `it failed for want of ${paths.join(', ')}, of which the record does not know that it was read`,
    advice: 'Of a program that no agent sees into, name what it reads as arguments, and record it again',
  }
}

function notInstalled(lacking: readonly SurroundingDifference[]): Obstacle {
  const named = lacking.map(({ name, was }) => `${name} ${was}`).join(', ')
  return {
    what: `it failed, and ${lacking.length === 1 ? 'a package that it loaded is' : 'packages that it loaded are'} not installed: ${named}`,
    advice: 'Make its environment again (--export requirements writes what it needs) and run it there',
  }
}

function verdictOf({ needs }: RerunPlan, { status, files }: Attempt): Verdict {
  if (status !== needs.status) return 'diverged'
  const outcomes = new Set(files.map(({ outcome }) => outcome))
  if (outcomes.has('different') || outcomes.has('missing')) return 'diverged'
  if (outcomes.has('not known') || files.length === 0) return 'cannot be told'
  return outcomes.has('equivalent') ? 'equivalent' : 'reproduced'
}

function worstOf(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ['diverged', 'cannot be told', 'equivalent', 'reproduced']
  return order.find((each) => verdicts.includes(each)) ?? 'reproduced'
}

/** Not where time stamps and paths alone differ. */
function isOther({ outcome, comparison }: FileOutcome): boolean {
  return outcome !== 'same bytes' && (outcome !== 'equivalent' || (comparison?.differing ?? 0) > 0)
}

function firstDiffering({ made, steps }: RerunPlan, differing: readonly string[]): string[] {
  const places = new Map(made.map(({ path, was }) => [was, path]))
  const set = new Set(differing)
  const absolute = made.filter(({ path }) => set.has(path)).map(({ was }) => was)
  return firstOf(absolute, steps).map((was) => places.get(was) ?? was)
}

function causesOf(
  { needs }: RerunPlan,
  { differences }: RerunCheck,
  attempts: readonly Attempt[],
  varies: readonly string[],
): string[] {
  const listed = differences.slice(0, shownDifferences)
  const failed = attempts.filter(({ status }) => status !== needs.status)
  const isEmpty = attempts.every(({ files }) => files.length === 0)
  const causes = [
    ...(isEmpty ? ['it left no file that its record knows of, and what it prints is not recorded'] : []),
    ...failed.slice(0, 1).map(({ status, exitCode, said }) => {
      const last =
        said?.findLast((line) => /error|exception|no such|cannot|not found/i.test(line)) ?? said?.at(-1)
      return `it ${needs.status.toLowerCase()} then and ${status.toLowerCase()} now (${exitCode})${last === undefined ? '' : `: ${last.trim()}`}`
    }),
    ...(varies.length > 0
      ? [`it varies by itself: ${varies.join(', ')} differ between ${attempts.length} reruns`]
      : []),
    ...listed.map(({ name, was, is }) => `${name} ${is ?? 'not there'}, then ${was ?? 'not set'}`),
    ...(differences.length > listed.length
      ? [`${differences.length - listed.length} more of what is not as it was`]
      : []),
  ]
  if (causes.length > 0) return causes
  return attempts.length > 1
    ? [`nothing that is known of differs, and ${attempts.length} reruns agree with one another`]
    : ['nothing that is known of differs; --repeat 3 tells whether it varies by itself']
}
