import { StoreError, VampiraError } from '../../errors.ts'
import { parseQuads } from '../../formats/parse.ts'
import { findStatus } from '../store.ts'
import type { RunEntry, StoredGraph } from '../store.ts'
import { NAMESPACES } from '../../rdf/vocabulary.ts'

const { prov, rdf, rdfs, schema, vam } = NAMESPACES
const VOID = NAMESPACES.void

/** A run's line of the index, read again from its summary. @throws StoreError that names the file and line */
export async function readEntry(summary: StoredGraph): Promise<RunEntry> {
  const { file = summary.graph } = summary
  const facts = new Map<string, Map<string, string[]>>()
  try {
    for await (const { subject, predicate, object } of parseQuads(summary.text(), {
      format: summary.mediaType,
      file,
    })) {
      let about = facts.get(subject.value)
      if (about === undefined) facts.set(subject.value, (about = new Map()))
      const values = about.get(predicate.value)
      if (values === undefined) about.set(predicate.value, [object.value])
      else values.push(object.value)
    }
  } catch (error) {
    if (!(error instanceof VampiraError)) throw error
    throw damaged(file, error.message, error)
  }
  return entryOf(facts, summary.graph.slice(0, summary.graph.lastIndexOf('#')), file)
}

function entryOf(
  facts: ReadonlyMap<string, ReadonlyMap<string, string[]>>,
  id: string,
  file: string,
): RunEntry {
  const all = (subject: string, predicate: string) => facts.get(subject)?.get(predicate) ?? []
  const one = (subject: string, predicate: string) => all(subject, predicate)[0]
  const must = (subject: string, predicate: string) => {
    const value = one(subject, predicate)
    if (value === undefined) throw damaged(file, `${subject} has no ${predicate}`)
    return value
  }
  const record = `${id}#record`
  const calls = [...facts.values()]
    .filter((about) => about.get(`${rdf}type`)?.includes(`${vam}ComponentSummary`))
    .map((about) => Number(about.get(`${vam}callCount`)?.[0] ?? 0))
  const metadata = all(id, `${schema}additionalProperty`).map((node): [string, string] => [
    must(node, `${schema}propertyID`),
    one(node, `${schema}value`) ?? '',
  ])
  const status = findStatus(must(id, `${vam}status`).slice(vam.length))
  if (status === undefined) throw damaged(file, `its ${vam}status is none of a run`)
  const commandLine = parseWords(must(id, `${vam}commandLine`))
  if (commandLine === undefined) throw damaged(file, `its ${vam}commandLine is no list of words`)
  const endedAt = one(id, `${prov}endedAtTime`)
  const exitCode = one(id, `${vam}exitCode`)
  const wallSeconds = one(id, `${vam}wallSeconds`)
  const canonicalHash = one(record, `${vam}canonicalHash`)
  return {
    id,
    name: must(must(id, `${vam}pipeline`), `${schema}name`),
    label: must(id, `${rdfs}label`),
    startedAt: must(id, `${prov}startedAtTime`),
    ...(endedAt === undefined ? {} : { endedAt }),
    status,
    ...(exitCode === undefined ? {} : { exitCode: Number(exitCode) }),
    ...(wallSeconds === undefined ? {} : { wallSeconds: Number(wallSeconds) }),
    callCount: calls.reduce((sum, count) => sum + count, 0),
    commandLine,
    ...(metadata.length === 0 ? {} : { metadata: Object.fromEntries(metadata) }),
    tripleCount: Number(one(record, `${VOID}triples`) ?? 0),
    ...(canonicalHash === undefined ? {} : { canonicalHash }),
  }
}

/** A list of words in JSON; undefined for anything else. */
function parseWords(text: string): string[] | undefined {
  try {
    const words: unknown = JSON.parse(text)
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined
  } catch {
    return undefined
  }
}

function damaged(file: string, reason: string, cause?: VampiraError): StoreError {
  const line = cause?.place?.line
  return new StoreError(`A stored summary is damaged: ${reason}`, {
    place: { file, ...(line === undefined ? {} : { line }) },
    advice:
      'Restore the file from a backup, or move its folder out of the store; other runs are not affected.',
    ...(cause === undefined ? {} : { cause }),
  })
}
