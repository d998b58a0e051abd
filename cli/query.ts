import { readFile } from 'node:fs/promises'
import { bindQuery, QueryError, readQueryHeader, scopeOf, UsageError } from '../src/index.ts'
import { whyUnreadable } from '../src/unreadable.ts'
import type { Answer, CatalogueQuery, Parameters, QueryEngine, Scope } from '../src/index.ts'
import { answerFormats, printAnswer } from './answer.ts'
import type { AnswerFormat } from './answer.ts'
import type { CliCommand } from './command.ts'
import { collect, parametersOf } from './parameters.ts'
import { findQuery } from './queries.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'

interface QueryOptions {
  param?: string[]
  source?: string[]
  run?: string[]
  format?: string
  partial?: boolean
}

export const command: CliCommand<QueryOptions> = {
  arguments: '<query>',
  description:
    'Asks a question in SPARQL 1.1: a ready-made one by its name (see vampira queries), or a file. A file reads the ' +
    'summaries of all runs, and with --run the full records of those runs; its default graph is all that is read.',
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
      .option(
        '--source <where>',
        'ask this store, RDF file or SPARQL endpoint instead; repeat it to ask several',
        collect,
      )
      .option(
        '--run <run>',
        'read the full record of this run, and where the query takes runs, only it',
        collect,
      )
      .option('--partial', 'take an answer that a server says is only a part, and say so on standard error')
      .option('--format <format>', `${answerFormats.join(', ')} (default: table, or turtle for a graph)`)
  },
  async run(terminal, [asked = ''], options) {
    const format = formatOf(options.json === true ? 'json' : options.format)
    const query = asked.endsWith('.rq') ? await readQueryFile(asked) : await findQuery(asked)
    const given = parametersOf(query, options.param)
    const sources = await openWithProgress(terminal, options)
    try {
      const runs = await Promise.all((options.run ?? []).map((run) => sources.resolveRun(run)))
      if (runs.length > 0 && query.parameters.some(({ name }) => name === 'run')) given['run'] ??= runs
      const text = query.parameters.length === 0 ? query.sparql : await bindQuery(query, given)
      const answer = await ask(sources.engine, text, scopeFor(query, given, runs), asked)
      sources.progress.done()
      await printAnswer(terminal, answer, format)
    } finally {
      await sources.close()
    }
  },
}

/** What is read: as the query says, with the records of the runs that were asked for. */
function scopeFor(query: CatalogueQuery, given: Parameters, runs: readonly string[]): Scope {
  if (runs.length === 0) return scopeOf(query, given)
  if (query.answers.length > 0) return query.reads === 'records' ? { records: runs } : scopeOf(query, given)
  return { summaries: true, records: runs }
}

async function ask(engine: QueryEngine, sparql: string, scope: Scope, asked: string): Promise<Answer> {
  try {
    return await engine.query(sparql, scope)
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

async function readQueryFile(file: string): Promise<CatalogueQuery> {
  let sparql
  try {
    sparql = await readFile(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`Cannot read the query ${file}: ${whyUnreadable(cause)}`, {
      cause,
      advice: 'vampira queries lists the ready-made ones',
    })
  }
  if (sparql.startsWith('#+')) return { name: file, sparql, ...readQueryHeader(file, sparql) }
  return { name: file, sparql, summary: '', answers: [], parameters: [], columns: [], reads: 'summaries' }
}

function formatOf(text: string | undefined): AnswerFormat | undefined {
  if (text === undefined) return undefined
  const format = answerFormats.find((each) => each === text)
  if (format !== undefined) return format
  throw new UsageError(`${text} is not a format of answers`, {
    advice: `Use ${answerFormats.join(', ')}`,
  })
}
