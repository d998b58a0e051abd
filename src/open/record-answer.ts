import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { catalogueQuery } from '../query/catalogue.ts'
import { digestIri } from '../rdf/digest-iri.ts'
import { dateTimeLiteral, stringLiteral } from '../rdf/literals.ts'
import { KINDS, NAMESPACES } from '../rdf/vocabulary.ts'
import { writeIri } from '../rdf/write-term.ts'
import type { Store } from '../store/store.ts'

/** An answer to a use case, as far as it is kept. */
export interface AnswerToRecord {
  question: string
  runs: readonly string[]
  queries: readonly { query: string }[]
}

/**
 * Keeps an answer with the latest of the runs that it rests on, as PROV: an activity that used these runs and these
 * versions of the queries, and the answer that it generated.
 *
 * @param made.commandLine words that ask again: `vampira anomalies survey`
 * @returns the answer's IRI
 * @throws UsageError where it rests on no run of this store
 */
export async function recordAnswer(
  store: Store,
  answer: AnswerToRecord,
  made: { commandLine: readonly string[]; started: Date; ended: Date },
): Promise<string> {
  const here = new Set((await store.runs()).map(({ id }) => id))
  const latest = answer.runs
    .filter((run) => here.has(run))
    .toSorted()
    .at(-1)
  if (latest === undefined) {
    throw new UsageError('The answer rests on no run of this store, with which it could be kept', {
      advice: 'Leave --record out, or ask in the store that has the runs.',
    })
  }
  const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string
  }
  const plans = await Promise.all(
    [...new Set(answer.queries.map(({ query }) => query))].map(async (name) => {
      const { sparql } = await catalogueQuery(name)
      return { name, iri: digestIri(createHash('sha256').update(sparql).digest()) }
    }),
  )
  const { runs, queries: _, ...kept } = answer
  const software = `pkg:npm/vampira@${version}`
  const graph = await store.annotate(latest, (name) => {
    const [answerIri, answering] = [`${name}-answer`, `${name}-answering`]
    const used = [...runs, ...plans.map(({ iri }) => iri)].map(writeIri).join(', ')
    return [
      ...Object.entries(NAMESPACES).map(([prefix, iri]) => `PREFIX ${prefix}: ${writeIri(iri)}`),
      `${writeIri(name)} {`,
      `${writeIri(answerIri)}${KINDS.answer.turtle} ;`,
      `  rdfs:label ${stringLiteral(answer.question)} ;`,
      `  prov:value ${stringLiteral(JSON.stringify(kept))}^^rdf:JSON ;`,
      `  prov:wasGeneratedBy ${writeIri(answering)} .`,
      `${writeIri(answering)}${KINDS.answering.turtle} ;`,
      `  vam:commandLine ${stringLiteral(JSON.stringify(made.commandLine))}^^rdf:JSON ;`,
      `  prov:startedAtTime ${dateTimeLiteral(nanoseconds(made.started))} ;`,
      `  prov:endedAtTime ${dateTimeLiteral(nanoseconds(made.ended))} ;`,
      `  prov:wasAssociatedWith ${writeIri(software)} ;`,
      `  prov:used ${used} .`,
      ...plans.map(
        ({ name: query, iri }) =>
          `${writeIri(iri)}${KINDS.query.turtle} ; rdfs:label ${stringLiteral(query)} .`,
      ),
      `${writeIri(software)}${KINDS.software.turtle} ; schema:softwareVersion ${stringLiteral(version)} .`,
      '}',
      '',
    ].join('\n')
  })
  return `${graph}-answer`
}

function nanoseconds(date: Date): bigint {
  return BigInt(date.getTime()) * 1_000_000n
}
