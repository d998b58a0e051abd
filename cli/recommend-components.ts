import { readFile } from 'node:fs/promises'
import { alternativeComponents, recommendComponents, UsageError } from '../src/index.ts'
import type {
  AlternativeComponents,
  HeldOut,
  RecommendedComponent,
  RecommendedComponents,
} from '../src/index.ts'
import { describeAlternatives } from './alternative-components.ts'
import { countOf } from '../src/count-of.ts'
import { shortRun } from '../src/report/short-run.ts'
import { wholeNumber } from './parameters.ts'
import { printable } from './terminal/columns.ts'
import { useCaseCommand } from './use-case.ts'

const shownComponents = 5
const shownPipelines = 3

interface RecommendComponentsOptions {
  after?: string[]
  script?: string
  insteadOf?: string
  limit?: number
}

export const command = useCaseCommand<
  RecommendComponentsOptions,
  RecommendedComponents | AlternativeComponents
>({
  description:
    'Recommends components that come next, by what came after these in the runs that completed: in the order of calls and ' +
    'along the data. Two ways of telling, sequential association rules and a Markov model, are tried on runs held out; the ' +
    'one that was right more often answers. With --instead-of: components that were used in the place of one, between the ' +
    'same neighbours and with the same kinds of data, and how they did.',
  examples: [
    ['vampira recommend components --after pipeline.read_measurements', 'what comes after this one'],
    [
      'vampira recommend components --after pipeline.read_measurements pipeline.remove_glitches',
      'and after these, in this order',
    ],
    ['vampira recommend components --script pipeline.py', 'what comes after all that a script calls so far'],
    [
      'vampira recommend components --instead-of cooling.fit_curve',
      'what else was used in its place, and how it did',
    ],
  ],
  configure(command) {
    command
      .option('--after <components...>', 'what the pipeline uses so far, in this order')
      .option(
        '--script <file>',
        'a Python script that calls what the pipeline uses so far; read, not run: what it calls by other names of its own is not seen',
      )
      .option('--instead-of <component>', 'what was used in the place of this component')
      .option('--limit <number>', `so many components (default: ${shownComponents})`, wholeNumber)
  },
  async answer(_, questions, __, { after, script, insteadOf }) {
    if ([after, script, insteadOf].filter((each) => each !== undefined).length !== 1)
      throw new UsageError('Say what to recommend components for', {
        advice: 'Give one of --after, --script and --instead-of.',
      })
    if (insteadOf !== undefined) return alternativeComponents(questions, insteadOf)
    if (script === undefined) return recommendComponents(questions, { after: after ?? [] })
    const text = await readFile(script, 'utf8').catch((cause: unknown) => {
      throw new UsageError(`Cannot read the script ${script}`, { advice: 'Give the path of a file.', cause })
    })
    return recommendComponents(questions, { script, text })
  },
  describe: (terminal, answer, { evidence }, { limit = shownComponents }) =>
    'alternatives' in answer
      ? describeAlternatives(terminal, answer, limit)
      : [
          `After ${printable(answer.after.join(', '))}:`,
          ...answer.recommended
            .slice(0, limit)
            .flatMap((each) => describe(terminal.style('bold', printable(each.name)), each)),
          ...(answer.recommended.length > limit
            ? [
                terminal.style(
                  'dim',
                  `… ${answer.recommended.length - limit} more; --limit shows them, --json has all`,
                ),
              ]
            : []),
          '',
          ...describeHeldOut(answer, evidence['orders'] ?? 0).map((line) => terminal.style('dim', line)),
        ],
})

function describe(name: string, each: RecommendedComponent): string[] {
  const [low, high] = each.confidenceInterval
  const how =
    each.how.map((one) => (one === 'data' ? 'used what it had made' : 'started next')).join(', ') || 'later'
  const pipelines = each.pipelines.slice(0, shownPipelines).join(', ')
  const more = each.pipelines.length - shownPipelines
  return [
    `  ${share(each.confidence)}  ${name}`,
    printable(
      `         after ${each.after.join(', ')} in ${each.orders} of ${countOf(each.of, 'order')} ` +
        `(${share(low).trim()} … ${share(high).trim()}), lift ${Number(each.lift.toPrecision(2))}; ${how}`,
    ),
    printable(
      `         ${countOf(each.runs.length, 'run')} of ${pipelines}${more > 0 ? ` and ${more} more` : ''}, ` +
        `such as ${shortRun(each.runs.at(-1) ?? '')}`,
    ),
  ]
}

const ways = { markov: 'Markov model', rules: 'sequential rules', frequency: 'what is used most' }

function describeHeldOut(answer: RecommendedComponents, orders: number): string[] {
  const places = answer.heldOut[0]?.places ?? 0
  return [
    `By the ${ways[answer.by]}. Tried on runs held out, at ${countOf(places, 'place')} of ${countOf(orders, 'different order')}:`,
    ...answer.heldOut.map((each) => `  ${ways[each.recommender].padEnd(17)} ${hits(each)}`),
    ...(answer.betterThanFrequency ? [] : ['It is no better here than naming what is used most.']),
  ]
}

function hits({ hitFirst, hitFirstInterval: [low, high], hitFifth, answered }: HeldOut): string {
  return (
    `${share(hitFirst)} right at once (${share(low).trim()} … ${share(high).trim()}), ` +
    `${share(hitFifth).trim()} among the first five; silent at ${share(1 - answered).trim()}`
  )
}

function share(value: number): string {
  return `${Math.round(value * 100)} %`.padStart(5)
}
