import { scalarLiteral } from './scalar.ts'
import type { Quality } from '../record/run.ts'
import { activityToken, type Bundle } from './bundle.ts'
import { stringLiteral } from '../rdf/literals.ts'
import { encodeIri, isIri, metricIri } from './names.ts'
import { KINDS } from '../rdf/vocabulary.ts'

/**
 * A quality measurement as DQV has it. Made by the call that computed it, or else said by the person.
 *
 * @param on token of what was measured
 * @param maker token of the activity that computed it, where the graph tells of it
 */
export function tellQuality(
  bundle: Bundle,
  quality: Quality,
  n: number,
  on: string,
  maker: string | undefined,
  operator: string,
): void {
  const { sink } = bundle
  sink.begin(`run:quality-${n}`, KINDS.quality)
  sink.add('dqv:computedOn', on)
  sink.add('dqv:isMeasurementOf', bundle.token(metricIri(bundle.base, quality.metric)))
  sink.add('dqv:value', scalarLiteral(quality.value))
  if (quality.unit !== undefined) {
    if (isIri(quality.unit)) sink.add('qudt:unit', bundle.token(encodeIri(quality.unit)))
    else sink.add('vam:unit', stringLiteral(quality.unit))
  }
  if (maker !== undefined) sink.add('prov:wasGeneratedBy', maker)
  else if (quality.by === undefined) sink.add('prov:wasAttributedTo', operator)
  sink.end()
}

/** Token of what a measurement is of, in the record: the run, a call, or a version of a file. */
export function measuredToken(bundle: Bundle, on: Quality['on']): string {
  if (on === 'run') return bundle.run
  return 'file' in on ? `run:file-${on.file}` : activityToken(on)
}
