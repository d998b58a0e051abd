import { scalarLiteral } from './scalar.ts'
import type { Content, ContentFacts, FileVersion, Keeping, SourceFile, Value } from '../record/run.ts'
import { activityToken, type Bundle } from './bundle.ts'
import { booleanLiteral, doubleLiteral, integerLiteral, jsonLiteral, stringLiteral } from '../rdf/literals.ts'
import { contentIri, encodeIri } from './names.ts'
import { KINDS } from '../rdf/vocabulary.ts'

/** A value in memory; `generation` is the token of its generation by a call, which the call itself describes. */
export function writeValue(bundle: Bundle, value: Value, generation: string | undefined): void {
  const { sink } = bundle
  sink.begin(`run:value-${value.n}`, KINDS.value)
  if (value.literal !== undefined) sink.add('prov:value', scalarLiteral(value.literal))
  bundle.maybe('vam:fields', value.fields, (lexical) => scalarLiteral({ lexical, type: 'json' }))
  sink.add('vam:valueType', stringLiteral(value.type))
  if (value.redacted) sink.add('vam:redacted', 'true')
  bundle.maybe('vam:length', value.length, integerLiteral)
  bundle.maybe('vam:sizeBytes', value.bytes, integerLiteral)
  bundle.maybe('vam:shape', value.shape, jsonLiteral)
  bundle.maybe('vam:elementType', value.elementType, stringLiteral)
  bundle.maybe('vam:columns', value.columns, jsonLiteral)
  bundle.maybe('prov:wasRevisionOf', value.revisionOf, (n) => `run:value-${n}`)
  bundle.maybe('prov:wasGeneratedBy', value.generatedBy, activityToken)
  bundle.maybe('prov:qualifiedGeneration', generation, String)
  sink.end()
}

/** A version of a file, with the location and the content that it shares. */
export function writeFile(bundle: Bundle, file: FileVersion): void {
  const { sink, run } = bundle
  const actor = (by: NonNullable<FileVersion['generatedBy']>) => (by === 'run' ? run : activityToken(by))
  writeLocation(bundle, file)
  const content = file.content && writeContent(bundle, file.content)
  beginFile(bundle, file)
  bundle.maybe('prov:specializationOf', content, String)
  bundle.maybe('prov:wasGeneratedBy', file.generatedBy, actor)
  bundle.maybe('vam:possiblyGeneratedBy', file.possiblyGeneratedBy, actor)
  bundle.maybe('prov:wasInvalidatedBy', file.invalidatedBy, actor)
  sink.end()
}

/** Begins a file's node with what its path alone says. The caller ends it. */
export function beginFile(bundle: Bundle, file: FileVersion): void {
  const { sink } = bundle
  sink.begin(`run:file-${file.n}`, KINDS.file)
  sink.add('prov:atLocation', `run:path-${file.pathNumber}`)
  sink.add('vam:path', stringLiteral(file.path))
  if (file.content === undefined) bundle.maybe('vam:sizeBytes', file.size, integerLiteral)
  bundle.maybe('vam:noDigestBecause', file.noDigestBecause, stringLiteral)
}

export function writeLocation(bundle: Bundle, file: FileVersion): void {
  const token = `run:path-${file.pathNumber}`
  if (!bundle.once(token)) return
  bundle.sink.begin(token, KINDS.location)
  bundle.sink.add('schema:url', `<${encodeIri(file.url)}>`)
  if (file.isScratch === true) bundle.sink.add('vam:isScratch', 'true')
  bundle.sink.end()
}

/** The content of a file, with what a describer read from it. Files with equal bytes share it. Returns its token. */
export function writeContent(bundle: Bundle, content: Content): string {
  const { sink } = bundle
  const token = `<${contentIri(content.sha256)}>`
  const firstTime = bundle.once(token)
  if (!bundle.once(`facts of ${token}`)) return token
  sink.begin(token, firstTime ? KINDS.content : undefined)
  sink.add('vam:describedBy', `vam:${content.describer ?? 'NoDescriber'}`)
  if (firstTime) {
    sink.add('vam:sizeBytes', integerLiteral(content.size))
    sink.add('vam:sha256', stringLiteral(content.sha256))
    bundle.maybe('dcterms:format', content.format, stringLiteral)
    addKeeping(bundle, content.kept)
    bundle.maybe('vam:notKeptBecause', content.kept?.because, stringLiteral)
  }
  const { facts } = content
  bundle.maybe('vam:shape', facts.shape, jsonLiteral)
  bundle.maybe('vam:elementType', facts.elementType, stringLiteral)
  bundle.maybe('vam:unit', facts.unit, stringLiteral)
  bundle.maybe('vam:columns', facts.columns, jsonLiteral)
  addNumberFacts(bundle, facts)
  bundle.maybe('vam:quantiles', facts.quantiles, jsonLiteral)
  bundle.maybe('vam:sampledShare', facts.sampledShare, doubleLiteral)
  bundle.maybe('vam:columnStatistics', facts.columnStatistics, jsonLiteral)
  sink.end()
  return token
}

/** What the numbers in it are like, in a few figures: in the summary, too. */
export function addNumberFacts(bundle: Bundle, facts: ContentFacts): void {
  bundle.maybe('vam:rowCount', facts.rowCount, integerLiteral)
  bundle.maybe('vam:minimum', facts.minimum, doubleLiteral)
  bundle.maybe('vam:maximum', facts.maximum, doubleLiteral)
  bundle.maybe('vam:mean', facts.mean, doubleLiteral)
  bundle.maybe('vam:zeroShare', facts.zeroShare, doubleLiteral)
  bundle.maybe('vam:missingShare', facts.missingShare, doubleLiteral)
}

/** Whether the bytes are in the store, and whether without secrets: in the summary, too. */
export function addKeeping({ sink }: Bundle, kept: Keeping | undefined): void {
  if (kept === undefined) return
  sink.add('vam:kept', booleanLiteral(kept.as !== undefined))
  if (kept.as === 'redacted') sink.add('vam:redacted', booleanLiteral(true))
}

/** A source file or lock file. Its label is its path, so that findings can show it. Returns its token. */
export function writeSource(
  bundle: Bundle,
  source: SourceFile,
  part: 'record' | 'summary' = 'record',
): string {
  const { sink } = bundle
  const token = `<${contentIri(source.sha256)}>`
  if (!bundle.once(`${source.path} ${token}`)) return token
  const firstTime = bundle.once(token)
  sink.begin(token, firstTime ? KINDS.content : undefined)
  sink.add('rdfs:label', stringLiteral(source.path))
  if (firstTime) {
    bundle.maybe('vam:sizeBytes', source.size, integerLiteral)
    if (part === 'record') sink.add('vam:sha256', stringLiteral(source.sha256))
    bundle.maybe('dcterms:format', sourceFormat(source.path), stringLiteral)
    addKeeping(bundle, source.kept)
    if (part === 'record') bundle.maybe('vam:notKeptBecause', source.kept?.because, stringLiteral)
  }
  sink.end()
  return token
}

const SOURCE_FORMATS: Readonly<Record<string, string>> = {
  py: 'text/x-python',
  js: 'text/javascript',
  mjs: 'text/javascript',
  cjs: 'text/javascript',
  ts: 'text/x-typescript',
  sh: 'text/x-shellscript',
  r: 'text/x-r',
  ipynb: 'application/x-ipynb+json',
}

function sourceFormat(path: string): string | undefined {
  return SOURCE_FORMATS[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
}
