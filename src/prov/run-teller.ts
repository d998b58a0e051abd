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
} from '../record/run.ts'
import { activityToken, Bundle } from './bundle.ts'
import { componentTerms, type ComponentTerms } from './component-terms.ts'
import { tellOperator, tellProcess } from './describe-agents.ts'
import { tellCall, tellGroup } from './describe-call.ts'
import { tellComponent } from './describe-component.ts'
import { tellFile, tellValue } from './describe-data.ts'
import { measuredToken, tellQuality } from './describe-quality.ts'
import { tellRun } from './describe-run-node.ts'
import { datumToken, tellComponentSummary } from './describe-summary.ts'
import { runIri } from '../rdf/run-names.ts'
import type { NodeSink } from '../rdf/node-sink.ts'
import { PendingOutputs } from './outputs.ts'
import type { Prefixes } from '../rdf/prefixes.ts'

/**
 * Tells a run in PROV while it is read: calls, values and files into the record as they come, components into the
 * summary, and at last the run itself into both. Keeps what is small (components, processes, names of shared nodes) and
 * nothing of a call once it is told.
 */
export class RunTeller implements RunListener {
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

  constructor(id: string, base: string, prefixes: Prefixes, sinks: { record: NodeSink; summary: NodeSink }) {
    const run = `<${runIri(id)}>`
    this.record = new Bundle(sinks.record, prefixes, run, base)
    this.summaryBundle = new Bundle(sinks.summary, prefixes, run, base)
  }

  process(process: Process): void {
    this.#processes.push(process)
  }

  component(component: ComponentVersion): void {
    tellComponent(this.record, component, this.#termsOf(component))
  }

  value(value: Value): void {
    if (value.redacted) this.#redacted.add(value.n)
    tellValue(this.record, value, this.#outputs.add(value))
  }

  file(file: FileVersion): void {
    tellFile(this.record, file)
  }

  call(call: Call): void {
    const outputs = this.#outputs.take({ call: call.n })
    tellCall(this.record, call, this.#termsOf(call.component), outputs, this.#redacted)
  }

  group(group: CallGroup): void {
    const outputs = this.#outputs.take({ group: group.n })
    tellGroup(this.record, group, this.#termsOf(group.component), outputs)
  }

  summary(summary: ComponentSummary): void {
    this.callCount += summary.callCount
    this.#summarised.add(summary.process.n)
    const caller = summary.caller && this.#termsOf(summary.caller)
    tellComponentSummary(this.summaryBundle, summary, this.#termsOf(summary.component), caller)
    for (const { file } of summary.used) {
      if (file.generatedBy === undefined) this.#sources.add(datumToken(file))
      this.#summaryData.set(file.n, datumToken(file))
    }
    for (const { file } of summary.generated) this.#summaryData.set(file.n, datumToken(file))
  }

  run(run: Run): void {
    const operator = tellRun(this.record, run, { part: 'record' })
    tellRun(this.summaryBundle, run, { part: 'summary', sources: [...this.#sources] })
    for (const process of this.#processes) {
      tellProcess(this.record, process, operator)
      if (this.#summarised.has(process.n)) {
        tellProcess(this.summaryBundle, process, tellOperator(this.summaryBundle, run.operator))
      }
    }
    run.quality.forEach((quality, index) => {
      const { on, by } = quality
      const n = index + 1
      tellQuality(this.record, quality, n, measuredToken(this.record, on), by && activityToken(by), operator)
      // The summary knows no calls: what was measured of one is told of the run.
      const file = on !== 'run' && 'file' in on ? this.#summaryData.get(on.file) : undefined
      tellQuality(this.summaryBundle, quality, n, file ?? this.summaryBundle.run, undefined, operator)
    })
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
