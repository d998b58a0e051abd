import { createHash } from 'node:crypto'
import type { Environment, PipelineVersion } from '../record/run.ts'
import type { Bundle } from './bundle.ts'
import { writePackage } from './write-component.ts'
import { writeSource } from './write-data.ts'
import { booleanLiteral, integerLiteral, stringLiteral } from '../rdf/literals.ts'
import {
  contentIri,
  environmentIri,
  pipelineIri,
  pipelineVersionIri,
  readPackage,
  repositoryIri,
} from './names.ts'
import { KINDS } from '../rdf/vocabulary.ts'

/** Tokens of a pipeline and of its version. */
export interface PipelineTerms {
  idea: string
  version: string
}

export function pipelineTerms(bundle: Bundle, pipeline: PipelineVersion): PipelineTerms {
  return {
    idea: bundle.token(pipelineIri(bundle.base, pipeline.name)),
    version: bundle.token(pipelineVersionIri(pipeline)),
  }
}

/** The pipeline as an idea, and this version of it; its sources only on request, because they are many. */
export function writePipeline(
  bundle: Bundle,
  pipeline: PipelineVersion,
  terms: PipelineTerms,
  sources: 'with sources' | 'without sources',
): void {
  const { sink } = bundle
  sink.begin(terms.idea, KINDS.pipeline)
  sink.add('schema:name', stringLiteral(pipeline.name))
  sink.end()
  const complete = sources === 'with sources'
  const parts = complete ? pipeline.sources.map((source) => writeSource(bundle, source)) : []
  const diff =
    complete && pipeline.diff !== undefined ? writeText(bundle, pipeline.diff, 'text/x-diff') : undefined
  sink.begin(terms.version, KINDS.pipelineVersion)
  sink.add('prov:specializationOf', terms.idea)
  bundle.maybe('schema:codeRepository', pipeline.repository, (origin) => `<${repositoryIri(origin)}>`)
  bundle.maybe('vam:commit', pipeline.commit, stringLiteral)
  bundle.maybe('vam:uncommittedChanges', pipeline.uncommittedChanges, booleanLiteral)
  bundle.maybe('vam:uncommittedDiff', diff, String)
  for (const part of parts) sink.add('dcterms:hasPart', part)
  sink.end()
}

/** A text that is kept whole, as content. Returns its token. */
function writeText(bundle: Bundle, text: string, format: string): string {
  const sha256 = createHash('sha256').update(text).digest('hex')
  const token = `<${contentIri(sha256)}>`
  if (bundle.once(token)) {
    bundle.sink.begin(token, KINDS.content)
    bundle.sink.add('prov:value', stringLiteral(text))
    bundle.sink.add('vam:sizeBytes', integerLiteral(Buffer.byteLength(text)))
    bundle.sink.add('vam:sha256', stringLiteral(sha256))
    bundle.sink.add('dcterms:format', stringLiteral(format))
    bundle.sink.end()
  }
  return token
}

/** Where it ran; its packages only on request. Returns its token. */
export function writeEnvironment(
  bundle: Bundle,
  environment: Environment,
  packages: 'with packages' | 'without packages',
): string {
  const { sink } = bundle
  const token = bundle.token(environmentIri(environment))
  const complete = packages === 'with packages'
  const parts = complete ? environment.packages.map((each) => writePackage(bundle, each)) : []
  const interpreter = environment.interpreter
  const interpreterToken = interpreter && writePackage(bundle, interpreter)
  sink.begin(token, KINDS.environment)
  sink.add('rdfs:label', stringLiteral(environmentLabel(environment)))
  sink.add('vam:operatingSystem', stringLiteral(environment.os))
  sink.add('vam:machine', stringLiteral(environment.machine))
  bundle.maybe('vam:cpuModel', environment.cpuModel, stringLiteral)
  sink.add('vam:cpuCount', integerLiteral(environment.cpuCount))
  sink.add('vam:memoryBytes', integerLiteral(environment.memoryBytes))
  bundle.maybe('vam:container', environment.container, stringLiteral)
  bundle.maybe('vam:interpreter', interpreterToken, String)
  for (const part of new Set(complete && interpreterToken ? [...parts, interpreterToken] : parts)) {
    sink.add('vam:package', part)
  }
  sink.end()
  return token
}

/** Packages beyond which a summary leaves them to the record. */
const mostPackages = 300

/** Names and versions of the packages of an environment, in that order, for summaries; undefined where they are too many. */
export function packageOverview({ packages, interpreter }: Environment): string[][] | undefined {
  const all = [...packages, ...(interpreter === undefined ? [] : [readPackage(interpreter)])]
  const pairs = all.map(({ name, version }) => (version === undefined ? [name] : [name, version]))
  const distinct = new Map(pairs.map((pair) => [pair.join('\0'), pair]))
  if (distinct.size > mostPackages) return undefined
  const byText = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b))
  return [...distinct].sort(byText).map(([, pair]) => pair)
}

/** `Linux 6.1, 2 x x86_64, 24 GiB, cpython 3.11.7` */
function environmentLabel(environment: Environment): string {
  const system = environment.os.replace(/^(\S+ \d+(?:\.\d+)?).*$/, '$1')
  const memory = `${Math.round(environment.memoryBytes / 2 ** 30)} GiB`
  const facts = [system, `${environment.cpuCount} x ${environment.machine}`, memory]
  if (environment.interpreter !== undefined) {
    const { name, version } = readPackage(environment.interpreter)
    facts.push(version === undefined ? name : `${name} ${version}`)
  }
  return facts.join(', ')
}
