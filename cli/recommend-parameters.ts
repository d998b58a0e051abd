import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { recommendParameters, UsageError } from '../src/index.ts'
import type { RecommendedParameters, SettingAdvice } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatDuration } from '../src/report/format-quantity.ts'
import { collect } from './parameters.ts'
import { printable } from './terminal/columns.ts'
import { formatTable } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'
import { useCaseCommand } from './use-case.ts'

const shownSettings = 8
/** As the answer calls it. */
const whenMade = 'when the runs were made'

interface RecommendParametersOptions {
  for?: string
  optimise?: string[]
}

export const command = useCaseCommand<RecommendParametersOptions, RecommendedParameters>({
  arguments: '<pipeline|component>',
  description:
    'Says which settings went with good outcomes on like data: values or ranges, how many runs had them, how they came out ' +
    'beside what is usual. Runs that failed count as worse than all others. A setting is advised only where its effect can be ' +
    'told from chance and from what else changed; else it is said why not. Of several metrics it shows the combinations ' +
    'than which no other is better in everything.',
  examples: [
    ['vampira recommend parameters cooling', 'settings of the pipeline cooling, by the metrics of its runs'],
    ['vampira recommend parameters pipeline.remove_glitches', 'of one component, wherever it ran'],
    ['vampira recommend parameters cooling --for measurements.csv', 'by runs on files like this one'],
    ['vampira recommend parameters cooling --optimise time', 'by how long the runs took'],
  ],
  configure(command) {
    command
      .option('--for <file>', 'only runs on a file like this one: of its ending, half to twice its size')
      .option(
        '--optimise <metric>',
        'METRIC, METRIC=more, METRIC=less or time; repeat it for several (default: every metric of which ' +
          'vampira.toml says which values are better)',
        collect,
      )
  },
  async answer(opened, questions, [word = ''], options) {
    const runs = await opened.runs()
    return recommendParameters(
      questions,
      runs.some(({ name }) => name === word) ? { pipeline: word } : { component: word },
      {
        ...(options.for !== undefined && { file: fileAt(options.for) }),
        ...(options.optimise !== undefined && { optimise: options.optimise }),
      },
    )
  },
  describe(terminal, answer, { evidence }) {
    const effects = answer.settings.filter(({ verdict }) => verdict === 'effect')
    const tangled = answer.settings.filter(
      ({ verdict }) => verdict === 'changed with others' || verdict === 'explained by others',
    )
    const names = (verdict: SettingAdvice['verdict']) =>
      answer.settings.filter((each) => each.verdict === verdict)
    const several = answer.aims.length > 1
    return [
      ...(effects.length === 0
        ? ['No setting has an effect of its own that can be told from chance.', '']
        : effects.flatMap((each) => [...effectLines(terminal, each), ''])),
      ...togetherLines(answer, effects),
      ...frontLines(terminal, answer),
      ...tangled.flatMap((each) => [...tangledLines(terminal, each), '']),
      ...listed(
        'No effect that can be told from chance',
        names('no effect'),
        (each) =>
          `${each.setting}${several ? ` on ${each.metric}` : ''} (${countOf(each.trials, 'trial')}, p = ${figure(each.probability ?? 1)})`,
      ),
      ...listed(
        'Changed only together with the data',
        names('changed with the data'),
        ({ setting }) => setting,
      ),
      ...listed(
        'Too few trials to tell',
        names('too few'),
        ({ setting, trials }) => `${setting} (${countOf(trials, 'trial')})`,
      ),
      ...(answer.computed.length === 0
        ? []
        : [
            printable(
              `Computed in the run, not chosen: ${answer.computed.map(({ setting, by }) => `${setting} (returned by ${by})`).join('; ')}`,
            ),
          ]),
      terminal.style('dim', printable(footing(answer, evidence))),
    ]
  },
})

function fileAt(path: string): { name: string; sizeBytes: number } {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isFile() !== true)
    throw new UsageError(`There is no file ${path}`, { advice: '--for takes the path of a file.' })
  return { name: basename(path), sizeBytes: found.size }
}

function effectLines(terminal: Terminal, advice: SettingAdvice): string[] {
  return [
    terminal.style('bold', printable(`${advice.setting} = ${chosenText(advice)}`)) +
      terminal.style('dim', printable(`  for ${advice.metric}; p = ${figure(advice.probability ?? 1)}`)),
    ...passedOn(advice),
    ...levelTable(terminal, advice),
  ]
}

/** Of numbers that lie beside one another, the range; it is not said which is best where chance may have put it there. */
function chosenText({ levels, asGood = [] }: SettingAdvice): string {
  const good = asGood.map((at) => levels[at]!)
  const [first, last] = [good[0]!, good.at(-1)!]
  if (good.length === 1) return levelText(first)
  const areNumbers = levels.every(({ value }) => value !== '' && Number.isFinite(Number(value)))
  return areNumbers ? `${first.value} … ${last.to ?? last.value}` : good.map(levelText).join(' or ')
}

function passedOn({ alsoIn }: SettingAdvice): string[] {
  return alsoIn.length === 0 ? [] : [printable(`  passed on to ${alsoIn.slice(0, 4).join(', ')}`)]
}

function tangledLines(terminal: Terminal, advice: SettingAdvice): string[] {
  const with_ = advice.others.slice(0, 4).join(' and ')
  const why =
    advice.verdict === 'explained by others'
      ? `went with ${advice.metric} only because it changed together with ${with_}`
      : `changed together with ${with_}: which of them matters for ${advice.metric} cannot be told. ${advice.others.includes(whenMade) ? 'Try the values in mixed order.' : 'Change one alone.'}`
  return [
    `${terminal.style('bold', printable(advice.setting))}  ${printable(why)}`,
    ...levelTable(terminal, advice),
  ]
}

function levelTable(terminal: Terminal, { metric, levels, baseline, asGood }: SettingAdvice): string[] {
  const show = (value: number) => (metric === 'time' ? formatDuration(value) : figure(value))
  type Line = { value: string; trials: string; outcome: string; range: string }
  const lines = levels.map((level, at): Line => ({
    value: `${asGood?.includes(at) === true ? '→' : ' '} ${levelText(level)}${level.isDefault ? ' (default)' : ''}`,
    trials: `${countOf(level.trials, 'trial')}${level.failed > 0 ? `, ${level.failed} failed` : ''}`,
    outcome: level.mean === undefined ? '' : show(level.mean),
    range: level.interval === undefined ? '' : `${show(level.interval[0])} … ${show(level.interval[1])}`,
  }))
  const all: Line[] = [
    ...lines,
    { value: '  all', trials: '', outcome: baseline === undefined ? '' : show(baseline), range: '' },
  ]
  return formatTable(
    terminal,
    [
      { title: '  value', text: (line: Line) => printable(line.value), fixed: true },
      { title: 'tried', text: (line: Line) => line.trials, fixed: true },
      { title: metric, text: (line: Line) => line.outcome, align: 'right', fixed: true },
      { title: '95 %', text: (line: Line) => line.range, fixed: true },
    ],
    all,
  )
}

function togetherLines({ together }: RecommendedParameters, effects: readonly SettingAdvice[]): string[] {
  if (together === undefined) return []
  const best = effects.map(({ setting, levels, best: at }) => `${setting} = ${levelText(levels[at!]!)}`)
  return [
    printable(
      `${best.join(' with ')}: ${together === 0 ? 'never tried together' : `tried together in ${countOf(together, 'trial')}`}.`,
    ),
    '',
  ]
}

function frontLines(terminal: Terminal, { front = [], aims }: RecommendedParameters): string[] {
  if (front.length === 0) return []
  type Line = (typeof front)[number]
  return [
    terminal.style(
      'bold',
      front.length === 1
        ? 'One combination is best in everything'
        : 'No other combination is better in everything',
    ),
    ...formatTable(
      terminal,
      [
        ...front[0]!.settings.map(({ setting }, at) => ({
          title: setting,
          text: (line: Line) => printable(levelText(line.settings[at]!)),
          fixed: true,
        })),
        ...aims.map(({ metric }) => ({
          title: metric,
          text: ({ means }: Line) =>
            metric === 'time' ? formatDuration(means[metric]!) : figure(means[metric]!),
          align: 'right' as const,
          fixed: true,
        })),
        {
          title: 'tried',
          text: ({ trials, failed }: Line) => `${trials}${failed > 0 ? `, ${failed} failed` : ''}`,
          fixed: true,
        },
      ],
      front.slice(0, shownSettings),
    ),
    '',
  ]
}

function listed(
  title: string,
  settings: readonly SettingAdvice[],
  text: (each: SettingAdvice) => string,
): string[] {
  const texts = [...new Set(settings.map(text))]
  if (texts.length === 0) return []
  const left = texts.length - shownSettings
  const more = left > 0 ? `; and ${left} more` : ''
  return [printable(`${title}: ${texts.slice(0, shownSettings).join('; ')}${more}`)]
}

function footing(
  { likeData, constant, everNew }: RecommendedParameters,
  { runs = 0, trials = 0, failed = 0 }: Readonly<Record<string, number>>,
): string {
  const like =
    likeData.by === 'contents'
      ? `compared on the same inputs (${likeData.kinds} different)`
      : likeData.by === 'size'
        ? `compared on inputs of like size (${countOf(likeData.kinds, 'class')})`
        : 'which read no files'
  const file = likeData.file === undefined ? '' : ` on files like ${likeData.file}`
  return (
    `${countOf(trials, 'trial')} in ${countOf(runs, 'run')}${file}, ${failed} failed, ${like}; ` +
    `${countOf(constant, 'parameter')} never changed, ${everNew} hardly had a value twice`
  )
}

function levelText({ value, to }: { value: string; to?: string }): string {
  return to === undefined ? value : `${value} … ${to}`
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−')
}
