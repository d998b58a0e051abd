import type { AlternativeComponents, ComponentOutcomes } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatDuration } from '../src/report/format-quantity.ts'
import { shortIri } from './short-iri.ts'
import { printable } from './terminal/columns.ts'
import type { Terminal } from './terminal/terminal.ts'

/** What was used in the place of a component, each beside how it did. */
export function describeAlternatives(
  terminal: Terminal,
  { name, outcomes, alternatives }: AlternativeComponents,
  limit: number,
): string[] {
  return [
    `${terminal.style('bold', printable(name))}  ${outcomesText(outcomes)}`,
    'In its place:',
    ...alternatives.slice(0, limit).flatMap((each) => {
      const place = [
        ...(each.sameBefore.length > 0 ? [`after ${each.sameBefore.join(', ')}`] : []),
        ...(each.sameAfter.length > 0 ? [`before ${each.sameAfter.join(', ')}`] : []),
        ...(each.reads.length > 0 ? [`reads ${each.reads.join(', ')}`] : []),
        ...(each.writes.length > 0 ? [`writes ${each.writes.join(', ')}`] : []),
      ]
      return [
        `  ${terminal.style('bold', printable(each.name))}  ${outcomesText(each.outcomes)}`,
        printable(`    ${place.join('; ')}`),
      ]
    }),
  ]
}

function outcomesText({ runs, calls, failures, wallSeconds, qualities }: ComponentOutcomes): string {
  return printable(
    [
      countOf(runs, 'run'),
      `${failures} of ${countOf(calls, 'call')} failed`,
      ...(calls > 0 ? [`${formatDuration(wallSeconds / calls)} a call`] : []),
      ...qualities.map(
        ({ metric, mean, runs: measured }) =>
          `${shortIri(metric)} ${Number(mean.toPrecision(3))} (mean of ${countOf(measured, 'run')})`,
      ),
    ].join(', '),
  )
}
