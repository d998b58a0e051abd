import type { Detail, Run } from '../record/run.ts'
import { integerLiteral, stringLiteral } from '../rdf/literals.ts'
import { KINDS } from '../rdf/vocabulary.ts'
import type { Bundle } from './bundle.ts'
import { packageIri } from './names.ts'
import { writeSoftware } from './write-agents.ts'

const DETAIL_LEVELS: Record<Detail, string> = {
  full: 'vam:Full',
  adaptive: 'vam:Adaptive',
  summary: 'vam:Grouped',
}

/** What is known of a record when it is complete. */
export interface WrittenRecord {
  tripleCount: number
  /** Its canonical hash; undefined if it has more triples than are hashed. */
  hash: string | undefined
  /** How many triples are hashed at most. */
  bound: number
}

/** Writes about a complete record, into the summary: its size, its hash, and which software wrote it. */
export function writeRecordNode(bundle: Bundle, run: Run, { tripleCount, hash, bound }: WrittenRecord): void {
  const { sink } = bundle
  const makers = [
    writeSoftware(bundle, packageIri(`pkg:npm/vampira@${run.recorderVersion}`), run.recorderVersion),
    ...run.agents.map(({ name, version }) =>
      writeSoftware(bundle, packageIri(`pkg:npm/vampira@${run.recorderVersion}#agents/${name}`), version),
    ),
  ]
  sink.begin('run:record', KINDS.record)
  sink.add('vam:detail', DETAIL_LEVELS[run.detail])
  sink.add('vam:droppedEventCount', integerLiteral(run.droppedEvents))
  sink.add('vam:redactedCount', integerLiteral(run.redacted))
  sink.add('vam:excludedCount', integerLiteral(run.exclude.length))
  for (const pattern of run.ignore) sink.add('vam:ignored', stringLiteral(pattern))
  sink.add('void:triples', integerLiteral(tripleCount))
  if (hash !== undefined) sink.add('vam:canonicalHash', stringLiteral(hash))
  else {
    const reason = `The record has more than ${bound} triples, too many to sort in memory`
    sink.add('vam:noDigestBecause', stringLiteral(reason))
  }
  for (const maker of new Set(makers)) sink.add('prov:wasAttributedTo', maker)
  sink.add('vam:describes', bundle.run)
  sink.end()
  sink.begin('run:summary', KINDS.summaryBundle)
  sink.add('prov:wasDerivedFrom', 'run:record')
  sink.add('vam:describes', bundle.run)
  sink.end()
}
