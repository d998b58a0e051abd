import type { Row } from '../../sparql/answer.ts'
import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import { textOf } from '../read-row.ts'
import type { Questions } from '../questions.ts'
import { sourceRows } from '../source-rows.ts'
import { isJobNumber } from './run-differences.ts'

/** Runs that did with the same what each of two runs did, so that what varies between them varies without cause. */
export interface Repeats {
  of: readonly [readonly string[], readonly string[]]
  /** Rows of the query `run-facts`, of the two runs and of their repeats. */
  facts: readonly Row[]
}

/**
 * Among some runs those with the version, command line, inputs and environment of one of two.
 * @param measurements rows of the query `uc9-repeated-measurements` of the two
 * @param candidates runs of the same pipelines with the same command lines; the two themselves are left out
 */
export async function findRepeats(
  questions: Questions,
  [first, second]: readonly [string, string],
  measurements: readonly Row[],
  candidates: readonly string[],
): Promise<Repeats> {
  const others = [...new Set(candidates)].filter((run) => run !== first && run !== second)
  const run = [...new Set([first, second]), ...others]
  const facts = await questions.ask('run-facts', { run })
  const places = new Map(measurements.map((row) => [text(row, 'run'), text(row, 'environment')]))
  // One component of each run says where the run was.
  const outermost = measurements.filter((row) => textOf(row, 'caller') === undefined)
  for (const component of others.length === 0 ? [] : new Set(outermost.map((row) => text(row, 'component'))))
    for (const row of await questions.ask('uc9-repeated-measurements', { run: others, component }))
      places.set(text(row, 'run'), text(row, 'environment'))
  const runOf = (row: Row) => text(row, 'run')
  const given = groupBy(facts, runOf)
  const read = groupBy(sourceRows(await questions.ask('file-flow', { run })), runOf)
  const marks = new Map(
    run.map((id) => [id, markOf(given.get(id) ?? [], read.get(id) ?? [], places.get(id) ?? '')]),
  )
  const like = (id: string) => others.filter((each) => marks.get(each) === marks.get(id))
  return {
    of: [like(first), like(second)],
    facts,
  }
}

const marking = new Set(['run commandLine', 'pipeline name', 'pipeline version'])

/** All that a run started from. */
function markOf(facts: readonly Row[], read: readonly Row[], place: string): string {
  const given = facts.flatMap((row) => {
    const [group, fact] = [text(row, 'group'), text(row, 'fact')]
    const isGiven =
      marking.has(`${group} ${fact}`) || (group === 'variable' && !isJobNumber(fact)) || group === 'seed'
    return isGiven ? [`${group} ${fact} ${text(row, 'value')}`] : []
  })
  return JSON.stringify([
    place,
    given.toSorted(),
    [...new Set(read.map((row) => text(row, 'content')))].toSorted(),
  ])
}
