import { writeFile } from 'node:fs/promises'
import { parameterValues, UsageError } from '../src/index.ts'
import type { ParameterHistogram, ParameterValues } from '../src/index.ts'
import { countOf, formatCount } from '../src/count-of.ts'
import { histogramSvg } from '../src/report/histogram-svg.ts'
import { printable } from './terminal/columns.ts'
import type { Terminal } from './terminal/terminal.ts'
import { useCaseCommand } from './use-case.ts'

interface ParametersOptions {
  svg?: string
}

const widestBar = 40
const longestLabel = 28
const shownConstants = 10
const shownNames = 3

export const command = useCaseCommand<ParametersOptions, ParameterValues>({
  arguments: '<pipeline|component>',
  description:
    'Shows which values the parameters of a pipeline or of a component had, and in how many calls, as histograms: a bar for ' +
    'each value, or for ranges of numbers where there are many.',
  examples: [
    ['vampira parameters cooling', 'every parameter of cooling that had more than one value'],
    ['vampira parameters pipeline.remove_glitches', 'those of one component, wherever it ran'],
    ['vampira parameters cooling --svg values.svg', 'and as a picture'],
  ],
  configure(command) {
    command.option('--svg <file>', 'write the histograms as a picture (SVG), too')
  },
  async answer(opened, questions, [word = ''], { svg }) {
    const runs = await opened.runs()
    const isPipeline = runs.some(({ name }) => name === word)
    const whole = await parameterValues(questions, isPipeline ? { pipeline: word } : { component: word })
    if (svg !== undefined && whole.answer !== undefined) {
      const picture = histogramSvg(
        whole.answer.parameters.map((each) => ({
          title: each.setting,
          bars: barsOf(each).map(({ label, calls }) => ({ label, count: calls })),
        })),
      )
      await writeFile(svg, picture).catch((error: unknown) => {
        const { code, message } = error as NodeJS.ErrnoException
        throw new UsageError(`Cannot write ${svg}: ${code ?? message}`, { cause: error })
      })
    }
    return whole
  },
  describe: (terminal, { parameters, constant }) => [
    ...(parameters.length === 0 ? ['No parameter had more than one value.', ''] : []),
    ...parameters.flatMap((each) => [...histogramLines(terminal, each), '']),
    ...(constant.length === 0
      ? []
      : [
          printable(
            `Never changed: ${constant
              .slice(0, shownConstants)
              .map(({ setting, value }) => `${setting} ${cutTo(value, longestLabel)}`)
              .join(
                '; ',
              )}${constant.length > shownConstants ? `; and ${constant.length - shownConstants} more` : ''}`,
          ),
        ]),
  ],
})

function histogramLines(terminal: Terminal, histogram: ParameterHistogram): string[] {
  const { setting, alsoIn, calls, different } = histogram
  const also =
    alsoIn.length === 0
      ? ''
      : `; the same in ${alsoIn.slice(0, 3).join(', ')}${alsoIn.length > 3 ? ' …' : ''}`
  const bars = barsOf(histogram)
  const most = bars.reduce((max, each) => Math.max(max, each.calls), 1)
  const width = bars.reduce((max, { label }) => Math.max(max, label.length), 0)
  return [
    terminal.style('bold', printable(setting)) +
      terminal.style('dim', printable(`  ${countOf(calls, 'call')}, ${countOf(different, 'value')}${also}`)),
    ...bars.map(
      ({ label, calls: own }) =>
        `  ${label.padStart(width)} ${terminal.style('cyan', barOf(own / most))} ${formatCount(own)}`,
    ),
  ]
}

/** Eighths of a column tell small counts apart. */
function barOf(share: number): string {
  const eighths = Math.round(share * widestBar * 8)
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8]!
  return '█'.repeat(Math.floor(eighths / 8)) + rest || (share > 0 ? '▏' : '')
}

function barsOf({ bars: all, others: more, scale }: ParameterHistogram): { label: string; calls: number }[] {
  // Of names of files and the like, the commonest say enough.
  const bars = scale === 'commonest' ? all.slice(0, shownNames) : all
  const others = all.slice(bars.length).reduce((sum, { calls }) => sum + calls, more)
  const labelled = bars.map(({ value, to, calls }) => ({
    label: printable(to === undefined ? cutTo(value, longestLabel) : `${figure(value)} … ${figure(to)}`),
    calls,
  }))
  return others === 0 ? labelled : [...labelled, { label: 'others', calls: others }]
}

function cutTo(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

function figure(number: string): string {
  return String(Number(Number(number).toPrecision(3)))
}
