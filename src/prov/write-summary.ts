import type { ComponentSummary, ComponentVersion, FileVersion } from '../record/run.ts'
import type { Bundle } from './bundle.ts'
import type { ComponentTerms } from './component-terms.ts'
import { settingNodes, writeAssociation, writeSetting } from './write-call.ts'
import { writeComponentBriefly, writeComponentIdea, writeFields, writeParameters } from './write-component.ts'
import { addKeeping, addNumberFacts, beginFile, writeLocation } from './write-data.ts'
import { integerLiteral, jsonLiteral, secondsLiteral, stringLiteral } from '../rdf/literals.ts'
import { contentIri } from './names.ts'
import { KINDS } from '../rdf/vocabulary.ts'

/** All calls of one component by one other, as one activity. It uses and generates contents, not versions of files. */
export function writeComponentSummary(
  bundle: Bundle,
  summary: ComponentSummary,
  terms: ComponentTerms,
  caller: { component: ComponentVersion; terms: ComponentTerms } | undefined,
): void {
  const { sink } = bundle
  const token = `run:component-${summary.n}`
  writeComponentBriefly(bundle, summary.component, terms)
  if (caller !== undefined) writeComponentIdea(bundle, caller.component, caller.terms)
  const used = distinctData(
    bundle,
    summary.used.map((each) => each.file),
  )
  const generated = distinctData(
    bundle,
    summary.generated.map((each) => each.file),
  )
  const settings = settingNodes(token, summary.settings)
  sink.begin(token, KINDS.summary)
  sink.add('rdfs:label', terms.label)
  sink.add('vam:component', terms.idea)
  bundle.maybe('vam:callerComponent', caller?.terms.idea, String)
  sink.add('prov:wasAssociatedWith', `run:process-${summary.process.n}`)
  sink.add('prov:qualifiedAssociation', `${token}-association`)
  sink.add('provone:wasPartOf', bundle.run)
  sink.add('vam:firstStart', integerLiteral(summary.firstStart))
  sink.add('vam:callCount', integerLiteral(summary.callCount))
  sink.add('vam:failureCount', integerLiteral(summary.failureCount))
  sink.add('vam:wallSeconds', secondsLiteral(summary.wall))
  bundle.maybe('vam:wallSecondsQuantiles', summary.wallQuantiles, jsonLiteral)
  sink.add('vam:selfSeconds', secondsLiteral(summary.self))
  // Of few measured calls there is no total: the first ones of a loop are seldom like the others.
  const isTotal = summary.measuredCount === summary.callCount
  bundle.maybe(isTotal ? 'vam:cpuSeconds' : 'vam:measuredCpuSeconds', summary.cpu, secondsLiteral)
  if (!isTotal && summary.measuredCount > 0) {
    sink.add('vam:measuredCount', integerLiteral(summary.measuredCount))
  }
  bundle.maybe('vam:peakMemoryBytes', summary.peakMemory, integerLiteral)
  bundle.maybe('vam:addedMemoryBytes', summary.addedMemory, integerLiteral)
  sink.add('vam:inputBytes', integerLiteral(summary.inputBytes))
  sink.add('vam:outputBytes', integerLiteral(summary.outputBytes))
  for (const setting of settings) sink.add('vam:setting', setting.token)
  for (const data of new Set(used.map((each) => each.token))) sink.add('prov:used', data)
  used.forEach((_, index) => sink.add('prov:qualifiedUsage', `${token}-in-${index + 1}`))
  if (!summary.isStep) sink.add('vam:isStep', 'false')
  for (const n of summary.followedBy) sink.add('vam:followedBy', `run:component-${n}`)
  for (const n of new Set(summary.informedBy)) sink.add('prov:wasInformedBy', `run:component-${n}`)
  sink.end()
  writeAssociation(bundle, token, summary.process, terms)
  const positions = new Set(summary.settings.map((setting) => setting.parameter))
  writeParameters(bundle, summary.component, terms, positions)
  writeFields(bundle, summary.component, terms, summary.settings)
  for (const setting of settings) writeSetting(bundle, setting, summary.component, terms, summary.callCount)
  used.forEach(({ token: data, file }, index) => {
    sink.begin(`${token}-in-${index + 1}`, KINDS.usage)
    sink.add('prov:entity', data)
    sink.add('prov:atLocation', `run:path-${file.pathNumber}`)
    sink.end()
  })
  writeGenerated(bundle, token, generated)
  const possible = distinctData(
    bundle,
    (summary.possiblyGenerated ?? []).map((each) => each.file),
  )
  for (const { token: data, file } of possible) {
    sink.begin(data)
    sink.add('vam:possiblyGeneratedBy', token)
    if (bundle.once(`${data} made at ${file.pathNumber}`))
      sink.add('prov:atLocation', `run:path-${file.pathNumber}`)
    sink.end()
  }
}

interface Datum {
  token: string
  file: FileVersion
}

/**
 * What a component generated. A content that several components wrote in one run has one generation, by the first of
 * them, because PROV allows an entity no more; in the record, each has a file version of its own. A content that was
 * written to several paths has one generation at several locations; where others wrote it is told of the content itself.
 */
function writeGenerated(bundle: Bundle, activity: string, generated: readonly Datum[]): void {
  const { sink } = bundle
  const filesOf = new Map<string, FileVersion[]>()
  for (const { token, file } of generated) {
    const files = filesOf.get(token)
    if (files === undefined) filesOf.set(token, [file])
    else files.push(file)
  }
  let index = 0
  for (const [token, files] of filesOf) {
    const generation = `${activity}-out-${++index}`
    if (!bundle.once(`generation of ${token}`)) {
      const elsewhere = files.filter(({ pathNumber }) => bundle.once(`${token} made at ${pathNumber}`))
      if (elsewhere.length === 0) continue
      sink.begin(token)
      for (const { pathNumber } of elsewhere) sink.add('prov:atLocation', `run:path-${pathNumber}`)
      sink.end()
      continue
    }
    sink.begin(token)
    sink.add('prov:wasGeneratedBy', activity)
    sink.add('prov:qualifiedGeneration', generation)
    sink.end()
    sink.begin(generation, KINDS.generation)
    sink.add('prov:activity', activity)
    for (const { pathNumber } of files) {
      bundle.once(`${token} made at ${pathNumber}`)
      sink.add('prov:atLocation', `run:path-${pathNumber}`)
    }
    sink.end()
  }
}

/** The contents of files with their paths, each pair once. A file without a digest takes the place of its content. */
function distinctData(bundle: Bundle, files: readonly FileVersion[]): Datum[] {
  const data = new Map<string, Datum>()
  for (const file of files) {
    const token = writeDatum(bundle, file)
    data.set(`${token} ${file.pathNumber}`, { token, file })
  }
  return [...data.values()]
}

/** Token of a file's content, or of the file version if its content is not known. */
export function datumToken(file: FileVersion): string {
  return file.content === undefined ? `run:file-${file.n}` : `<${contentIri(file.content.sha256)}>`
}

function writeDatum(bundle: Bundle, file: FileVersion): string {
  const { sink } = bundle
  const token = datumToken(file)
  writeLocation(bundle, file)
  if (!bundle.once(token)) return token
  if (file.content === undefined) beginFile(bundle, file)
  else {
    sink.begin(token, KINDS.content)
    sink.add('vam:sizeBytes', integerLiteral(file.content.size))
    bundle.maybe('dcterms:format', file.content.format, stringLiteral)
    addKeeping(bundle, file.content.kept)
    addNumberFacts(bundle, file.content.facts)
  }
  sink.end()
  return token
}
