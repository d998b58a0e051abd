import { advise } from '../src/index.ts'
import type { Advice, Matter } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatDuration, formatSize } from '../src/report/format-quantity.ts'
import { shortRun } from '../src/report/short-run.ts'
import { sizeOfFile } from './size-of-file.ts'
import { printable } from './terminal/columns.ts'
import { useCaseCommand } from './use-case.ts'

export const command = useCaseCommand<object, Advice>({
  arguments: '[pipeline]',
  description:
    'Says on one page what matters now, in at most nine lines, each with the command that shows all of it: by trying ' +
    'each answer to a use case, of the pipelines that ran last or of one. What could not be answered is said with what ' +
    'to record for it.',
  examples: [
    ['vampira advise', 'what matters now in the store'],
    ['vampira advise cooling', 'and in runs of cooling'],
  ],
  exitCodes: {
    0: 'nothing failed and nothing is unusual',
    1: 'there is something to look at',
    2: 'asked wrongly: an unknown pipeline',
    3: 'could not be done, or the store has no runs',
  },
  answer: (_, questions, [pipeline]) =>
    advise(questions, { now: new Date(), lookAt: sizeOfFile, ...(pipeline !== undefined && { pipeline }) }),
  finds: ({ matters }) => matters.some(({ kind }) => kind === 'failed' || kind === 'unusual'),
  describe: (terminal, { matters, tried, record }, { evidence }) => [
    ...(matters.length === 0
      ? ['Nothing needs a look.']
      : matters.flatMap((each) => [
          printable(sentence(each)),
          terminal.style('dim', printable(`  vampira ${commandText(each.command)}`)),
        ])),
    '',
    terminal.style(
      'dim',
      `${evidence['answers'] ?? 0} of ${countOf(tried.length, 'answer')} tried had enough evidence`,
    ),
    ...(record === undefined ? [] : [printable(`For more answers: ${record}`)]),
  ],
})

function sentence(matter: Matter): string {
  const { pipeline } = matter
  switch (matter.kind) {
    case 'failed':
      return `The latest run of ${pipeline} did not complete; of ${countOf(matter.runs, 'run')} ${matter.failed} did not`
    case 'unusual':
      return `${matter.unusual} of ${countOf(matter.runs, 'run')} of ${pipeline} have something unusual, ${shortRun(matter.run)} last`
    case 'storage':
      return (
        `Of ${pipeline} ${matter.files} of ${countOf(matter.of, 'file')}, ${formatSize(matter.bytes)} of ` +
        `${formatSize(matter.ofBytes)}, are cheaper to make again than to keep`
      )
    case 'cost':
      return (
        `A run of ${pipeline} as the latest will take ${formatDuration(matter.seconds)} ` +
        `(nine of ten in ${matter.interval.map(formatDuration).join(' … ')}), from ${countOf(matter.runs, 'run')}`
      )
    case 'similar':
      return `${pipeline} is like ${matter.other} (${Math.round(matter.similarity * 100)} %)`
    case 'withheld':
      return `Not enough evidence on ${pipeline} for ${matter.answers.join(', ')}: ${matter.because}. ${matter.record}`
  }
}

function commandText(words: readonly string[]): string {
  return words
    .map((word) => (word.startsWith('urn:uuid:') ? shortRun(word) : /\s/.test(word) ? `'${word}'` : word))
    .join(' ')
}
