import { countOf } from '../src/count-of.ts'
import { metricName } from '../src/last-word.ts'
import { pathOfUrl } from '../src/path-of-url.ts'
import type { DifferenceCause, DivergingCall, ExplainedComparison } from '../src/index.ts'
import { contentTexts, nearPath, placeOf, renamed } from './compared-file.ts'

/** By what the runs differ, where that began, where it ended. */
export function whatMatters(comparison: ExplainedComparison): (readonly [title: string, text: string])[] {
  const { because, divergence, same } = comparison
  const first = divergence?.first
  const follows = divergence?.follows
  // A call that got nothing else and gave something else says more than one that got something else.
  const from = first ?? follows
  return [
    ...titled(
      'Differs because',
      because.map((cause) => causeText(cause, comparison)),
    ),
    ...(because.length === 0 && !same ? [['Differs because', 'of nothing that was recorded'] as const] : []),
    ...(from === undefined ? [] : [['First at', divergingText(from)] as const]),
    ...resultsText(comparison),
    ...titled(
      'Healed at',
      (divergence?.healed ?? []).slice(0, shownCalls).map((call) => healedText(call)),
    ),
  ]
}

const shownCalls = 3

function titled(title: string, texts: readonly string[]): (readonly [string, string])[] {
  return texts.map((text, at) => [at === 0 ? title : '', text] as const)
}

function causeText(cause: DifferenceCause, comparison: ExplainedComparison): string {
  const { kind, what, also } = cause
  const [one = '–', other = '–'] = cause.values
  if (kind === 'unrecorded')
    return `nothing that was recorded: ${what} makes other things of the same (chance, time or the network)`
  const passed = also === undefined ? '' : `  (passed on as ${listed(also)})`
  if (kind === 'input') {
    const input = comparison.inputs.find(({ url }) => what.startsWith(pathOfUrl(url)))
    const path = input === undefined ? what : placeOf(input)
    const texts = input === undefined ? [one, other] : contentTexts(input)
    return `input ${path}: ${texts[0] ?? '–'} → ${texts[1] ?? '–'}`
  }
  if (kind === 'machine' && what.startsWith('load')) {
    const ratio = (name: string) => {
      const [a, b] = comparison.resources.find(({ resource }) => resource === name)?.values ?? []
      return a === undefined || b === undefined ? 'unknown' : `×${(b / a).toFixed(1)}`
    }
    return `the machine, not the code: elapsed ${ratio('wallSeconds')}, processor ${ratio('cpuSeconds')}, ${what} ${one} → ${other}`
  }
  return `${kind === 'pipeline' ? '' : `${kind} `}${what}: ${short(one)} → ${short(other)}${passed}`
}

const longestValue = 48

/** Lists and long texts are in the table below. */
function short(value: string): string {
  return value.length <= longestValue ? value : `${value.slice(0, longestValue - 1)}…`
}

function listed(names: readonly string[]): string {
  return [
    ...names.slice(0, shownCalls),
    ...(names.length > shownCalls ? [`${names.length - shownCalls} more`] : []),
  ].join(', ')
}

function divergingText({
  name,
  calledFrom,
  codeDiffers,
  inputs,
  outputs,
  unknownInputs,
}: DivergingCall): string {
  const place = calledFrom === undefined ? '' : ` (${calledFrom})`
  const given =
    inputs.length > 0
      ? `, given ${dataText(inputs)}`
      : codeDiffers
        ? ', whose code differs; its inputs agree'
        : `, whose inputs agree${unknownInputs.length === 0 ? '' : ` as far as known (not ${listed(unknownInputs)})`}`
  const end = outputs.find(({ kind }) => kind === 'end')
  return `${name}${place}${given}: ${end === undefined ? dataText(outputs) : endText(end)}`
}

function endText({ values: [one, other] }: DivergingCall['outputs'][number]): string {
  if (one === 'completed') return `the second fails with ${other}`
  return other === 'completed'
    ? `the first fails with ${one}`
    : `one fails with ${one}, the other with ${other}`
}

function healedText({ name, calledFrom, inputs }: DivergingCall): string {
  const place = calledFrom === undefined ? '' : ` (${calledFrom})`
  return `${name}${place}: what it makes of ${dataText(inputs)} is the same again`
}

function dataText(data: DivergingCall['inputs']): string {
  const texts = data.map(({ role, otherRole, kind, values: [one = '–', other = '–'] }) => {
    const name = otherRole === undefined ? nearPath(role) : renamed(nearPath(role), nearPath(otherRole))
    return kind === 'file' ? name : `${name} ${short(one)} → ${short(other)}`
  })
  return listed(texts)
}

/** What the runs came to: qualities, and how many files and results differ. */
function resultsText({
  same,
  qualities,
  results,
  outputs,
}: ExplainedComparison): (readonly [string, string])[] {
  if (same) return []
  const measured = qualities.map(
    ({ metric, values: [one, other] }) =>
      `${metricName(metric)} ${one?.join(', ') ?? '–'} → ${other?.join(', ') ?? '–'}`,
  )
  const counted = [
    ...(outputs.length === 0 ? [] : [countOf(outputs.length, 'file')]),
    ...(results.length === 0 ? [] : [`what ${countOf(results.length, 'component')} returned`]),
  ]
  const texts = [...measured, ...(counted.length === 0 ? [] : [`${counted.join(' and ')} differ`])]
  return [
    [
      'Results',
      texts.length === 0 ? 'the same: nothing that was made, returned or measured differs' : texts.join('; '),
    ],
  ]
}
