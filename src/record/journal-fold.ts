import { textOf } from '../journal/journal-text.ts'
import type { AgentLine, ExitLine, FileLine, GapLine, MeasurementLine, NoteLine } from '../journal/line.ts'
import type { JournalEvent } from '../journal/merge-spools.ts'
import { Bounds } from './bounds.ts'
import { Calls } from './calls.ts'
import type { CallGroupTotals } from './call-group-totals.ts'
import { Components } from './components.ts'
import { Contents } from './contents.ts'
import { DataFlow } from './data-flow.ts'
import { assembleRun } from './assemble-run.ts'
import { Fates } from './fates.ts'
import { Files } from './files.ts'
import type { JournaledProcess } from './journaled-process.ts'
import { literalOf } from './literals.ts'
import { readLockFiles } from './lock-files.ts'
import { MemoryCurve } from './memory-curve.ts'
import { PackageOwners } from './package-owners.ts'
import { Processes } from './processes.ts'
import { Qualities } from './qualities.ts'
import type { RecorderFacts } from './recorder-facts.ts'
import type { Gap, Metadata, Run, RunListener } from './run.ts'
import { Seeds } from './seeds.ts'
import { Values } from './values.ts'

/** Gaps that a run lists. */
const listedGaps = 1000

/** Reads the events of a journal one after another, and emits the run to a listener. */
export class JournalFold {
  readonly #recorder: RecorderFacts
  readonly #listener: RunListener
  readonly #timeOf: (at: number) => bigint
  readonly #values: Values
  readonly #groups: CallGroupTotals[] = []
  readonly #packages: PackageOwners
  readonly #components: Components
  readonly #files: Files
  readonly #calls: Calls
  readonly #processes: Processes
  readonly #qualities: Qualities
  readonly #curve = new MemoryCurve()
  readonly #agents = new Map<string, { name: string; version: string }>()
  readonly #metadata: Metadata[] = []
  readonly #seeds = new Seeds()
  readonly #contents: Contents
  readonly #gaps: Gap[] = []
  #dropped = 0
  #resident = 0
  #peak: number | undefined
  #cpu: number | undefined
  #readBytes: number | undefined
  #writtenBytes: number | undefined

  constructor(recorder: RecorderFacts, origin: bigint, listener: RunListener, first?: number) {
    const { run } = recorder
    const timeOf = (at: number) => origin + BigInt(Math.round(at))
    const bounds = new Bounds(run.detail, first)
    this.#recorder = recorder
    this.#listener = listener
    this.#timeOf = timeOf
    this.#values = new Values(listener)
    this.#packages = new PackageOwners(recorder.environment)
    this.#components = new Components(recorder, this.#packages, listener)
    this.#qualities = new Qualities(run.quality, (frame) => this.#calls.pairs.settingsFor(frame))
    const isInterrupted = recorder.finish === undefined
    const folders = {
      directory: textOf(run.directory),
      temporary: run.temporary && textOf(run.temporary),
    }
    this.#contents = new Contents(recorder.digests, recorder.kept)
    this.#files = new Files(listener, this.#contents, folders, isInterrupted)
    const values = this.#values
    const groups = this.#groups
    const flow = new DataFlow(values, groups)
    const fates = new Fates({ listener, values, flow, groups, bounds, timeOf })
    this.#calls = new Calls(this.#components, flow, fates, bounds, this.#qualities)
    this.#processes = new Processes(
      { calls: this.#calls, fates, files: this.#files, components: this.#components, listener },
      recorder.peaks,
    )
  }

  take({ spool, line, at }: JournalEvent): void {
    const home = this.#processes.of(spool)
    this.#dispatch(home, line, at)
  }

  addGap(reason: string): void {
    if (this.#gaps.length < listedGaps) this.#gaps.push({ reason })
  }

  /** Emits what is complete only at the end, and the run. */
  finish(): Run {
    this.#processes.finish()
    for (const line of this.#recorder.measurements) this.#measure(line)
    this.#files.finish((path) => this.#components.modules.has(path))
    for (const group of this.#groups) this.#listener.group(group.read(this.#timeOf))
    for (const pair of this.#calls.pairs.all) this.#listener.summary(pair.summarize())
    const [first] = this.#processes.all
    const run = assembleRun(this.#recorder, this.#components, this.#packages, {
      agents: [...this.#agents.values()],
      metadata: this.#metadata,
      quality: this.#qualities.all,
      seeds: this.#seeds.all,
      lockFiles: readLockFiles(this.#recorder, this.#contents),
      gaps: this.#gaps,
      droppedEvents: this.#dropped,
      redacted: this.#values.redacted,
      memoryCurve: this.#curve.read(),
      entry: first?.root?.component.code?.file.path,
      interpreter: first?.root === undefined ? undefined : first.process.package,
      peakMemory: this.#peak,
      cpu: this.#cpu,
      readBytes: this.#readBytes,
      writtenBytes: this.#writtenBytes,
    })
    this.#listener.run(run)
    return run
  }

  #dispatch(home: JournaledProcess, line: AgentLine, at: number): void {
    switch (line.kind) {
      case 'process':
        if (line.agent.name !== 'vampira')
          this.#agents.set(`${line.agent.name} ${line.agent.version}`, line.agent)
        return
      case 'module':
        return this.#components.addModule(home, line)
      case 'component':
        return this.#components.addComponent(home, line)
      case 'library':
        return this.#packages.addLibrary(line.name, line.version)
      case 'options':
        return home.options.add(line)
      case 'start':
        this.#calls.start(home, line, at)
        return this.#takeEarly(home)
      case 'return':
      case 'raise':
        return this.#calls.end(home, line, at)
      case 'suspend':
      case 'resume':
        return this.#calls.suspend(home, line, at)
      case 'count':
        return this.#calls.count(home, line, at)
      case 'file':
        return this.#takeFile(home, line)
      case 'spawn':
        return this.#processes.spawn(home, line, at)
      case 'wait':
        return this.#processes.wait(home, line, at)
      case 'memory':
        return this.#measureMemory(home, line.resident, at)
      case 'note':
        return this.#note(home, line)
      case 'seed':
        return this.#seeds.add(line)
      case 'gap':
        return this.#miss(home, line)
      case 'exit':
        return this.#exit(home, line, at)
    }
  }

  #takeFile(home: JournaledProcess, line: FileLine): void {
    const { root } = home
    const isStream = line.seen === 'redirection'
    if (isStream && line.op === 'read' && root === undefined) {
      // Of its standard input the agent tells before anything has been called.
      home.early.push(line)
      return
    }
    const frame = line.op === 'final' ? undefined : this.#calls.involve(home, line.call)
    // What it has printed is found out when its entry has ended.
    const entry = isStream && root?.ref !== undefined ? root : undefined
    this.#files.take(line, frame ?? entry, home.spool.index)
  }

  #takeEarly(home: JournaledProcess): void {
    if (home.early.length === 0) return
    const frame = this.#calls.involve(home, undefined)
    for (const line of home.early.splice(0)) this.#files.take(line, frame, home.spool.index)
  }

  #measureMemory(home: JournaledProcess, resident: number, at: number): void {
    this.#resident += resident - home.resident
    home.resident = resident
    this.#curve.add(Math.max(0, at), this.#resident)
  }

  #note(home: JournaledProcess, line: NoteLine): void {
    const value = literalOf(line.value)
    if (value === undefined) return
    const frame = line.call === undefined ? undefined : this.#calls.involve(home, line.call)
    const path = line.path === undefined ? undefined : textOf(line.path)
    if (line.type === 'metadata') {
      const metadata = { name: line.name, value }
      if (path !== undefined) this.#files.annotate(path, metadata)
      else (frame?.metadata ?? this.#metadata).push(metadata)
      return
    }
    const file = path === undefined ? undefined : this.#files.currentAt(path)
    const on = file === undefined ? (frame?.ref ?? 'run') : { file }
    const summary = frame === undefined ? {} : { summary: frame.pair.n }
    this.#qualities.add({ metric: line.name, value, unit: line.unit, on, by: frame?.ref, ...summary }, frame)
  }

  #measure({ path, stat, metric, value, unit }: MeasurementLine): void {
    const literal = literalOf(value)
    const made = this.#files.madeAt(textOf(path), stat)
    if (literal === undefined) return
    if (made === undefined) {
      this.addGap(`quality ${metric} was not measured: the run did not write ${textOf(path)}`)
    } else {
      this.#qualities.add({ metric, value: literal, unit, on: { file: made.n }, by: made.by })
    }
  }

  #miss(home: JournaledProcess, line: GapLine): void {
    this.#dropped += line.dropped ?? 0
    const frame = line.call === undefined ? undefined : this.#calls.involve(home, line.call)
    if (frame === undefined) this.addGap(line.reason)
    else frame.gaps.push({ reason: line.reason })
  }

  #exit(home: JournaledProcess, line: ExitLine, at: number): void {
    this.#takeEarly(home)
    this.#processes.exit(home, line)
    home.endedAt = at
    this.#resident -= home.resident
    home.resident = 0
    if (line.peak !== undefined) this.#peak = Math.max(this.#peak ?? 0, line.peak)
    this.#cpu = add(this.#cpu, line.cpu)
    this.#readBytes = add(this.#readBytes, line.readBytes)
    this.#writtenBytes = add(this.#writtenBytes, line.writtenBytes)
  }
}

function add(sum: number | undefined, value: number | undefined): number | undefined {
  return value === undefined ? sum : (sum ?? 0) + value
}
