import { catalogue, readRequirementTable, UsageError } from '../src/index.ts'
import { didYouMean } from '../src/near-word.ts'
import type { CatalogueQuery } from '../src/index.ts'
import type { CliCommand } from './command.ts'
import { formatTable } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'

export const command: CliCommand = {
  arguments: '[name]',
  description: 'Shows what there is to ask: the ready-made queries by use case, or all about one of them.',
  examples: [
    ['vampira queries', 'every query, grouped by the use case that it serves'],
    ['vampira queries components', 'what the query `components` takes and what it answers'],
  ],
  store: false,
  async run(terminal, [name], options) {
    if (name !== undefined) {
      const query = await findQuery(name)
      return options.json === true ? terminal.printJson(query) : terminal.print(describe(terminal, query))
    }
    const all = await catalogue()
    if (options.json === true) return terminal.printJson(all)
    const { useCases } = await readRequirementTable()
    const groups = [{ id: 'everyday', name: '' }, ...useCases]
    for (const [at, group] of groups.entries()) {
      const here = all.filter(({ answers }) => answers.includes(group.id))
      if (here.length === 0) continue
      if (at > 0) await terminal.print('')
      await terminal.print(terminal.style('bold', `${group.id} ${group.name}`.trim()))
      const columns = [
        { title: 'query', text: (query: CatalogueQuery) => query.name, fixed: true },
        { title: 'answers', text: (query: CatalogueQuery) => query.summary },
      ]
      await terminal.print(formatTable(terminal, columns, here).slice(1))
    }
    await terminal.print('', 'Ask one with vampira query NAME; see what it takes with vampira queries NAME.')
  },
}

/** A query of the catalogue. @throws UsageError with the nearest name. */
export async function findQuery(name: string): Promise<CatalogueQuery> {
  const all = await catalogue()
  const found = all.find((query) => query.name === name)
  if (found !== undefined) return found
  throw new UsageError(`There is no query named ${name}`, {
    advice: didYouMean(
      name,
      all.map((query) => query.name),
      'vampira queries lists them; a file needs its ending .rq',
    ),
  })
}

function describe(terminal: Terminal, query: CatalogueQuery): string[] {
  const heading = (text: string) => terminal.style('bold', text)
  type Row = { name: string; text: string }
  const rows = (list: readonly Row[]) => {
    const columns = [
      { title: '', text: (row: Row) => `  ${row.name}`, fixed: true },
      { title: '', text: (row: Row) => row.text },
    ]
    return formatTable(terminal, columns, list).slice(1)
  }
  const parameters = query.parameters.map(({ name, type, many, required, default: usual, description }) => ({
    name: `--param ${name}=${many ? `${type}, may be repeated` : type}`,
    text: `${description}${required ? ' (required)' : ''}${usual === undefined ? '' : ` (default ${usual})`}`,
  }))
  return [
    `${heading(query.name)}  ${query.summary}`,
    `answers ${query.answers.join(', ')}; reads ${query.reads === 'records' ? 'full records' : 'summaries'}`,
    ...(parameters.length === 0 ? [] : ['', heading('Takes'), ...rows(parameters)]),
    '',
    heading('Gives'),
    ...rows(query.columns.map(({ name, description }) => ({ name, text: description }))),
  ]
}
