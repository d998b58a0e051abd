import { findSuspects } from '../src/index.ts'
import type { SuspectCause, Suspects } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { shortRun } from '../src/report/short-run.ts'
import { collect } from './parameters.ts'
import { shortIri } from './short-iri.ts'
import { printable } from './terminal/columns.ts'
import { useCaseCommand } from './use-case.ts'

const shownCauses = 12
const shownValues = 3

interface SuspectsOptions {
  good?: string[]
}

export const command = useCaseCommand<SuspectsOptions, Suspects>({
  arguments: '<file>',
  description:
    'Finds what may have caused that a file is wrong: of all that it came from (code, parameters, inputs, what these hold, ' +
    'packages, machine) what is otherwise than in good runs of the same pipeline. What differs from run to run anyway ' +
    'ranks low.',
  examples: [
    ['vampira suspects results/fit.json', 'what sets the run that made it apart from other runs'],
    ['vampira suspects results/fit.json --good cooling~1', 'from this one, which is right'],
  ],
  exitCodes: {
    0: 'nothing sets the run apart',
    1: 'something does',
    2: 'asked wrongly: a file that no run made, an unknown run',
    3: 'could not be done, or there are too few good runs',
  },
  configure(command) {
    command.option(
      '--good <run>',
      'a run that is right; repeat it for more (default: those that completed)',
      collect,
    )
  },
  async answer(opened, questions, [file = ''], { good }) {
    if (good === undefined) return findSuspects(questions, file)
    const runs = []
    for (const word of good) runs.push(await opened.resolveRun(word))
    return findSuspects(questions, file, runs)
  },
  finds: ({ causes }) => causes.length > 0,
  describe: (terminal, { run, pipeline, siblings, causes }) => [
    terminal.style(
      'dim',
      `Made by ${printable(pipeline)} ${shortRun(run)}; beside ${countOf(siblings.length, 'good run')}`,
    ),
    ...(causes.length === 0
      ? ['Nothing that it came from sets that run apart.']
      : causes.slice(0, shownCauses).map((cause) => {
          const score = `${Math.round(cause.score * 100)} %`.padStart(6)
          return `${score}  ${printable(textOf(cause))}${cause.strength === 'seen' ? '' : terminal.style('dim', '  (possible)')}`
        })),
    ...(causes.length > shownCauses
      ? [terminal.style('dim', `… ${causes.length - shownCauses} more; --json has all`)]
      : []),
  ],
})

function textOf({ aspect, of, also = [], value, usual, range, siblings }: SuspectCause): string {
  const more = also.length === 0 ? '' : ` (and of ${also.length === 1 ? also[0] : `${also.length} more`})`
  const isRange = range !== undefined && usual.length > shownValues
  const others = isRange
    ? `${figure(range[0])} … ${figure(range[1])} in ${siblings}`
    : usual
        .slice(0, shownValues)
        .map((each) => `${shown(each.value)} in ${each.runs} of ${siblings}`)
        .join(', ')
  return `${aspect} ${of}${more}: ${shown(value)}, usual ${others}${!isRange && usual.length > shownValues ? ' …' : ''}`
}

function shown(value: string): string {
  if (/^-?\d+\.\d{4,}/.test(value)) return figure(Number(value))
  const short = value.split(', ').map(shortIri).join(', ')
  return short.length > 60 ? `${short.slice(0, 57)}…` : short
}

function figure(value: number): string {
  return String(Number(value.toPrecision(5)))
}
