import { UsageError } from '../src/index.ts'
import { didYouMean } from '../src/near-word.ts'
import type { ListedRun, Sources } from '../src/index.ts'

/** What a word means that may be a pipeline or a run. */
export interface Meant {
  pipeline: string
  /** IRI of the run, where one is meant and not a whole pipeline. */
  run?: string
}

/**
 * A pipeline by its name, or a run as `vampira show` takes it (`last`, `survey~1`, the beginning of an id).
 * @throws UsageError for a word that is neither
 */
export async function meantBy(sources: Sources, word: string): Promise<Meant> {
  const runs = await sources.runs()
  if (runs.some(({ name }) => name === word)) return { pipeline: word }
  const run = await sources.resolveRun(word).catch((error: unknown) => {
    if (!(error instanceof UsageError) || /^last|~|^[0-9a-f-]{4,}$|^urn:/i.test(word)) throw error
    throw new UsageError(`There is no pipeline and no run ‹${word}›`, {
      advice:
        runs.length === 0
          ? 'There are no runs here: record some with `vampira run`, or name other sources with --source.'
          : didYouMean(word, namesOf(runs), `Pipelines here: ${namesOf(runs).slice(-5).join(', ')}.`),
    })
  })
  return { pipeline: runs.find(({ id }) => id === run)?.name ?? word, run }
}

function namesOf(runs: readonly ListedRun[]): string[] {
  return [...new Set(runs.map(({ name }) => name))]
}
