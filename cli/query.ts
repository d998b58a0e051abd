import {
  bindQuery,
  chooseRuns,
  planReading,
  QueryError,
  readQueryFile,
  takesRuns,
  UsageError,
} from '../src/index.ts'
import type { CatalogueQuery, Parameters, RunChoice, Sources } from '../src/index.ts'
import { answerFormats, printAnswer } from './answer.ts'
import type { AnswerFormat } from './answer.ts'
import type { CliCommand } from './command.ts'
import { collect, lenient, parametersOf, source, wholeNumber } from './parameters.ts'
import { findQuery } from './queries.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'

interface QueryOptions extends RunChoice {
  param?: string[]
  source?: string[]
  format?: string
  partial?: boolean
  lenient?: boolean
}

export const command: CliCommand<QueryOptions> = {
  arguments: '<query>',
  description:
    'Asks a question in SPARQL 1.1: a ready-made one by its name (see vampira queries), or a file. A file reads the ' +
    'summaries of all runs, and their full records too where it names what only records hold, such as vam:Call. ' +
    '--run, --last, --pipeline and --since narrow both to some runs; what is read is its default graph.',
  examples: [
    ['vampira query components', 'what each component cost over all runs'],
    [
      'vampira query parameter-values --param name=pipeline.remove_glitches',
      'the values that its parameters had',
    ],
    [
      'vampira query mine.rq --run last --format csv',
      'a question of your own about the record of the last run',
    ],
    [
      'vampira query uc9-repeated-measurements --pipeline cooling --last 20',
      'what its last twenty runs measured',
    ],
    [
      'vampira query runs --source .vampira --source http://localhost:3030/lab',
      'over a store here and a server',
    ],
  ],
  configure(command) {
    command
      .option(
        '--param <name=value>',
        "a parameter of the query; repeat it for more, or for a list's items",
        collect,
      )
      .option(...source)
      .option(
        '--run <run>',
        'only this run; a file without a header reads its full record. Repeat it for more',
        collect,
      )
      .option('--last <number>', 'only so many runs, the latest', wholeNumber)
      .option('--pipeline <name>', 'only runs of the pipeline of this name')
      .option('--since <date>', 'only runs begun then or later: 2026-11-29, or 2026-11-29T07:30')
      .option('--partial', 'take an answer that a server says is only a part, and say so on standard error')
      .option(...lenient)
      .option('--format <format>', `${answerFormats.join(', ')} (default: table, or turtle for a graph)`)
  },
  async run(terminal, [asked = ''], options) {
    const format = formatOf(options)
    const query = asked.endsWith('.rq') ? await readQueryFile(asked) : await findQuery(asked)
    const given = parametersOf(query, options.param)
    const sources = await openWithProgress(terminal, options)
    try {
      const narrowing = narrowingOf(options)
      const runs = narrowing === undefined ? await sources.runsHere() : await sources.runs()
      const chosen = chooseRuns(runs, options)
      if (narrowing !== undefined) checkNarrowing(narrowing, query, given, sources)
      if (chosen !== undefined && takesRuns(query)) given['run'] = chosen.map(({ id }) => id)
      const text = query.parameters.length === 0 ? query.sparql : bindQuery(query, given)
      const withRecords = options.run !== undefined && query.answers.length === 0
      const { answer, sentence } = await namingFile(asked, async () => {
        const reading = await planReading({ query, given, runs, chosen, withRecords })
        return { ...reading, answer: await sources.engine.query(text, reading.scope) }
      })
      sources.progress.done()
      await printAnswer(terminal, answer, format, query.shows)
      // Of servers and files all is read, whatever the scope says.
      if (sentence !== undefined && (sources.stores.length > 0 || takesRuns(query)))
        terminal.note(terminal.style('dim', sentence))
    } finally {
      await sources.close()
    }
  },
}

/** The first option that says which runs a question is about. */
function narrowingOf(options: RunChoice): string | undefined {
  const name = (['run', 'last', 'pipeline', 'since'] as const).find((each) => options[each] !== undefined)
  return name && `--${name}`
}

/** @throws UsageError where the option would not change the answer, or something else that is given would not */
function checkNarrowing(
  option: string,
  query: CatalogueQuery,
  given: Parameters,
  { engine, stores }: Sources,
): void {
  if (given['run'] !== undefined) {
    throw new UsageError(`${option} and --param run both say which runs are meant`, {
      advice: 'Leave one out.',
    })
  }
  if (takesRuns(query)) return
  if (!query.name.endsWith('.rq')) {
    throw new UsageError(`The query ${query.name} takes no runs, so ${option} cannot narrow it`, {
      advice: `Leave it out; vampira queries ${query.name} says what it takes.`,
    })
  }
  if (stores.length === engine.sources.length) return
  throw new UsageError(`Files and servers are read whole, so ${option} cannot narrow the question`, {
    advice:
      'Name the graph in it, GRAPH <urn:uuid:…#record> { … }, or give it a parameter run (docs/queries.md).',
  })
}

/** What `answer` returns; its error for a malformed query says in which file. */
async function namingFile<T>(asked: string, answer: () => Promise<T>): Promise<T> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof QueryError && error.malformed) || !asked.endsWith('.rq')) throw error
    const { message, place, advice, cause, malformed } = error
    throw new QueryError(message, {
      place: { ...place, file: asked },
      cause,
      malformed,
      ...(advice && { advice }),
    })
  }
}

function formatOf({ format: text, json }: { format?: string; json?: boolean }): AnswerFormat | undefined {
  if (json === true) {
    if (text === undefined || text === 'json') return 'json'
    throw new UsageError(`--json and --format ${text} are both given`, { advice: 'Leave one out.' })
  }
  if (text === undefined) return undefined
  const format = answerFormats.find((each) => each === text)
  if (format !== undefined) return format
  throw new UsageError(`${text} is not a format of answers`, {
    advice: `Use ${answerFormats.join(', ')}`,
  })
}
