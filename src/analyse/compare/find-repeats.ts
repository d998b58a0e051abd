import type { Row } from '../../sparql/answer.ts'
import { text } from '../ask.ts'
import { textOf } from '../read-row.ts'
import type { Questions } from '../questions.ts'

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
  const flow = await questions.ask('file-flow', { run })
  const marks = new Map(run.map((id) => [id, markOf(id, facts, flow, places.get(id) ?? '')]))
  const like = (id: string) => others.filter((each) => marks.get(each) === marks.get(id))
  return {
    of: [like(first), like(second)],
    facts,
  }
}

const marking = new Set(['run commandLine', 'pipeline name', 'pipeline version'])

/** All that a run started from. */
function markOf(run: string, facts: readonly Row[], flow: readonly Row[], place: string): string {
  const isOwn = (row: Row) => text(row, 'run') === run
  const [from, own] = [facts.filter(isOwn), flow.filter(isOwn)]
  const given = from.flatMap((row) => {
    const [group, fact] = [text(row, 'group'), text(row, 'fact')]
    const isGiven =
      marking.has(`${group} ${fact}`) || (group === 'variable' && !/_JOB_?ID$/.test(fact)) || group === 'seed'
    return isGiven ? [`${group} ${fact} ${text(row, 'value')}`] : []
  })
  const fileOf = (row: Row) => `${text(row, 'url')} ${text(row, 'content')}`
  const made = new Set(own.filter((row) => text(row, 'role') === 'generated').map(fileOf))
  const read = own.filter((row) => text(row, 'role') === 'used' && !made.has(fileOf(row)))
  return JSON.stringify([
    place,
    given.toSorted(),
    [...new Set(read.map((row) => text(row, 'content')))].toSorted(),
  ])
}
