import type { Term } from '@rdfjs/types'
import { NAMESPACES, serializeQuads, toCsv, toSparqlJson, toTsv, UsageError } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { plainText } from '../src/report/format-answer.ts'
import { formatTime } from '../src/report/format-quantity.ts'
import type { Answer, Row } from '../src/index.ts'
import { formatTable } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'

export const answerFormats = ['table', 'json', 'csv', 'tsv', 'turtle'] as const
export type AnswerFormat = (typeof answerFormats)[number]

/** Characters. */
const writtenAtOnce = 100_000

/**
 * Prints an answer; without a format, a graph as Turtle and everything else as a table.
 * @param shows the columns of a table, whose cells are then shortened; empty for all as they are
 */
export async function printAnswer(
  terminal: Terminal,
  answer: Answer,
  format?: AnswerFormat,
  shows: readonly string[] = [],
): Promise<void> {
  if (answer.type === 'quads') {
    if (format !== undefined && format !== 'turtle' && format !== 'json') {
      throw new UsageError(`The answer is a graph, which ${format} cannot say`, {
        advice: 'Use turtle, or json for JSON-LD',
      })
    }
    const syntax = format === 'json' ? 'jsonld' : 'turtle'
    for await (const chunk of serializeQuads(answer.quads, syntax)) await terminal.write(chunk)
    return
  }
  if (format === 'turtle') {
    throw new UsageError('The answer is a table, not a graph', {
      advice: 'Use table, json, csv or tsv, or ask with CONSTRUCT',
    })
  }
  if (format === 'json') return terminal.printJson(toSparqlJson(answer))
  if (format === 'csv' || format === 'tsv') {
    let text = ''
    for (const line of format === 'csv' ? toCsv(answer) : toTsv(answer)) {
      text += line
      if (text.length < writtenAtOnce) continue
      await terminal.write(text)
      text = ''
    }
    return terminal.write(text)
  }
  if (answer.type === 'boolean') return terminal.print(answer.value ? 'yes' : 'no')
  const short = shows.length > 0
  // Thousands of rows have few terms.
  const texts = new Map<Term | undefined, string>()
  const textOf = (term: Term | undefined) => {
    let text = texts.get(term)
    if (text === undefined) texts.set(term, (text = short ? shortest(term) : shortText(term)))
    return text
  }
  const columns = (short ? shows : answer.variables).map((name) => ({
    title: name,
    text: (row: Row) => textOf(row[name]),
    align: answer.rows.every((row) => isNumber(row[name])) ? ('right' as const) : ('left' as const),
    cut: answer.rows.some((row) => row[name]?.termType === 'NamedNode')
      ? ('middle' as const)
      : ('end' as const),
  }))
  await terminal.print(formatTable(terminal, columns, answer.rows))
  const rows = countOf(answer.rows.length, 'row')
  const more = shows.length < answer.variables.length && short ? '; --format csv has all columns in full' : ''
  terminal.note(terminal.style('dim', rows + more))
}

/** A term as people read it: known namespaces as prefixes, a run by the beginning of its UUID. */
function shortText(term: Term | undefined): string {
  if (term?.termType !== 'NamedNode') return plainText(term)
  const found = Object.entries(NAMESPACES).find(([, namespace]) => term.value.startsWith(namespace))
  return found === undefined ? term.value : `${found[0]}:${term.value.slice(found[1].length)}`
}

/** A term that can be recognised beside others: a run and a content by their first letters, a file by its path. */
function shortest(term: Term | undefined): string {
  const text = shortText(term)
  if (isNumber(term))
    return text.includes('.') && text.length > 8 ? String(Number(Number(text).toPrecision(5))) : text
  if (term?.termType === 'Literal' && term.datatype.value.endsWith('#dateTime')) return formatTime(text)
  const found =
    /^urn:uuid:([0-9a-f-]{13})[0-9a-f-]{23}$/.exec(text) ??
    /^ni:\/\/\/sha-256;(.{8})/.exec(text) ??
    /^\S+[:/](?:parameter|metric)[:/]\S*?([^.:/]+)$/.exec(text) ??
    /^file:\/\/(\/.*)$/.exec(text)
  return found?.[1] ?? text
}

function isNumber(term: Term | undefined): boolean {
  return term === undefined || (term.termType === 'Literal' && numeric.test(term.datatype.value))
}

const numeric = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/
