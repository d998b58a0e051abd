import { UsageError } from '../errors.ts'
import type { Questions } from '../analyse/questions.ts'
import { readNeeds } from '../analyse/rerun/needs.ts'
import type { UseCaseAnswer } from '../analyse/use-case-answer.ts'
import type { EnvironmentFormat } from './export-environment.ts'
import type { Rerun, RerunOptions } from './rerun.ts'
import type { RerunPlace } from './run-again.ts'

/**
 * Runs a run again in a fresh folder, with its code and its inputs as they were, and says whether it comes to the same.
 * @throws StoreError or LaunchError where it could not be run or recorded at all
 */
export async function rerunRun(
  questions: Questions,
  run: string,
  place: RerunPlace,
  options: RerunOptions,
): Promise<UseCaseAnswer<Rerun>> {
  // What looks at the machine is loaded where it is looked at.
  const { carryOutRerun } = await import('./carry-out.ts')
  return carryOutRerun(questions, run, place, options)
}

/**
 * The text that would remake the environment of a run.
 * @throws UsageError where the record does not say what was run
 */
export async function environmentOf(
  questions: Questions,
  run: string,
  format: EnvironmentFormat,
): Promise<string> {
  const { exportEnvironment } = await import('./export-environment.ts')
  const { layoutOf } = await import('./layout.ts')
  const needs = await readNeeds(questions, run)
  if (needs === undefined) throw new UsageError(`The record of ${run} does not say what was run and where`)
  return exportEnvironment(needs, layoutOf(needs, [], needs.command).files, format)
}
