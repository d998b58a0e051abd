import { scalarLiteral } from './scalar.ts'
import type { Call, CallGroup, ComponentVersion, Gap, Metadata, Process, Setting } from '../record/run.ts'
import { activityToken, type Bundle } from './bundle.ts'
import type { ComponentTerms } from './component-terms.ts'
import {
  dateTimeLiteral,
  integerLiteral,
  jsonLiteral,
  secondsLiteral,
  stringLiteral,
} from '../rdf/literals.ts'
import { fieldToken, writeFields } from './write-component.ts'
import type { Output } from './outputs.ts'
import { KINDS } from '../rdf/vocabulary.ts'

/** One call: the activity, its association with process and plan, its usages and its generations. */
export function writeCall(
  bundle: Bundle,
  call: Call,
  terms: ComponentTerms,
  outputs: readonly Output[],
  redacted: ReadonlySet<number>,
): void {
  const { sink } = bundle
  const token = `run:call-${call.n}`
  sink.begin(token, KINDS.call)
  sink.add('rdfs:label', terms.label)
  if (call.caller !== undefined) sink.add('vam:calledBy', activityToken(call.caller))
  sink.add('provone:wasPartOf', bundle.run)
  sink.add('prov:startedAtTime', dateTimeLiteral(call.startedAt))
  if (call.endedAt !== undefined) sink.add('prov:endedAtTime', dateTimeLiteral(call.endedAt))
  sink.add('vam:status', `vam:${call.status}`)
  if (call.wall !== undefined) sink.add('vam:wallSeconds', secondsLiteral(call.wall))
  if (call.cpu !== undefined) sink.add('vam:cpuSeconds', secondsLiteral(call.cpu))
  if (call.peakMemory !== undefined) sink.add('vam:peakMemoryBytes', integerLiteral(call.peakMemory))
  if (call.addedMemory !== undefined) sink.add('vam:addedMemoryBytes', integerLiteral(call.addedMemory))
  if (call.exitCode !== undefined) sink.add('vam:exitCode', integerLiteral(call.exitCode))
  if (call.commandLine !== undefined) sink.add('vam:commandLine', jsonLiteral(call.commandLine))
  if (call.calledFrom !== undefined) sink.add('vam:calledFrom', stringLiteral(call.calledFrom))
  if (call.exception !== undefined) {
    sink.add('vam:exceptionType', stringLiteral(call.exception.type))
    bundle.maybe('vam:exceptionMessage', call.exception.message, stringLiteral)
    bundle.maybe('vam:raisedAt', call.exception.raisedAt, stringLiteral)
  }
  sink.add('prov:wasAssociatedWith', `run:process-${call.process.n}`)
  sink.add('prov:qualifiedAssociation', `${token}-association`)
  addDistinct(
    bundle,
    'prov:used',
    call.arguments.map((argument) => argument.value),
    'run:value-',
  )
  addDistinct(bundle, 'prov:used', call.usedFiles, 'run:file-')
  for (const { position } of call.arguments) sink.add('prov:qualifiedUsage', `${token}-in-${position}`)
  addDistinct(bundle, 'vam:received', call.received, 'run:value-')
  addProperties(bundle, token, call.metadata)
  addGaps(bundle, token, call.gaps)
  sink.end()
  writeAssociation(bundle, token, call.process, terms)
  for (const argument of call.arguments) {
    sink.begin(`${token}-in-${argument.position}`, KINDS.usage)
    sink.add('prov:entity', `run:value-${argument.value}`)
    const role = terms.parameters[argument.position]
    if (role !== undefined) sink.add('prov:hadRole', role)
    if (argument.isDefault) sink.add('vam:isDefault', 'true')
    if (redacted.has(argument.value)) sink.add('vam:redacted', 'true')
    sink.end()
  }
  writeGenerations(bundle, token, terms, outputs)
  writeProperties(bundle, token, call.metadata)
  writeGaps(bundle, token, call.gaps)
}

/** Many calls as one activity, with their number. */
export function writeGroup(
  bundle: Bundle,
  group: CallGroup,
  terms: ComponentTerms,
  outputs: readonly Output[],
): void {
  const { sink } = bundle
  const token = `run:calls-${group.n}`
  sink.begin(token, KINDS.group)
  sink.add(
    'rdfs:label',
    stringLiteral(`${group.component.name} (${group.totalCallCount} calls, ${group.callCount} grouped)`),
  )
  bundle.maybe('vam:calledBy', group.caller, activityToken)
  // Data can come from each of them, so lineage follows all of them.
  for (const caller of group.otherCallers ?? []) sink.add('vam:calledBy', activityToken(caller))
  sink.add('provone:wasPartOf', bundle.run)
  sink.add('prov:startedAtTime', dateTimeLiteral(group.startedAt))
  bundle.maybe('prov:endedAtTime', group.endedAt, dateTimeLiteral)
  sink.add('prov:wasAssociatedWith', `run:process-${group.process.n}`)
  sink.add('prov:qualifiedAssociation', `${token}-association`)
  addDistinct(bundle, 'prov:used', group.usedValues, 'run:value-')
  sink.add('vam:callCount', integerLiteral(group.callCount))
  sink.add('vam:failureCount', integerLiteral(group.failureCount))
  bundle.maybe('vam:wallSeconds', group.wall, secondsLiteral)
  bundle.maybe('vam:wallSecondsQuantiles', group.wallQuantiles, jsonLiteral)
  addDistinct(bundle, 'vam:received', group.received, 'run:value-')
  const settings = settingNodes(token, group.settings)
  for (const setting of settings) sink.add('vam:setting', setting.token)
  sink.end()
  writeAssociation(bundle, token, group.process, terms)
  writeGenerations(bundle, token, terms, outputs)
  writeFields(bundle, group.component, terms, group.settings)
  for (const setting of settings) writeSetting(bundle, setting, group.component, terms, group.callCount)
}

export function writeAssociation(
  bundle: Bundle,
  activity: string,
  process: Process,
  terms: ComponentTerms,
): void {
  const { sink } = bundle
  sink.begin(`${activity}-association`, KINDS.association)
  sink.add('prov:agent', `run:process-${process.n}`)
  sink.add('prov:hadPlan', terms.version)
  sink.end()
}

function writeGenerations(
  bundle: Bundle,
  activity: string,
  terms: ComponentTerms,
  outputs: readonly Output[],
): void {
  const { sink } = bundle
  for (const { token, position } of outputs) {
    sink.begin(token, KINDS.generation)
    sink.add('prov:activity', activity)
    const role = position < 0 ? terms.returnPort : terms.parameters[position]
    if (role !== undefined) sink.add('prov:hadRole', role)
    sink.end()
  }
}

/** One value, or one histogram, of one parameter. */
export interface SettingNode {
  token: string
  setting: Setting
  value: Setting['values'][number] | undefined
}

/** A node for each value of each setting, so that each value can have a count. */
export function settingNodes(activity: string, settings: readonly Setting[]): SettingNode[] {
  const nodes: Omit<SettingNode, 'token'>[] = []
  for (const setting of settings) {
    if (setting.histogram !== undefined || setting.redacted) nodes.push({ setting, value: undefined })
    if (!setting.redacted) for (const value of setting.values) nodes.push({ setting, value })
  }
  return nodes.map((node, index) => ({ token: `${activity}-setting-${index + 1}`, ...node }))
}

export function writeSetting(
  bundle: Bundle,
  { token, setting, value }: SettingNode,
  component: ComponentVersion,
  terms: ComponentTerms,
  callCount: number,
): void {
  const { parameter: position, field } = setting
  const parameter = field === undefined ? terms.parameters[position] : fieldToken(component, terms, setting)
  const { sink } = bundle
  sink.begin(token, KINDS.setting)
  bundle.maybe('vam:parameter', parameter, String)
  if (value !== undefined) {
    sink.add('prov:value', scalarLiteral(value.literal))
    sink.add('vam:callCount', integerLiteral(value.count))
    if (value.isDefault === true) sink.add('vam:isDefault', 'true')
  } else {
    bundle.maybe('vam:histogram', setting.histogram, jsonLiteral)
    if (setting.redacted) sink.add('vam:redacted', 'true')
  }
  // Left out if the value of every call was seen and counted: then it is the number of calls.
  if (value === undefined || setting.sampledCount !== callCount) {
    sink.add('vam:sampledCount', integerLiteral(setting.sampledCount))
  }
  sink.end()
}

export function addProperties(bundle: Bundle, owner: string, metadata: readonly Metadata[]): void {
  metadata.forEach((_, index) => bundle.sink.add('schema:additionalProperty', numbered(owner, 'meta', index)))
}

export function writeProperties(bundle: Bundle, owner: string, metadata: readonly Metadata[]): void {
  metadata.forEach(({ name, value }, index) => {
    bundle.sink.begin(numbered(owner, 'meta', index), KINDS.property)
    bundle.sink.add('schema:propertyID', stringLiteral(name))
    bundle.sink.add('schema:value', scalarLiteral(value))
    bundle.sink.end()
  })
}

export function addGaps(bundle: Bundle, owner: string, gaps: readonly Gap[]): void {
  gaps.forEach((_, index) => bundle.sink.add('vam:gap', numbered(owner, 'gap', index)))
}

export function writeGaps(bundle: Bundle, owner: string, gaps: readonly Gap[]): void {
  gaps.forEach(({ reason }, index) => {
    bundle.sink.begin(numbered(owner, 'gap', index), KINDS.gap)
    bundle.sink.add('vam:reason', stringLiteral(reason))
    bundle.sink.end()
  })
}

/** `run:meta-1` for the run, `run:call-5-meta-1` for a call: the same names in both graphs of the run. */
function numbered(owner: string, kind: string, index: number): string {
  return owner.startsWith('run:') ? `${owner}-${kind}-${index + 1}` : `run:${kind}-${index + 1}`
}

function addDistinct(bundle: Bundle, predicate: string, numbers: readonly number[], prefix: string): void {
  // A set for many only: a main loop may have received a million values, and most calls have one.
  const distinct = numbers.length > 1 ? new Set(numbers) : numbers
  for (const number of distinct) bundle.sink.add(predicate, `${prefix}${number}`)
}
