import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import { textOf } from '../read-row.ts'
import type { PipelineFacts } from './aspect.ts'
import type { Unusual } from './unusual.ts'

/** Of so many runs the records are opened, which takes longer than to read summaries. */
const mostRecords = 5
const mostDifferences = 3

/** Says of unusual environments in what they differ: `numpy 2.3.5`, usual `numpy 2.4.6`. */
export async function nameEnvironments(
  questions: Questions,
  found: readonly Unusual[],
  { runs }: PipelineFacts,
): Promise<Unusual[]> {
  const named = new Map<Unusual, Unusual>()
  for (const each of found.filter(({ aspect }) => aspect.kind === 'environment').slice(0, mostRecords)) {
    const other = runs.find(({ words }) => [...words.values()].includes(String(each.usual)))
    if (other === undefined) continue
    const [here, there] = [await placeOf(questions, each.run), await placeOf(questions, other.run)]
    const differing = [...new Set([...here.keys(), ...there.keys()])].filter(
      (key) => here.get(key) !== there.get(key),
    )
    if (differing.length === 0) continue
    const write = (place: ReadonlyMap<string, string>) =>
      [
        ...differing.slice(0, mostDifferences).map((key) => `${key} ${place.get(key) ?? '–'}`),
        ...(differing.length > mostDifferences ? [`and ${differing.length - mostDifferences} more`] : []),
      ].join(', ')
    const aspect = { ...each.aspect, measure: 'value' }
    named.set(each, { ...each, aspect, value: write(here), usual: write(there) })
  }
  return found.map((each) => named.get(each) ?? each)
}

/** Facts and packages of the environment of a run, by name. */
async function placeOf(questions: Questions, run: string): Promise<Map<string, string>> {
  const rows = await questions.ask('environment', { run: [run] })
  return new Map(rows.map((row) => [textOf(row, 'name') ?? text(row, 'aspect'), text(row, 'value')] as const))
}

/** What the innermost failing call of each of these runs said; of many runs, of the latest. */
export async function readFailures(
  questions: Questions,
  latestFirst: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asked = latestFirst.slice(0, mostRecords)
  if (asked.length === 0) return new Map()
  const rows = await questions.ask('failed-calls', { run: asked })
  return new Map(
    [...groupBy(rows, (row) => text(row, 'run'))].flatMap(([run, calls]) => {
      // A caller fails of its callee, which started later.
      const inner = calls.findLast((row) => textOf(row, 'message') !== undefined) ?? calls.at(-1)!
      const what = textOf(inner, 'exceptionType') ?? `exit code ${text(inner, 'exitCode')}`
      const said = textOf(inner, 'message')
      return [[run, `${text(inner, 'name')}: ${what}${said === undefined ? '' : `: ${said}`}`] as const]
    }),
  )
}
