import { compareCode, diffRuns, openWorkplace, UsageError } from '../src/index.ts'
import { didYouMean } from '../src/near-word.ts'
import type { QueryEngine, RunDifferences } from '../src/index.ts'
import { formatCodeDiff, readCodeDiff } from './code-diff.ts'
import type { StandardOptions } from './command.ts'
import { formatComparison } from './format-comparison.ts'
import { functionOrders, type FunctionOrder } from './function-shares.ts'
import { printable } from './terminal/columns.ts'
import { exitCodes } from './exit-codes.ts'
import { openWithProgress, type SourcesWithProgress } from './terminal/open-with-progress.ts'
import type { Terminal } from './terminal/terminal.ts'
import { useCaseCommand } from './use-case.ts'

interface DiffOptions {
  code?: boolean
  all?: boolean
  sort?: FunctionOrder
}

/** So many of each command line, the latest, may be repeats. */
const mostAlike = 8

const whole = useCaseCommand<DiffOptions, RunDifferences>({
  arguments: '<first> <second> [others...]',
  description:
    'Shows what differs between runs, each set beside the first. First what matters: by what they differ (input, setting, ' +
    'code, package, environment, machine), the first call whose outputs differ although its inputs agree, where the bytes ' +
    'agree again, and results. Then code, parameters, environment, files by their bytes, resources, structure and ' +
    'functions. What is the same is left out; time alone is no difference. Other runs of the same things tell what varies ' +
    'without a cause.',
  examples: [
    ['vampira diff last~1 last', 'what the last run did otherwise, and why'],
    ['vampira diff measuring cooling~1 cooling', 'two runs, each beside an earlier one'],
    ['vampira diff last~1 last --all --sort time', 'all functions of both, those that took longest first'],
    ['vampira diff --code last~1 last', 'how the source files differ, as a patch'],
    ['vampira diff measuring cooling --json', 'the latest runs of two pipelines, as JSON'],
  ],
  exitCodes: {
    0: 'nothing differs of what could be compared',
    1: 'something differs',
    2: 'asked wrongly: an unknown run',
    3: 'could not be done',
  },
  configure(command) {
    command
      .option(
        '--code',
        'only the code: a unified diff of each source file that differs, from the texts that the store keeps',
      )
      .option('--all', 'all functions and resources, also those that do not differ')
      .option('--sort <order>', `all functions, by ${functionOrders.join(', ')}`, orderNamed)
  },
  async answer(opened, questions, words) {
    const [first = '', second = '', ...others] = await resolve(opened, words)
    return diffRuns(questions, [first, second, ...others], await runsLike(opened, [first, second, ...others]))
  },
  finds: ({ comparisons }) => comparisons.some(({ same }) => !same),
  describe: (terminal, { comparisons }, _, options) =>
    comparisons.flatMap((comparison, at) => [
      ...(at === 0 ? [] : ['']),
      ...formatComparison(terminal, comparison, options),
    ]),
})

export const command: typeof whole = {
  ...whole,
  async run(terminal, words, options, given) {
    if (options.code !== true) return whole.run(terminal, words, options, given)
    const sources = await openWithProgress(terminal, options)
    try {
      const [one = '', other = ''] = await resolve(sources, words.slice(0, 2))
      return await diffCode(terminal, sources.engine, [one, other], options)
    } finally {
      await sources.close()
    }
  },
}

function orderNamed(word: string): FunctionOrder {
  const order = functionOrders.find((each) => each === word)
  if (order !== undefined) return order
  throw new UsageError(`Functions have no order ‹${word}›`, {
    advice: didYouMean(word, functionOrders, `There are ${functionOrders.join(', ')}.`),
  })
}

async function resolve(sources: SourcesWithProgress, words: readonly string[]): Promise<string[]> {
  const runs: string[] = []
  for (const word of words) runs.push(await sources.resolveRun(word))
  return runs
}

/** Runs of the same pipelines with the same command lines, the latest. */
async function runsLike(sources: SourcesWithProgress, runs: readonly string[]): Promise<string[]> {
  const listed = await sources.runs()
  const keyOf = ({ name, commandLine }: (typeof listed)[number]) => JSON.stringify([name, commandLine])
  const keys = new Set(listed.filter(({ id }) => runs.includes(id)).map(keyOf))
  return [...keys].flatMap((key) =>
    listed
      .filter((run) => keyOf(run) === key)
      .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
      .slice(0, mostAlike)
      .map(({ id }) => id),
  )
}

async function diffCode(
  terminal: Terminal,
  engine: QueryEngine,
  runs: readonly [string, string],
  { store, json }: StandardOptions,
): Promise<number> {
  const { workplace } = await openWorkplace(store)
  const differing = await compareCode(engine, ...runs)
  const code = await Promise.all(differing.map((each) => readCodeDiff(workplace.contents, each)))
  if (json === true) await terminal.printJson({ runs, same: code.length === 0, code })
  else if (code.length === 0) await terminal.print('No source file differs.')
  else await terminal.print(formatCodeDiff(terminal, code))
  for (const { path, kept } of code) {
    if (kept.includes('redacted'))
      terminal.note(printable(`vampira: secrets were taken out of ${path}; it ran with them.`))
  }
  return code.length === 0 ? exitCodes.fine : exitCodes.findings
}
