import type { QueryEngine } from '../../src/query/engine.ts'
import { Dataset } from '../../src/query/dataset.ts'
import { writeSmallRun, type SmallRun } from './small-run.ts'

/** The real engine over these runs. */
export async function engineOver(
  runs: readonly SmallRun[],
): Promise<{ engine: QueryEngine; dataset: Dataset }> {
  const dataset = await Dataset.create()
  for (const run of runs) dataset.load([writeSmallRun(run)], 'application/trig')
  const engine: QueryEngine = {
    sources: ['small runs'],
    query: async (sparql) => dataset.query(sparql),
    close: async () => {},
  }
  return { engine, dataset }
}
