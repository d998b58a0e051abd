import type { Json } from '../canonical-json.ts'
import { scalarLiteral } from './scalar.ts'
import type { Run } from '../record/run.ts'
import type { Bundle } from './bundle.ts'
import { writeOperator } from './write-agents.ts'
import { writeSource } from './write-data.ts'
import { addGaps, addProperties, writeGaps, writeProperties } from './write-call.ts'
import { packageOverview, pipelineTerms, writeEnvironment, writePipeline } from './write-context.ts'
import {
  dateTimeLiteral,
  doubleLiteral,
  integerLiteral,
  jsonLiteral,
  secondsLiteral,
  stringLiteral,
} from '../rdf/literals.ts'
import { KINDS } from '../rdf/vocabulary.ts'

/** What a summary says of a run that its record says call by call. */
interface SummaryFacts {
  part: 'summary'
  /** Tokens of what was read and not made. */
  sources: readonly string[]
  /** Undefined where they are too many. */
  files: Json | undefined
  returns: Json | undefined
}

/**
 * The run itself, who ran it, its pipeline and environment: completely in the record, and in the summary what questions
 * across runs ask. Returns the token of the person.
 */
export function writeRunNode(bundle: Bundle, run: Run, where: { part: 'record' } | SummaryFacts): string {
  const { sink } = bundle
  const complete = where.part === 'record'
  const operator = writeOperator(bundle, run.operator)
  const pipeline = pipelineTerms(bundle, run.pipeline)
  writePipeline(bundle, run.pipeline, pipeline, complete ? 'with sources' : 'without sources')
  const environment = writeEnvironment(
    bundle,
    run.environment,
    complete ? 'with packages' : 'without packages',
  )
  const locks = run.lockFiles.map((file) => writeSource(bundle, file, where.part))
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
  bundle.maybe('vam:loadAtStart', run.load?.[0], doubleLiteral)
  bundle.maybe('vam:loadAtEnd', run.load?.[1], doubleLiteral)
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
    bundle.maybe('vam:fileOverview', where.files, jsonLiteral)
    bundle.maybe('vam:packageOverview', packageOverview(run.environment), jsonLiteral)
    bundle.maybe('vam:returnOverview', where.returns, jsonLiteral)
  }
  addProperties(bundle, bundle.run, run.metadata)
  run.variables.forEach((_, index) => sink.add('vam:variable', `run:variable-${index + 1}`))
  run.seeds.forEach((_, index) => sink.add('vam:seed', `run:seed-${index + 1}`))
  for (const lock of locks) sink.add('vam:lockFile', lock)
  addGaps(bundle, bundle.run, run.gaps)
  sink.end()
  if (complete) {
    sink.begin('run:association', KINDS.association)
    sink.add('prov:agent', operator)
    sink.add('prov:hadRole', 'vam:Operator')
    sink.add('prov:hadPlan', pipeline.version)
    sink.end()
  }
  writeProperties(bundle, bundle.run, run.metadata)
  const write = (token: string, { name, value }: Run['variables'][number]) => {
    sink.begin(token, KINDS.property)
    sink.add('schema:propertyID', stringLiteral(name))
    sink.add('schema:value', scalarLiteral(value))
    sink.end()
  }
  run.variables.forEach((variable, index) => write(`run:variable-${index + 1}`, variable))
  run.seeds.forEach((seed, index) => write(`run:seed-${index + 1}`, seed))
  writeGaps(bundle, bundle.run, run.gaps)
  return operator
}
