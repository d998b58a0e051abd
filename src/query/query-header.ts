import { QueryError } from '../errors.ts'

/** What a parameter takes; `many` ones take a list. */
export interface QueryParameter {
  name: string
  type: 'iri' | 'literal' | 'integer'
  many: boolean
  required: boolean
  default: string | undefined
  description: string
}

export interface QueryColumn {
  name: string
  description: string
}

/** The `#+` lines at the top of a file of queries/: what it answers, takes, gives and reads. */
export interface QueryHeader {
  /** One sentence. */
  summary: string
  /** Use cases (UC1 … UC9), or `everyday`. */
  answers: readonly string[]
  parameters: readonly QueryParameter[]
  columns: readonly QueryColumn[]
  /** The columns that a table for people has; empty for all. */
  shows: readonly string[]
  /**
   * Whether it reads summaries or full records. `summaries of runs`: of those runs only that its parameter `run` names,
   * where it is given.
   */
  reads: (typeof kindsOfGraphs)[number]
}

const kindsOfGraphs = ['summaries', 'summaries of runs', 'records'] as const

const sections = ['summary', 'answers', 'params', 'returns', 'shows', 'reads'] as const
type Section = (typeof sections)[number]

/** @throws QueryError naming the file and line of a header line that is missing or cannot be read. */
export function readQueryHeader(file: string, text: string): QueryHeader {
  const lines: Record<Section, { text: string; line: number }[]> = {
    summary: [],
    answers: [],
    params: [],
    returns: [],
    shows: [],
    reads: [],
  }
  let section: Section | undefined
  for (const [index, line] of text.split('\n').entries()) {
    if (!line.startsWith('#+')) break
    const content = line.slice(2)
    const start = /^ (\w+):(.*)$/.exec(content)
    const name = sections.find((each) => each === start?.[1])
    if (start !== null && name === undefined) {
      throw badHeader(file, index + 1, `\`${start[1]}\` is not one of ${sections.join(', ')}`)
    }
    section = name ?? section
    const rest = (start?.[2] ?? content).trim()
    if (section === undefined) throw badHeader(file, index + 1, 'it stands before the first section')
    if (rest !== '') lines[section].push({ text: rest, line: index + 1 })
  }
  for (const each of sections) {
    if (each !== 'params' && each !== 'shows' && lines[each].length === 0)
      throw badHeader(file, 1, `\`#+ ${each}:\` is missing`)
  }
  const columns = lines.returns.map((line) => readColumn(file, line.line, line.text))
  return {
    summary: lines.summary.map((line) => line.text).join(' '),
    answers: readAnswers(file, lines.answers),
    parameters: lines.params.map((line) => readParameter(file, line.line, line.text)),
    columns,
    shows: readShows(file, lines.shows, columns),
    reads: readReads(file, lines.reads),
  }
}

type Line = { text: string; line: number }

function readAnswers(file: string, lines: readonly Line[]): string[] {
  return lines.flatMap(({ text, line }) =>
    text.split(/[,\s]+/).map((word) => {
      if (!/^(UC[1-9]|everyday)$/.test(word))
        throw badHeader(file, line, `\`${word}\` is neither UC1 … UC9 nor everyday`)
      return word
    }),
  )
}

function readParameter(file: string, line: number, text: string): QueryParameter {
  const match = /^(\w+) (iri|literal|integer)(\+?)(?: (required)| = ([^:]*?))?: (.+)$/.exec(text)
  if (match === null) {
    throw badHeader(
      file,
      line,
      'a parameter is `name iri|literal|integer[+] [required| = default]: description`',
    )
  }
  return {
    name: match[1] ?? '',
    type: match[2] as QueryParameter['type'],
    many: match[3] === '+',
    required: match[4] !== undefined,
    default: match[5],
    description: match[6] ?? '',
  }
}

function readColumn(file: string, line: number, text: string): QueryColumn {
  const match = /^(\w+): (.+)$/.exec(text)
  if (match === null) throw badHeader(file, line, 'a column is `name: description`')
  return { name: match[1] ?? '', description: match[2] ?? '' }
}

function readShows(file: string, lines: readonly Line[], columns: readonly QueryColumn[]): string[] {
  return lines.flatMap(({ text, line }) =>
    text.split(/[,\s]+/).map((name) => {
      if (!columns.some((column) => column.name === name))
        throw badHeader(file, line, `\`${name}\` is not a column of \`returns\``)
      return name
    }),
  )
}

function readReads(file: string, lines: readonly Line[]): QueryHeader['reads'] {
  const { text, line } = lines[0] ?? { text: '', line: 1 }
  const kind = kindsOfGraphs.find((each) => each === text)
  if (kind === undefined) throw badHeader(file, line, `\`reads\` is one of ${kindsOfGraphs.join(', ')}`)
  return kind
}

function badHeader(file: string, line: number, reason: string): QueryError {
  return new QueryError(`Cannot read the header of the query ${file}, line ${line}: ${reason}`, {
    malformed: true,
    place: { file, line },
    advice: 'See docs/queries.md for what a header says.',
  })
}
