import { similarPipelines } from '../src/index.ts'
import type { SharedComponent, SimilarPipelines } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { wholeNumber } from './parameters.ts'
import { meantBy } from './meant-runs.ts'
import { printable } from './terminal/columns.ts'
import { useCaseCommand } from './use-case.ts'

const shownPipelines = 10
const shownNames = 6

interface SimilarOptions {
  limit?: number
}

export const command = useCaseCommand<SimilarOptions, SimilarPipelines>({
  arguments: '<pipeline|run>',
  description:
    'Finds pipelines like this one: by the code, the order, the parameters and the kinds of data of their components, ' +
    'weighted by how rare each is in the store. Equal code counts as equal, whatever its name.',
  examples: [
    ['vampira similar cooling', 'pipelines like the one named cooling'],
    ['vampira similar last --source .vampira --source http://localhost:3030/lab', 'here and on a server'],
    ['vampira similar cooling --show-query', 'and which questions the answer rests on'],
  ],
  configure(command) {
    command.option('--limit <number>', `so many pipelines (default: ${shownPipelines})`, wholeNumber)
  },
  answer: async (opened, questions, [word = '']) => similarPipelines(questions, await meantBy(opened, word)),
  describe: (terminal, { others }, _, { limit = shownPipelines }) => [
    ...others.slice(0, limit).flatMap((other) => {
      const score = `${percent(other.similarity)}  ${printable(other.pipeline)}`
      const beside = `${countOf(other.runs, 'run')}; of component names ${percent(other.sharedNames)} are in both`
      return [
        `${terminal.style('bold', score)}  ${terminal.style('dim', beside)}`,
        ...sentence('shares', other.shared.map(shareText)),
        ...sentence(
          'in the same order',
          other.sameOrder.map((pair) => pair.join(' → ')),
        ),
        ...sentence('has no', other.lacks),
        ...sentence('has also', other.adds),
      ]
    }),
    ...(others.length > limit
      ? [terminal.style('dim', `… ${others.length - limit} more; --limit shows them, --json has all`)]
      : []),
  ],
})

function percent(share: number): string {
  return `${Math.round(share * 100)} %`.padStart(5)
}

function shareText({ name, otherName, sameCode }: SharedComponent): string {
  const notes = [
    ...(otherName === undefined ? [] : [`there ${otherName}`]),
    ...(sameCode ? [] : ['other code']),
  ]
  return notes.length === 0 ? name : `${name} (${notes.join(', ')})`
}

function sentence(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const shown = names.slice(0, shownNames).map(printable).join(', ')
  const left = names.length - shownNames
  return [`       ${what} ${shown}${left > 0 ? ` and ${left} more` : ''}`]
}
