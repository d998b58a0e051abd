import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { answered } from '../analyse/use-case-answer.ts'
import type { UseCaseAnswer } from '../analyse/use-case-answer.ts'
import type { Questions } from '../analyse/questions.ts'
import { readMade } from '../analyse/rerun/made-files.ts'
import { readNeeds } from '../analyse/rerun/needs.ts'
import { packagesNotLookedFor, surroundingDifferences } from '../analyse/rerun/surrounding-differences.ts'
import { findDivergence } from '../analyse/divergence/divergence.ts'
import { redactedMark } from '../capture/redact.ts'
import { compareContents } from '../contents/compare-contents.ts'
import { countOf } from '../count-of.ts'
import { compareMade } from './compare-made.ts'
import { differingFacts } from './differing-facts.ts'
import { digestOf } from './find-content.ts'
import { judgeRerun } from './judge-rerun.ts'
import { moved, within } from './layout.ts'
import { movesTo, planRerun } from './plan-rerun.ts'
import type { RerunPlan } from './plan-rerun.ts'
import type { Attempt, BeganIn, FileOutcome, Rerun, RerunCheck, RerunOptions } from './rerun.ts'
import { runAgain } from './run-again.ts'
import type { RanAgain, RerunPlace } from './run-again.ts'
import { readSurroundings } from './surroundings.ts'
import { variablesToSet } from './variables-to-set.ts'

/** What `rerunRun` does, with all that it needs for it. */
export async function carryOutRerun(
  questions: Questions,
  run: string,
  place: RerunPlace,
  options: RerunOptions,
): Promise<UseCaseAnswer<Rerun>> {
  const question = `Does running ${run} again come to the same?`
  const needs = await readNeeds(questions, run)
  if (needs === undefined) {
    const because = 'the record does not say what was run and where'
    return answered(question, questions, {
      abstained: { because, record: 'Record the run with vampira run.' },
      runs: [run],
    })
  }
  const plan = await planRerun(questions, needs, place.workplace.contents)
  const check = await checkPlan(plan)
  const about = {
    run,
    pipeline: needs.pipeline,
    status: needs.status,
    command: needs.command,
    tolerance: options.tolerance,
    check,
  }
  const evidence = { files: plan.made.length, packages: needs.packages.length }
  if (check.obstacles.length > 0 || options.checkOnly) {
    const verdict = check.obstacles.length > 0 ? 'cannot be run again' : 'can be run again'
    const answer: Rerun = { ...about, verdict, attempts: [], first: [], causes: [] }
    return answered(question, questions, { answer, runs: [run], evidence })
  }
  const ran = await runTimes(plan, place, options)
  const attempts = await options.askAgain((again) => lookAt(plan, ran, place, options, again))
  const varies = await varying(plan, ran, options.tolerance)
  const judged = judgeRerun(plan, check, attempts, varies)
  const [{ run: again = run } = {}] = attempts
  const began =
    judged.verdict === 'diverged'
      ? await options.askAgain((questions) => beganIn(questions, [run, again]))
      : undefined
  return answered(question, questions, {
    answer: { ...about, attempts, ...judged, ...(began !== undefined && { began }) },
    runs: [run, ...attempts.map((attempt) => attempt.run)],
    evidence: { ...evidence, attempts: attempts.length },
  })
}

async function beganIn(questions: Questions, runs: readonly [string, string]): Promise<BeganIn | undefined> {
  const { first, follows } = await findDivergence(questions, runs)
  const call = first ?? follows
  if (call === undefined) return undefined
  return {
    call: call.name,
    ...(call.calledFrom !== undefined && { calledFrom: call.calledFrom }),
    outputs: call.outputs.map(({ role }) => role),
    inputs: call.inputs.map(({ role }) => role),
  }
}

async function checkPlan(plan: RerunPlan): Promise<RerunCheck> {
  const { needs, found, obstacles, standardInput } = plan
  const set = variablesToSet(needs.variables)
  const now = await readSurroundings(needs, { ...process.env, ...set }, process.cwd())
  const unknown = packagesNotLookedFor(needs, now)
  const differences = surroundingDifferences(needs, now)
  const differing = differences.filter(({ aspect }) => aspect === 'package').length
  const redacted = needs.command.filter((word) => word.includes(redactedMark))
  return {
    obstacles: [
      ...redacted.map((word) => ({
        what: `the argument ${word} had a secret in it, which is not recorded`,
        advice: 'Hand secrets over in the environment',
      })),
      ...obstacles,
    ],
    restored: [...found].map(([{ path, role }, content]) => ({ path, role, from: content.in })),
    differences,
    samePackages: needs.packages.length - unknown.length - differing,
    variables: Object.keys(set),
    seeds: needs.seeds,
    notChecked: [
      ...(unknown.length > 0
        ? [`${countOf(unknown.length, 'package')}: ${unknown.map(({ name }) => name).join(', ')}`]
        : []),
      ...(standardInput === undefined
        ? []
        : [`Whether ${standardInput.path} was its standard input, as it is given now`]),
    ],
  }
}

async function runTimes(
  plan: RerunPlan,
  place: RerunPlace,
  { repeat, folder, progress }: RerunOptions,
): Promise<RanAgain[]> {
  const root = await folder()
  const ran: RanAgain[] = []
  for (let n = 1; n <= repeat; n++) {
    const one = await runAgain(plan, repeat === 1 ? root : join(root, String(n)), place, progress)
    ran.push(one)
    if (one.ending.signal !== undefined) break
  }
  return ran
}

async function lookAt(
  plan: RerunPlan,
  ran: readonly RanAgain[],
  { workplace }: RerunPlace,
  { tolerance }: RerunOptions,
  questions: Questions,
): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  for (const { written, ending: _, ...one } of ran) {
    const moves = movesTo(one.folder, plan)
    const { contents } = workplace
    const compared = await compareMade(plan, { moves, contents, tolerance, written })
    const known = new Map(plan.made.map((file) => [moved(file.was, moves), file]))
    const directory = moved(plan.needs.directory, moves)
    const made = (await readMade(questions, one.run)).map((file) => ({
      ...file,
      is: resolve(directory, file.path),
    }))
    const facts = new Map(
      made.flatMap(({ is, holds }) => {
        const before = known.get(is)
        const differing = differingFacts(before?.holds, holds, tolerance)
        return before === undefined || differing === undefined ? [] : [[before.path, differing] as const]
      }),
    )
    const files = compared.map((file): FileOutcome => {
      const differing = file.outcome === 'not known' ? facts.get(file.path) : undefined
      return differing === undefined ? file : { ...file, outcome: 'different', because: differing }
    })
    const others = made.flatMap(({ is }) => (known.has(is) ? [] : [is]))
    attempts.push({
      ...one,
      files,
      alsoMade: others.filter((path) => within(one.folder, path)),
      outside: others.filter((path) => !within(one.folder, path)),
    })
  }
  return attempts
}

/** Files that are not the same, or do not mean the same, after every time that it was run again. */
async function varying(plan: RerunPlan, ran: readonly RanAgain[], tolerance: number): Promise<string[]> {
  const [one, ...others] = ran.map(({ folder }) => movesTo(folder, plan))
  if (one === undefined) return []
  const found: string[] = []
  for (const { path, was } of plan.made) {
    const first = moved(was, one)
    const digest = await digestOf(first)
    for (const moves of others) {
      const there = moved(was, moves)
      const other = await digestOf(there)
      if (digest === other) continue
      const folders = [...one, ...moves].map(([, to]) => to)
      const isEquivalent =
        digest !== undefined &&
        other !== undefined &&
        (await compareContents(path, [await readFile(first), await readFile(there)], { tolerance, folders }))
          .equivalent
      if (isEquivalent) continue
      found.push(path)
      break
    }
  }
  return found
}
