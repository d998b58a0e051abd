import { existsSync } from 'node:fs'
import { groupBy } from '../../group-by.ts'
import { ask, text } from '../ask.ts'
import { textOf } from '../read-row.ts'
import type { CrossRuns, Crossing } from './cross-runs.ts'
import type { FileNode } from './file-nodes.ts'
import { isNamed, findSuspectRuns, type SuspectRun, type SuspectRuns } from './suspect-runs.ts'
import { readSuspect, type Suspect } from './suspect.ts'
import type { Asking, TraceNode, TraceStart } from './trace.ts'
import type { WalkedRun } from './walk-run.ts'

/** Where a walk from a suspect begins. */
export interface SuspectBeginning {
  start: TraceStart
  crossings: readonly Crossing[]
  /** Runs of which all that they made is suspect. */
  whole: ReadonlyMap<string, WalkedRun>
}

/** So many records are asked at once. */
const recordsAtOnce = 20

/**
 * Begins at what is no file: a component or some of its versions, a value of a parameter, a package, a person, a machine.
 * @returns undefined for a file, an IRI of a record, and a word that nothing is named by
 */
export async function beginAtSuspect(
  asking: Asking,
  between: CrossRuns,
  asked: string | Suspect,
): Promise<SuspectBeginning | undefined> {
  if (
    typeof asked === 'string' &&
    (/^(urn:uuid|ni|https?|file):|^[^(<>=:]*[\\/]/i.test(asked) || existsSync(asked))
  )
    return undefined
  const found = await findSuspectRuns(asking, asked)
  if (found === undefined) return undefined
  const runs = await between.standing(found.runs)
  const shown = typeof asked === 'string' ? asked : textOfSuspect(asked)
  const start = (iris: readonly string[]): TraceStart => ({
    asked: shown,
    iris,
    known: found.runs.length > 0,
    otherVersions: [],
    suspect: { runs: found.runs.length, others: found.others },
  })
  if (found.calls === undefined) {
    const whole = await wholeRuns(asking, runs)
    return { start: start([...whole.keys()]), crossings: [], whole }
  }
  const parameter =
    typeof asked === 'string'
      ? readSuspect(asked).parameter
      : 'parameter' in asked
        ? asked.parameter
        : undefined
  const crossings = await callsIn(asking, runs, found.calls, parameter)
  return {
    start: start(crossings.map(({ entry }) => ('node' in entry.to ? entry.to.node : ''))),
    crossings,
    whole: new Map(),
  }
}

function textOfSuspect(suspect: Suspect): string {
  if ('person' in suspect) return suspect.person
  if ('machine' in suspect) return suspect.machine
  const { component, parameter, value } = suspect
  return component === undefined ? `${parameter}=${value}` : `${component}(${parameter}=${value})`
}

/** The suspect calls of each run; those of which it is not known whether they are, as possible. */
async function callsIn(
  { engine, signal }: Asking,
  runs: readonly SuspectRun[],
  { components, isMeant }: NonNullable<SuspectRuns['calls']>,
  parameter: string | undefined,
): Promise<Crossing[]> {
  const started = new Map(runs.map((each) => [each.run, each.started]))
  const ids = [...started.keys()]
  const crossings: Crossing[] = []
  for (let at = 0; at < ids.length; at += recordsAtOnce) {
    const run = ids.slice(at, at + recordsAtOnce)
    const rows = await ask(engine, 'calls-of', { run, component: components }, signal)
    for (const [call, own] of groupBy(rows, (row) => text(row, 'call'))) {
      const values = own
        .filter((row) => parameter !== undefined && isNamed(text(row, 'parameter'), '', parameter))
        .map((row) => text(row, 'value'))
      const meant = isMeant({ version: text(own[0]!, 'version'), values })
      if (meant === false) continue
      const id = text(own[0]!, 'run')
      crossings.push({
        run: id,
        started: started.get(id) ?? '',
        entry: {
          to: { node: call },
          relation: 'version',
          strength: meant === true ? 'seen' : 'possible',
          depth: 0,
        },
      })
    }
  }
  return crossings
}

/** Runs with all that they made, from their summaries: their records would say no more. */
async function wholeRuns(
  { engine, signal }: Asking,
  runs: readonly SuspectRun[],
): Promise<Map<string, WalkedRun>> {
  const ids = runs.map(({ run }) => run)
  const rows = ids.length === 0 ? [] : await ask(engine, 'file-steps', { run: ids }, signal)
  const made = groupBy(
    rows.filter((row) => text(row, 'role') !== 'used' && text(row, 'scratch') !== 'true'),
    (row) => text(row, 'run'),
  )
  return new Map(
    ids.map((run) => {
      const own = made.get(run) ?? []
      const node = (iri: string, more: Partial<TraceNode>): TraceNode => ({
        iri,
        kind: 'Content',
        label: iri,
        strength: 'seen',
        depth: 1,
        ...more,
      })
      const files = own.map((row): { file: FileNode; strength: 'seen'; depth: number } => ({
        file: {
          iri: text(row, 'content'),
          run,
          content: text(row, 'content'),
          maker: run,
          url: textOf(row, 'url'),
          isGone: false,
        },
        strength: 'seen',
        depth: 1,
      }))
      const contents = new Map(own.map((row) => [text(row, 'content'), pathOf(text(row, 'url'))]))
      return [
        run,
        {
          nodes: [
            node(run, { kind: 'PipelineRun', label: run, run, depth: 0 }),
            ...[...contents].map(([iri, label]) => node(iri, { label, content: iri })),
          ],
          edges: [...contents.keys()].map((to) => ({
            from: run,
            to,
            relation: 'generated',
            strength: 'seen',
          })),
          files,
          deadEnds: [],
          truncated: { nodes: false, hops: false },
        } satisfies WalkedRun,
      ]
    }),
  )
}

function pathOf(url: string): string {
  return decodeURIComponent(url.replace(/^file:\/\/[^/]*/, ''))
}
