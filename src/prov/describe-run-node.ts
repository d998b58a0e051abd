import { scalarLiteral } from './scalar.ts'
import type { Run } from '../record/run.ts'
import type { Bundle } from './bundle.ts'
import { tellOperator } from './describe-agents.ts'
import { addGaps, addProperties, tellGaps, tellProperties } from './describe-call.ts'
import { pipelineTerms, tellEnvironment, tellPipeline } from './describe-context.ts'
import {
  dateTimeLiteral,
  integerLiteral,
  jsonLiteral,
  secondsLiteral,
  stringLiteral,
} from '../rdf/literals.ts'
import { KINDS } from '../rdf/vocabulary.ts'

/**
 * The run itself, who ran it, its pipeline and environment: completely in the record, and in the summary what questions
 * across runs ask. Answers the token of the person.
 */
export function tellRun(
  bundle: Bundle,
  run: Run,
  where: { part: 'record' } | { part: 'summary'; sources: readonly string[] },
): string {
  const { sink } = bundle
  const complete = where.part === 'record'
  const operator = tellOperator(bundle, run.operator)
  const pipeline = pipelineTerms(bundle, run.pipeline)
  tellPipeline(bundle, run.pipeline, pipeline, complete ? 'with sources' : 'without sources')
  const environment = tellEnvironment(
    bundle,
    run.environment,
    complete ? 'with packages' : 'without packages',
  )
  sink.begin(bundle.run, KINDS.run)
  sink.add('rdfs:label', stringLiteral(run.label))
  sink.add('prov:startedAtTime', dateTimeLiteral(run.startedAt))
  bundle.maybe('prov:endedAtTime', run.endedAt, dateTimeLiteral)
  sink.add('vam:status', `vam:${run.status}`)
  bundle.maybe('vam:exitCode', run.exitCode, integerLiteral)
  bundle.maybe('vam:signal', run.signal, stringLiteral)
  sink.add('vam:commandLine', jsonLiteral(run.commandLine))
  sink.add('vam:workingDirectory', stringLiteral(run.workingDirectory))
  bundle.maybe('vam:wallSeconds', run.wall, secondsLiteral)
  bundle.maybe('vam:cpuSeconds', run.cpu, secondsLiteral)
  bundle.maybe('vam:peakMemoryBytes', run.peakMemory, integerLiteral)
  bundle.maybe('vam:readBytes', run.readBytes, integerLiteral)
  bundle.maybe('vam:writtenBytes', run.writtenBytes, integerLiteral)
  bundle.maybe('vam:hostHash', run.hostHash, stringLiteral)
  sink.add('vam:environment', environment)
  sink.add('prov:wasAssociatedWith', operator)
  if (where.part === 'record') {
    if (run.memoryCurve.length > 0) sink.add('vam:memoryCurve', jsonLiteral(run.memoryCurve))
    sink.add('prov:wasInfluencedBy', environment)
    sink.add('prov:qualifiedAssociation', 'run:association')
  } else {
    sink.add('vam:pipeline', pipeline.idea)
    sink.add('vam:pipelineVersion', pipeline.version)
    for (const source of where.sources) sink.add('prov:used', source)
  }
  addProperties(bundle, bundle.run, run.metadata)
  run.variables.forEach((_, index) => sink.add('vam:variable', `run:variable-${index + 1}`))
  addGaps(bundle, bundle.run, run.gaps)
  sink.end()
  if (complete) {
    sink.begin('run:association', KINDS.association)
    sink.add('prov:agent', operator)
    sink.add('prov:hadRole', 'vam:Operator')
    sink.add('prov:hadPlan', pipeline.version)
    sink.end()
  }
  tellProperties(bundle, bundle.run, run.metadata)
  run.variables.forEach(({ name, value }, index) => {
    sink.begin(`run:variable-${index + 1}`, KINDS.property)
    sink.add('schema:propertyID', stringLiteral(name))
    sink.add('schema:value', scalarLiteral(value))
    sink.end()
  })
  tellGaps(bundle, bundle.run, run.gaps)
  return operator
}
