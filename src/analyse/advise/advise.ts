import { UsageError } from '../../errors.ts'
import { didYouMean } from '../../near-word.ts'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import type { LookAtFile } from '../storage/present-files.ts'
import { answered, type Abstention, type UseCaseAnswer } from '../use-case-answer.ts'
import { attempts } from './attempts.ts'
import type { Matter } from './matter.ts'

/** An answer that was tried. */
export interface TriedAnswer {
  useCase: string
  pipeline: string
  command: readonly string[]
  /** Absent where there was enough evidence for it. */
  abstained?: Abstention
}

export interface Advice {
  /** The pipelines that it is about, that of the latest run first. */
  pipelines: readonly string[]
  /** What matters most first, and at most nine. */
  matters: readonly Matter[]
  tried: readonly TriedAnswer[]
  /** The one thing to record for more answers, where any was withheld. */
  record?: string
}

const mostMatters = 9
/** Without a word for one, so many pipelines are looked at: those that ran last. */
const mostPipelines = 3
/** What matters most first. */
const urgency: readonly Matter['kind'][] = ['failed', 'unusual', 'storage', 'withheld', 'cost', 'similar']

/**
 * What matters now in a store or a pipeline, by trying each answer to a use case that there is, and what could not be
 * answered yet.
 *
 * @throws UsageError for a pipeline that no run is of
 */
export async function advise(
  questions: Questions,
  which: { now: Date; pipeline?: string; lookAt?: LookAtFile },
): Promise<UseCaseAnswer<Advice>> {
  const question = `What matters now${which.pipeline === undefined ? '' : ` in ${which.pipeline}`}?`
  const outlines = await questions.ask('runs')
  const started = outlines.toSorted((a, b) => (text(a, 'started') < text(b, 'started') ? 1 : -1))
  const names = [...new Set(started.map((row) => text(row, 'pipeline')))]
  if (which.pipeline !== undefined && !names.includes(which.pipeline)) {
    throw new UsageError(`There is no run of ${which.pipeline}`, {
      advice: didYouMean(which.pipeline, names, '`vampira list` shows the names.'),
    })
  }
  if (names.length === 0)
    return answered(question, questions, {
      abstained: {
        because: 'the store has no runs',
        record: 'Record one: vampira run -- python pipeline.py',
      },
    })
  const pipelines = which.pipeline === undefined ? names.slice(0, mostPipelines) : [which.pipeline]
  const matters: Matter[] = []
  const tried: TriedAnswer[] = []
  const runs = new Set<string>()
  for (const pipeline of pipelines) {
    const own = started.filter((row) => text(row, 'pipeline') === pipeline)
    for (const row of own) runs.add(text(row, 'run'))
    const [latest = {}] = own
    if (text(latest, 'status') !== 'Completed') {
      const run = text(latest, 'run')
      const failed = own.filter((row) => text(row, 'status') !== 'Completed').length
      matters.push({ kind: 'failed', pipeline, run, failed, runs: own.length, command: ['show', run] })
    }
    const withheld: TriedAnswer[] = []
    for (const attempt of attempts) {
      const { abstained, found, more = [] } = await attempt.answer(questions, pipeline, which)
      const command = [...attempt.command(pipeline), ...more]
      const one = { useCase: attempt.useCase, pipeline, command, ...(abstained && { abstained }) }
      tried.push(one)
      if (abstained !== undefined) withheld.push(one)
      if (found !== undefined) matters.push({ ...found, command })
    }
    const [first] = withheld
    if (first?.abstained !== undefined) {
      const answers = withheld.map(({ command }) =>
        command
          .filter((word) => word !== pipeline)
          .slice(0, 2)
          .join(' '),
      )
      matters.push({ kind: 'withheld', pipeline, answers, ...first.abstained, command: first.command })
    }
  }
  const withheld = tried.flatMap(({ abstained }) => abstained ?? [])
  const record = mostCommon(withheld.map((each) => each.record))
  return answered(question, questions, {
    answer: {
      pipelines,
      matters: matters
        .toSorted((a, b) => urgency.indexOf(a.kind) - urgency.indexOf(b.kind))
        .slice(0, mostMatters),
      tried,
      ...(record !== undefined && { record }),
    },
    runs,
    evidence: { answers: tried.length - withheld.length, withheld: withheld.length },
  })
}

/** The first of those that are said most often. */
function mostCommon(sentences: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const each of sentences) counts.set(each, (counts.get(each) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}
