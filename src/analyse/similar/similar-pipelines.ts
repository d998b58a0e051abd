import { UsageError } from '../../errors.ts'
import { didYouMean } from '../../near-word.ts'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import { answered, type UseCaseAnswer } from '../use-case-answer.ts'
import { traitsOf, type PipelineTraits, type TraitsOfComponent } from './pipeline-traits.ts'
import { jaccardOfNames, rarity, similarity } from './similarity.ts'

/** A pipeline beside the one asked about. */
export interface SimilarPipeline {
  pipeline: string
  /** 0 to 1. */
  similarity: number
  /** The share of component names that both have, as a baseline. */
  sharedNames: number
  runs: number
  /** Components of both: the same code, or the same name. */
  shared: readonly SharedComponent[]
  /** Shared components that follow one another in both. */
  sameOrder: readonly (readonly [before: string, after: string])[]
  /** What the one asked about has and this has not, and the other way. */
  lacks: readonly string[]
  adds: readonly string[]
}

export interface SharedComponent {
  /** Its name in the pipeline asked about. */
  name: string
  /** Its name in the other, where that is another one. */
  otherName?: string
  /** Whether the code is the same. */
  sameCode: boolean
}

/** Pipelines, the most similar first. */
export interface SimilarPipelines {
  pipeline: string
  /** The run, where one is asked about and not all of its pipeline's. */
  run?: string
  others: readonly SimilarPipeline[]
}

/**
 * Pipelines like this one (use case 5): by the code, order, parameters and kinds of data of their components, weighted
 * by how rare they are among the pipelines of the store.
 *
 * @param subject name of a pipeline, and where only one run of it is meant, that run's IRI
 * @throws UsageError for a pipeline that no run is of
 */
export async function similarPipelines(
  questions: Questions,
  subject: { pipeline: string; run?: string },
): Promise<UseCaseAnswer<SimilarPipelines>> {
  const { pipeline, run } = subject
  const question = `Which pipelines are like ${pipeline}${run === undefined ? '' : ' as it ran in this run'}?`
  const all = traitsOf(await questions.ask('pipeline-traits'))
  const outlines = await questions.ask('runs')
  const runsOf = new Map<string, string[]>()
  for (const row of outlines) {
    const name = text(row, 'pipeline')
    runsOf.set(name, [...(runsOf.get(name) ?? []), text(row, 'run')])
  }
  const one =
    run === undefined
      ? all.find((each) => each.pipeline === pipeline)
      : traitsOf(await questions.ask('pipeline-traits', { run: [run] }))[0]
  if (one === undefined && !runsOf.has(pipeline)) {
    throw new UsageError(`No run is of a pipeline named ${pipeline}`, {
      advice: didYouMean(pipeline, runsOf.keys(), '`vampira list` shows the names.'),
    })
  }
  const others = all.filter((each) => each.pipeline !== pipeline)
  if (one === undefined || others.length === 0) {
    return answered(question, questions, {
      abstained:
        one === undefined
          ? {
              because: `no run of ${pipeline} has recorded components`,
              record: `Record a run of ${pipeline} that comes to its end.`,
            }
          : {
              because: `all runs are of ${pipeline}`,
              record: 'Record runs of other pipelines, or name another store too with --source.',
            },
      runs: runsOf.get(pipeline) ?? [],
    })
  }
  const rarityOf = rarity(all)
  const compared = others
    .map((other) => compare(one, other, rarityOf, runsOf.get(other.pipeline)?.length ?? 0))
    .toSorted((a, b) => b.similarity - a.similarity || (a.pipeline < b.pipeline ? -1 : 1))
  return answered(question, questions, {
    answer: { pipeline, ...(run !== undefined && { run }), others: compared },
    runs: outlines.map((row) => text(row, 'run')),
    evidence: { pipelines: all.length },
  })
}

function compare(
  one: PipelineTraits,
  other: PipelineTraits,
  rarityOf: (mark: string) => number,
  runs: number,
): SimilarPipeline {
  const shared: SharedComponent[] = []
  const left = new Set(other.components)
  /** Names here by names there. */
  const names = new Map<string, string>()
  const share = (same: (a: TraitsOfComponent, b: TraitsOfComponent) => boolean, sameCode: boolean) => {
    for (const each of one.components) {
      if (shared.some(({ name }) => name === each.name)) continue
      const match = [...left].find((candidate) => same(each, candidate))
      if (match === undefined) continue
      left.delete(match)
      names.set(match.name, each.name)
      shared.push({
        name: each.name,
        ...(match.name !== each.name && { otherName: match.name }),
        sameCode,
      })
    }
  }
  share((a, b) => a.name === b.name && a.code.some((version) => b.code.includes(version)), true)
  share((a, b) => a.code.some((version) => b.code.includes(version)), true)
  share((a, b) => a.name === b.name, false)
  const orderThere = new Set(
    other.order.map(([before, after]) => `${names.get(before)}\n${names.get(after)}`),
  )
  const sameOrder = one.order.filter((pair) => orderThere.has(pair.join('\n')))
  return {
    pipeline: other.pipeline,
    similarity: similarity(one, other, rarityOf),
    sharedNames: jaccardOfNames(one, other),
    runs,
    shared,
    sameOrder: [...new Map(sameOrder.map((pair) => [pair.join('\n'), pair])).values()],
    lacks: one.components.flatMap(({ name }) => (shared.some((each) => each.name === name) ? [] : [name])),
    adds: [...left].map(({ name }) => name),
  }
}
