import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import type { Repeats } from './equal-repeats.ts'
import type { PresentFiles } from './present-files.ts'
import { RemakeSteps, type RemakeStep } from './remake-steps.ts'
import { sourcesOf, type Making, type StorageFacts } from './storage-facts.ts'

/** Why a content has to be kept. */
export type MustKeep =
  | 'no run was seen to make it'
  | 'content not known'
  | 'repeats differed'
  | 'no equal repeats'
  | 'code not kept'
  | 'environment not known'
  | 'made from what is gone'
  | 'made from itself'

/** The making that shows how to make a content again, or why there is none. */
type Choice = { making: Making } | { because: MustKeep; making?: Making }

/** How a content can be made again, or why not. */
export type Remaking = { making: Making; step: RemakeStep } | { because: MustKeep; making?: Making }

/** Answers of each content whether it can be made again. */
export class Remakings {
  readonly #makings: ReadonlyMap<string, readonly Making[]>
  readonly #chosen: ReadonlyMap<string, Choice>
  readonly #present: PresentFiles
  readonly #known = new Map<string, Remaking>()
  readonly steps: RemakeSteps

  private constructor(
    makings: ReadonlyMap<string, readonly Making[]>,
    chosen: ReadonlyMap<string, Choice>,
    present: PresentFiles,
    steps: RemakeSteps,
  ) {
    this.#makings = makings
    this.#chosen = chosen
    this.#present = present
    this.steps = steps
  }

  /** Asks what is needed for these contents, and those that they are made from. */
  static async read(
    questions: Questions,
    facts: StorageFacts,
    present: PresentFiles,
    repeats: ReadonlyMap<string, Repeats>,
    contents: readonly string[],
  ): Promise<Remakings> {
    const makings = makingsByContent(facts)
    const wanted = new Set(contents)
    const chosen = new Map<string, Choice>()
    for (const content of wanted) {
      const choice = choose(content, makings.get(content) ?? [], repeats)
      chosen.set(content, choice)
      if ('because' in choice) continue
      for (const source of choice.making.run.readings) wanted.add(source.content)
    }
    const keptVersions = await versionsWithCode(questions, [...chosen.values()])
    for (const [content, choice] of chosen) {
      if ('because' in choice || keptVersions.has(choice.making.run.version ?? '')) continue
      chosen.set(content, { because: 'code not kept', making: choice.making })
    }
    const used = [...chosen.values()].flatMap((choice) => ('because' in choice ? [] : [choice.making]))
    return new Remakings(makings, chosen, present, await RemakeSteps.read(questions, used))
  }

  /** Every time that a content was made, the latest first. */
  makingsOf(content: string): readonly Making[] {
    return this.#makings.get(content) ?? []
  }

  /** @param above what is being made from it */
  of(content: string, above: readonly string[] = []): Remaking {
    const known = this.#known.get(content)
    if (known !== undefined) return known
    if (above.includes(content)) return { because: 'made from itself' }
    const choice = this.#chosen.get(content) ?? { because: 'no run was seen to make it' as const }
    let remaking: Remaking
    if ('because' in choice) remaking = choice
    else {
      const { making } = choice
      const step = this.steps.stepOf(making)
      const because = this.#missing(making, step, [...above, content])
      remaking = because === undefined ? { making, step } : { because, making }
    }
    this.#known.set(content, remaking)
    return remaking
  }

  /** Why a step is not sure to work, if so. */
  #missing(making: Making, step: RemakeStep, above: readonly string[]): MustKeep | undefined {
    const inputs = new Set(inputsBelow(step))
    for (const input of inputs) {
      const remaking = this.of(input, above)
      if ('because' in remaking && remaking.because === 'made from itself' && above.includes(input))
        return 'made from itself'
    }
    for (const { content } of sourcesOf(making.run)) inputs.add(content)
    const isGone = [...inputs].some((input) => !this.isThere(input) && 'because' in this.of(input, above))
    return isGone ? 'made from what is gone' : undefined
  }

  /** Whether a content is in a file, or in the store. */
  isThere(content: string): boolean {
    return this.#present.places.has(content) || this.#present.kept.has(content)
  }
}

/** Contents of files that a step and its needs read. */
export function inputsBelow({ inputs, needs }: RemakeStep): string[] {
  return [...inputs, ...needs.flatMap(inputsBelow)]
}

function makingsByContent({ runs }: StorageFacts): Map<string, Making[]> {
  return groupBy(
    [...runs.values()].toReversed().flatMap(({ makings }) => makings),
    ({ content }) => content,
  )
}

/** The latest run that can be trusted to make it again. */
function choose(content: string, makings: readonly Making[], repeats: ReadonlyMap<string, Repeats>): Choice {
  const [latest] = makings
  const differed = ({ version }: Making) => (repeats.get(version ?? '')?.different ?? 0) > 0
  if (latest === undefined) return { because: 'no run was seen to make it' }
  if (!content.startsWith('ni:')) return { because: 'content not known', making: latest }
  const reasons = makings.map((making): MustKeep | undefined => {
    if (!making.isSeen || making.run.status !== 'Completed') return 'no run was seen to make it'
    // To make one file again, its whole run is run again: what else that makes may be made into this one.
    if (making.run.makings.some(differed)) return 'repeats differed'
    if ((repeats.get(making.version ?? '')?.equal ?? 0) === 0) return 'no equal repeats'
    if (making.run.version === undefined || making.run.commandLine === undefined) return 'code not kept'
    return making.run.environment === undefined ? 'environment not known' : undefined
  })
  const making = makings[reasons.indexOf(undefined)]
  if (making !== undefined) return { making }
  // What comes nearest to being droppable says most.
  const seen = makings.find((each) => each.isSeen && each.run.status === 'Completed') ?? latest
  return { because: reasons[makings.indexOf(seen)]!, making: seen }
}

/** Versions of pipelines whose source files the store kept whole, that are a commit without changes, or are packages. */
async function versionsWithCode(questions: Questions, choices: readonly Choice[]): Promise<Set<string>> {
  const runs = new Map<string, string>()
  const packaged = new Set<string>()
  for (const choice of choices) {
    if ('because' in choice) continue
    const { run, version = '' } = choice.making
    runs.set(run.version ?? '', run.run)
    if (version.startsWith('pkg:')) packaged.add(run.run)
  }
  const known = new Set<string>()
  if (runs.size === 0) return known
  const rows = await questions.ask('uc1-what-a-rerun-needs', { run: [...runs.values()].toSorted() })
  for (const [version, run] of runs) {
    const own = rows.filter((row) => text(row, 'run') === run)
    const of = (need: string) => own.filter((row) => text(row, 'need') === need)
    const sources = of('source file')
    const areKept =
      (sources.length > 0 || packaged.has(run)) && sources.every((row) => text(row, 'kept') === 'whole')
    const isCommit =
      of('commit').length > 0 && of('uncommitted changes').every((row) => text(row, 'value') === 'false')
    if (areKept || isCommit) known.add(version)
  }
  return known
}
