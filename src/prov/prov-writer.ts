import type {
  Call,
  CallGroup,
  ComponentSummary,
  ComponentVersion,
  FileVersion,
  Process,
  Run,
  RunListener,
  Value,
  SettingValue,
} from '../record/run.ts'
import { activityToken, Bundle } from './bundle.ts'
import { componentTerms, type ComponentTerms } from './component-terms.ts'
import { FileOverview } from './file-overview.ts'
import { ReturnOverview } from './return-overview.ts'
import { writeOperator, writeProcess } from './write-agents.ts'
import { settingNodes, writeCall, writeGroup } from './write-call.ts'
import { writeComponent, writeOption } from './write-component.ts'
import { writeFile, writeValue } from './write-data.ts'
import { componentIri } from './names.ts'
import { measuredToken, writeQuality } from './write-quality.ts'
import { writeRunNode } from './write-run-node.ts'
import { datumToken, writeComponentSummary } from './write-summary.ts'
import { runIri } from '../rdf/run-names.ts'
import type { NodeSink } from '../rdf/node-sink.ts'
import { PendingOutputs } from './outputs.ts'
import type { Prefixes } from '../rdf/prefixes.ts'

/**
 * Writes a run in PROV while it is read: calls, values and files into the record as they come, components into the
 * summary, and at last the run itself into both. Keeps what is small (components, processes, names of shared nodes) and
 * nothing of a call that is written.
 */
export class ProvWriter implements RunListener {
  readonly record: Bundle
  readonly summaryBundle: Bundle
  /** Calls that the summary counts. */
  callCount = 0
  readonly #terms = new Map<number, ComponentTerms>()
  readonly #outputs = new PendingOutputs()
  readonly #redacted = new Set<number>()
  readonly #processes: Process[] = []
  readonly #summarised = new Set<number>()
  readonly #sources = new Set<string>()
  readonly #summaryData = new Map<number, string>()
  /** Tokens of the settings of summaries, by the values themselves. */
  readonly #settings = new Map<SettingValue, string>()
  readonly #files = new FileOverview()
  readonly #returns = new ReturnOverview()

  constructor(id: string, base: string, prefixes: Prefixes, sinks: { record: NodeSink; summary: NodeSink }) {
    const run = `<${runIri(id)}>`
    this.record = new Bundle(sinks.record, prefixes, run, base)
    this.summaryBundle = new Bundle(sinks.summary, prefixes, run, base)
  }

  process(process: Process): void {
    this.#processes.push(process)
  }

  component(component: ComponentVersion): void {
    writeComponent(this.record, component, this.#termsOf(component))
  }

  option(component: ComponentVersion): void {
    writeOption(this.record, component, this.#termsOf(component))
  }

  value(value: Value): void {
    if (value.redacted) this.#redacted.add(value.n)
    writeValue(this.record, value, this.#outputs.add(value))
    this.#returns.value(value)
  }

  file(file: FileVersion): void {
    writeFile(this.record, file)
    this.#files.file(file)
  }

  call(call: Call): void {
    const outputs = this.#outputs.take({ call: call.n })
    writeCall(this.record, call, this.#termsOf(call.component), outputs, this.#redacted)
    this.#files.call(call)
    this.#returns.call(call, this.#returningIri(call.component))
  }

  group(group: CallGroup): void {
    const outputs = this.#outputs.take({ group: group.n })
    writeGroup(this.record, group, this.#termsOf(group.component), outputs)
    this.#returns.group(group, this.#returningIri(group.component))
  }

  summary(summary: ComponentSummary): void {
    this.callCount += summary.callCount
    this.#files.summary(summary)
    this.#summarised.add(summary.process.n)
    const caller = summary.caller && { component: summary.caller, terms: this.#termsOf(summary.caller) }
    for (const { token, value } of settingNodes(`run:component-${summary.n}`, summary.settings)) {
      if (value !== undefined) this.#settings.set(value, token)
    }
    writeComponentSummary(this.summaryBundle, summary, this.#termsOf(summary.component), caller)
    for (const { file } of summary.used) {
      const isMade = file.generatedBy ?? file.possiblyGeneratedBy
      if (isMade === undefined) this.#sources.add(datumToken(file))
      this.#summaryData.set(file.n, datumToken(file))
    }
    for (const { file } of [...summary.generated, ...(summary.possiblyGenerated ?? [])]) {
      this.#summaryData.set(file.n, datumToken(file))
    }
  }

  run(run: Run): void {
    const operator = writeRunNode(this.record, run, { part: 'record' })
    writeRunNode(this.summaryBundle, run, {
      part: 'summary',
      sources: [...this.#sources],
      files: this.#files.read(run.label),
      returns: this.#returns.read(),
    })
    for (const process of this.#processes) {
      writeProcess(this.record, process, operator)
      if (this.#summarised.has(process.n)) {
        writeProcess(this.summaryBundle, process, writeOperator(this.summaryBundle, run.operator))
      }
    }
    run.quality.forEach((quality, index) => {
      const { on, by } = quality
      const n = index + 1
      writeQuality(this.record, quality, n, measuredToken(this.record, on), by && activityToken(by), operator)
      // The summary has no calls: what was measured of a call is said of all calls that the summary holds together.
      const file = on !== 'run' && 'file' in on ? this.#summaryData.get(on.file) : undefined
      const calls =
        on === 'run' || quality.summary === undefined ? undefined : `run:component-${quality.summary}`
      const settings = (quality.settings ?? []).flatMap((value) => this.#settings.get(value) ?? [])
      const measured = file ?? calls ?? this.summaryBundle.run
      writeQuality(this.summaryBundle, quality, n, measured, undefined, operator, settings)
    })
  }

  /** The IRI of a component that can return something. */
  #returningIri(component: ComponentVersion): string | undefined {
    return this.#termsOf(component).returnPort && componentIri(this.record.base, component)
  }

  #termsOf(component: ComponentVersion): ComponentTerms {
    let terms = this.#terms.get(component.n)
    if (terms === undefined) {
      terms = componentTerms(component, this.record.prefixes, this.record.base)
      this.#terms.set(component.n, terms)
    }
    return terms
  }
}
