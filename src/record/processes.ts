import { basename } from 'node:path'
import { textOf } from '../journal/journal-text.ts'
import type { ExitLine, PeakLine, SpawnLine, WaitLine } from '../journal/line.ts'
import type { Spool } from '../journal/merge-spools.ts'
import type { Calls } from './calls.ts'
import type { Components } from './components.ts'
import type { Fates } from './fates.ts'
import type { Files } from './files.ts'
import { Frame } from './frame.ts'
import type { Caller } from './frame.ts'
import { languageOf } from './languages/language-of.ts'
import { JournaledProcess } from './journaled-process.ts'
import type { Process, RunListener } from './run.ts'

/** What processes are read with, and to whom they are emitted. */
interface ProcessParts {
  calls: Calls
  fates: Fates
  files: Files
  components: Components
  listener: RunListener
}

/** The tree of processes: those that keep a journal, and programs that are known only by who started them. */
export class Processes {
  readonly #bySpool = new Map<string, JournaledProcess>()
  #last = 0
  readonly #parts: ProcessParts
  readonly #peaks: ReadonlyMap<string, PeakLine>

  /** @param peaks what the recorder saw of the memory of programs */
  constructor(parts: ProcessParts, peaks: readonly PeakLine[]) {
    this.#parts = parts
    this.#peaks = new Map(peaks.map((line) => [`${line.spool} ${line.spawn}`, line]))
  }

  get all(): Iterable<JournaledProcess> {
    return this.#bySpool.values()
  }

  /** The process that keeps a spool, which begins with this. */
  open(spool: Spool): JournaledProcess {
    const { pid, agent, interpreter, parent } = spool.process
    const name = interpreter.name.toLowerCase()
    // The recorder itself writes the journal of a command without an agent. Its interpreter is no part of the run.
    const isRecorder = agent.name === 'vampira'
    const process = this.#emit({
      pid,
      label: isRecorder
        ? `vampira ${agent.version} (pid ${pid})`
        : `${languageOf(name).displayName(name)} ${interpreter.version} (pid ${pid})`,
      package: isRecorder
        ? undefined
        : `pkg:generic/${encodeURIComponent(name)}@${encodeURIComponent(interpreter.version)}`,
    })
    const mother = parent === undefined ? undefined : this.#bySpool.get(parent.spool)
    let startedBy: Caller | undefined
    if (mother !== undefined && parent?.spawn !== undefined) {
      const program = mother.programs.get(parent.spawn)
      // The very process that was started, not one that it started in turn.
      if (program !== undefined && spool.process.parentPid === mother.process.pid) program.process = process
      startedBy = program
    } else if (mother !== undefined && parent?.call !== undefined) {
      startedBy = this.#parts.calls.callerOf(mother, parent.call)
    }
    startedBy ??=
      mother?.root ?? mother?.startedBy ?? (parent === undefined ? this.#programAround(spool) : undefined)
    const opened = new JournaledProcess(spool, process, startedBy)
    this.#bySpool.set(spool.name, opened)
    return opened
  }

  of(spool: Spool): JournaledProcess {
    return this.#bySpool.get(spool.name) ?? this.open(spool)
  }

  /** A program begins: a call of its own, which holds the calls of its recorded children. */
  spawn(home: JournaledProcess, line: SpawnLine, at: number): void {
    const caller = this.#parts.calls.involve(home, line.call) ?? this.#parts.calls.callerOf(home, line.call)
    const component = this.#parts.components.useProgram(line)
    const frame = this.#parts.calls.open(home, 0, component, caller, at, line.by)
    frame.commandLine = line.arguments.map(textOf)
    if (caller instanceof Frame) frame.thread = caller.thread
    frame.decide({ call: frame.n })
    frame.process = { n: 0, pid: line.pid ?? 0, label: '', package: undefined }
    home.programs.set(line.id, frame)
  }

  wait(home: JournaledProcess, line: WaitLine, at: number): void {
    const frame = home.programs.get(line.spawn)
    if (frame === undefined) return
    home.programs.delete(line.spawn)
    frame.endedAt = at
    frame.cpu = line.cpu ?? frame.cpu
    const seen = this.#peaks.get(`${home.spool.name} ${line.spawn}`)
    // The kernel's mark only grows: what was seen late is what it came to, whenever the first look was.
    const wasSeenLate = seen !== undefined && seen.at * 2 >= frame.startedAt + at
    frame.peak = greater(greater(frame.peak, line.peak), wasSeenLate ? seen.peak : undefined)
    if (line.signal !== undefined) frame.exitCode = 128 + line.signal
    else if (line.status !== undefined) frame.exitCode = line.status
    frame.status = (frame.exitCode ?? 0) === 0 ? 'Completed' : 'Failed'
    const wrote = new Set((seen?.wrote ?? []).map(textOf))
    this.#parts.files.takeTouched(line.files ?? [], frame, home.spool.index, wrote)
    this.#conclude(frame)
  }

  /** A process's own word of what it consumed goes for the program that it is. */
  exit(home: JournaledProcess, line: ExitLine): void {
    const { startedBy } = home
    if (!(startedBy instanceof Frame) || startedBy.process !== home.process) return
    startedBy.cpu = line.cpu
    startedBy.peak = line.peak
  }

  /** The run is over: what nobody saw the end of. */
  finish(): void {
    for (const home of [...this.#bySpool.values()].reverse()) {
      for (const frame of home.programs.values()) {
        frame.gaps.push({ reason: 'nobody saw this program end' })
        this.#conclude(frame)
      }
      this.#parts.calls.finish(home)
    }
  }

  /**
   * The program that a process without a known parent is part of: by the number of the process, else the command
   * that the whole run is, where its journal holds nothing else.
   */
  #programAround(spool: Spool): Frame | undefined {
    const { pid, parentPid } = spool.process
    let command: Frame | undefined
    for (const { programs, root } of this.#bySpool.values()) {
      for (const frame of programs.values()) {
        if (frame.process.pid === parentPid || frame.process.pid === pid) return frame
        if (root === undefined) command ??= frame
      }
    }
    return command
  }

  #conclude(frame: Frame): void {
    if (frame.process.n === 0) {
      const { pid } = frame.process
      const name = basename(frame.component.program?.path ?? frame.component.name)
      frame.process = this.#emit({
        pid,
        label: pid === 0 ? name : `${name} (pid ${pid})`,
        package: frame.component.package?.purl,
      })
    }
    if (frame.pair.process.n === frame.home.process.n) frame.pair.process = frame.process
    this.#parts.fates.conclude(frame)
  }

  #emit(process: Omit<Process, 'n'>): Process {
    const numbered = { n: ++this.#last, ...process }
    this.#parts.listener.process(numbered)
    return numbered
  }
}

function greater(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one
}
