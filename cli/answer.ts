import type { Term } from '@rdfjs/types'
import { NAMESPACES, serializeQuads, toCsv, toSparqlJson, toTsv, UsageError } from '../src/index.ts'
import { plainText } from '../src/report/format-answer.ts'
import type { Answer, Row } from '../src/index.ts'
import { formatTable } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'

export const answerFormats = ['table', 'json', 'csv', 'tsv', 'turtle'] as const
export type AnswerFormat = (typeof answerFormats)[number]

/** Prints an answer; without a format, a graph as Turtle and everything else as a table. */
export async function printAnswer(terminal: Terminal, answer: Answer, format?: AnswerFormat): Promise<void> {
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
    for (const line of format === 'csv' ? toCsv(answer) : toTsv(answer)) await terminal.write(line)
    return
  }
  if (answer.type === 'boolean') return terminal.print(answer.value ? 'yes' : 'no')
  const columns = answer.variables.map((name) => ({
    title: name,
    text: (row: Row) => shortText(row[name]),
    align: answer.rows.every((row) => isNumber(row[name])) ? ('right' as const) : ('left' as const),
    cut: answer.rows.some((row) => row[name]?.termType === 'NamedNode')
      ? ('middle' as const)
      : ('end' as const),
  }))
  await terminal.print(...formatTable(terminal, columns, answer.rows))
  terminal.note(terminal.style('dim', answer.rows.length === 1 ? '1 row' : `${answer.rows.length} rows`))
}

/** A term as people read it: known namespaces as prefixes, a run by the beginning of its UUID. */
function shortText(term: Term | undefined): string {
  if (term?.termType !== 'NamedNode') return plainText(term)
  const found = Object.entries(NAMESPACES).find(([, namespace]) => term.value.startsWith(namespace))
  return found === undefined ? term.value : `${found[0]}:${term.value.slice(found[1].length)}`
}

function isNumber(term: Term | undefined): boolean {
  return term === undefined || (term.termType === 'Literal' && numeric.test(term.datatype.value))
}

const numeric = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/
