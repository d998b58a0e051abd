import { fileURLToPath } from 'node:url'
import { compileIgnorePatterns } from '../../ignore-patterns.ts'
import { ask, text } from '../ask.ts'
import type { Asking, TraceStart } from './trace.ts'

/** Whether the latest run was told to ignore files of this path, and by which pattern. */
export async function ignoredByLatestRun(
  { engine, signal }: Asking,
  url: string,
): Promise<TraceStart['ignored']> {
  if (!url.startsWith('file:')) return undefined
  const [latest] = await ask(engine, 'runs', { limit: 1 }, signal)
  if (latest === undefined) return undefined
  const run = text(latest, 'run')
  const facts = await ask(engine, 'run-facts', { run: [run] }, signal)
  const values = (fact: string) =>
    facts.filter((row) => text(row, 'fact') === fact).map((row) => text(row, 'value'))
  const [directory = '/'] = values('workingDirectory')
  for (const pattern of values('ignored')) {
    const compiled = await compileIgnorePatterns([pattern], directory)
    if (compiled !== undefined && new RegExp(compiled).test(fileURLToPath(url))) return { run, pattern }
  }
  return undefined
}
