import { relative } from 'node:path'
import type { Attempt, BeganIn, FileOutcome, Rerun, SurroundingDifference } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatSize } from '../src/report/format-quantity.ts'
import { printable } from './terminal/columns.ts'
import type { Terminal } from './terminal/terminal.ts'

const shownLines = 12

/** A rerun for people: what it came to first, then why, then what is as it was. */
export function formatRerun(terminal: Terminal, answer: Rerun): string[] {
  const { verdict, attempts, check, causes, first, began, varies } = answer
  const colour =
    verdict === 'reproduced' || verdict === 'equivalent' || verdict === 'can be run again' ? 'green' : 'red'
  const [attempt] = verdict === 'cannot be run again' ? [] : attempts
  return [
    `${terminal.style('bold', printable(`${answer.pipeline}  ${answer.command.join(' ')}`))}`,
    `${terminal.style(colour, verdict)}${printable(explanation(answer))}`,
    ...check.obstacles.flatMap(({ what, advice }) => [
      printable(`  ${what}`),
      terminal.style('dim', printable(`    ${advice}`)),
    ]),
    ...(first.length > 0 && verdict !== 'reproduced' ? [printable(`  first at  ${first.join(', ')}`)] : []),
    ...(began === undefined ? [] : [printable(`  ${beganText(began)}`)]),
    ...(verdict === 'cannot be run again' ? causes.slice(0, 1) : causes).map((cause, at) =>
      printable(`  ${at === 0 ? 'because  ' : '         '} ${cause}`),
    ),
    ...(varies !== undefined && varies.length === 0 ? ['  nothing varies between the reruns'] : []),
    ...(attempt === undefined ? [] : formatAttempt(terminal, attempt)),
    ...(check.differences.length === 0 ? [] : ['', terminal.style('bold', 'Not as it was')]),
    ...check.differences.map((each) => printable(`  ${differenceText(each)}`)),
    '',
    terminal.style('dim', printable(asItWas(answer))),
    ...check.notChecked.map((each) => terminal.style('dim', printable(`not checked: ${each}`))),
    ...attempts.map(({ run, folder }) =>
      terminal.style('dim', printable(`in ${folder}, recorded as ${run.replace(/^urn:uuid:/, '')}`)),
    ),
  ]
}

/** `in the call addNoise (survey.py:12), which was given the same` */
function beganText({ call, calledFrom, inputs, outputs }: BeganIn): string {
  const place = calledFrom === undefined ? '' : ` (from ${calledFrom})`
  const given = inputs.length === 0 ? 'given the same' : `given otherwise ${inputs.join(', ')}`
  return `in call   ${call}${place}, ${given}: ${outputs.join(', ')}`
}

function explanation({ verdict, attempts, tolerance }: Rerun): string {
  const [attempt] = attempts
  if (attempt === undefined || verdict === 'cannot be run again') return ''
  const of = (outcome: FileOutcome['outcome']) =>
    attempt.files.filter((file) => file.outcome === outcome).length
  const counts = [
    [of('same bytes'), 'the same bytes'],
    [of('equivalent'), `the same within ${tolerance}`],
    [of('different'), 'different'],
    [of('missing'), 'missing'],
    [of('not known'), 'not known'],
  ] as const
  const said = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  const times = attempts.length === 1 ? '' : ` in the first of ${attempts.length} reruns`
  const files = countOf(attempt.files.length, 'file')
  return verdict === 'reproduced' && attempts.length === 1
    ? `: ${files} left, ${said.join(', ') || 'nothing to compare'}`
    : `${times}: of ${files}, ${said.join(', ') || 'none to compare'}`
}

function formatAttempt(terminal: Terminal, { files, alsoMade, outside, said, folder }: Attempt): string[] {
  const differing = files.filter(({ outcome }) => outcome !== 'same bytes')
  return [
    ...(differing.length === 0 ? [] : ['', terminal.style('bold', 'Files')]),
    ...differing.slice(0, shownLines).flatMap(fileLines),
    ...more(differing.length),
    ...(alsoMade.length > 0
      ? [printable(`  made besides: ${alsoMade.map((path) => relative(folder, path)).join(', ')}`)]
      : []),
    ...outside.map((path) =>
      terminal.style('red', printable(`  It wrote ${path}, outside of the fresh folder.`)),
    ),
    ...(said ?? []).map((line) => printable(`  | ${line}`)),
  ]
}

function fileLines({ path, outcome, comparison, because, healedAt }: FileOutcome): string[] {
  const details = [
    ...(comparison?.first === undefined
      ? []
      : [`${comparison.first.where}: ${comparison.first.values.join(' → ')}`]),
    ...(comparison?.largest === undefined
      ? []
      : [
          `largest difference ${figure(comparison.largest.relative)} at ${comparison.largest.where} ` +
            `(${comparison.largest.values.join(' → ')}); ${comparison.differing} of ${countOf(comparison.compared, 'value')} differ`,
        ]),
    ...(comparison === undefined || comparison.leftOut.length === 0
      ? []
      : [`${comparison.leftOut.join(' and ')} left out`]),
    ...(comparison?.because === undefined ? [] : [`compared by bytes: ${comparison.because}`]),
    ...(because === undefined ? [] : [because]),
    ...(healedAt === undefined ? [] : [`healed at ${healedAt.join(', ')}`]),
  ]
  return [`  ${path}  ${outcome}`, ...details.map((each) => `      ${each}`)].map(printable)
}

function more(count: number): string[] {
  return count > shownLines ? [`  and ${count - shownLines} more; --json has all`] : []
}

function differenceText({ aspect, name, was, is, may }: SurroundingDifference): string {
  const show = (value: string | undefined) =>
    value === undefined
      ? aspect === 'variable'
        ? 'not set'
        : 'not there'
      : name === 'memory in bytes'
        ? formatSize(Number(value))
        : value
  return `${name} ${show(is)}, then ${show(was)}: ${may}`
}

function asItWas({ check }: Rerun): string {
  const of = (role: string) => check.restored.filter((file) => file.role === role).length
  const parts = [
    countOf(of('source'), 'source'),
    countOf(of('input'), 'input'),
    ...(check.samePackages > 0 ? [countOf(check.samePackages, 'package')] : []),
    ...(check.variables.length > 0 ? [`${check.variables.join(', ')} set`] : []),
    ...(check.seeds.length > 0
      ? [`seeds given: ${check.seeds.map(({ name, value }) => `${name}(${value})`).join(', ')}`]
      : []),
  ]
  return `as it was: ${parts.join('; ')}`
}

function figure(value: number): string {
  return String(Number(value.toPrecision(2)))
}
