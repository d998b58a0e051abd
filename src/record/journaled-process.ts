import type { ComponentLine, FileLine } from '../journal/line.ts'
import type { Spool } from '../journal/merge-spools.ts'
import { CommandLineOptions } from './command-line-options.ts'
import { KnownFields } from './fields.ts'
import type { Caller, Frame, FrameHome } from './frame.ts'
import type { Language } from './languages/language.ts'
import { languageOf } from './languages/language-of.ts'
import { NumberColumn } from './number-column.ts'
import { Objects } from './objects.ts'
import type { UserModule } from './user-module.ts'
import type { ComponentVersion, Process } from './run.ts'

/** A process that keeps a journal: what its ids mean, and what of it is open. */
export class JournaledProcess implements FrameHome {
  readonly spool: Spool
  readonly process: Process
  /** The program or the forking call that started it. */
  readonly startedBy: Caller | undefined
  readonly language: Language
  readonly modules = new Map<number, UserModule>()
  readonly components = new Map<number, { line: ComponentLine; version: ComponentVersion | undefined }>()
  readonly objects = new Objects<Frame>()
  readonly fields = new KnownFields()
  readonly options = new CommandLineOptions()
  /** Calls that are open, or that have ended and are neither emitted nor folded yet. */
  readonly frames = new Map<number, Frame>()
  /** Of calls that have left: their number, or minus their group's; and their component version's. */
  readonly left = new NumberColumn()
  readonly leftComponents = new NumberColumn()
  /** Programs it started that have not ended. */
  readonly programs = new Map<number, Frame>()
  /** Its first call. */
  root: Frame | undefined
  /** Its standard input, until then. */
  readonly early: FileLine[] = []
  resident = 0
  endedAt: number | undefined

  constructor(spool: Spool, process: Process, startedBy: Caller | undefined) {
    this.spool = spool
    this.process = process
    this.startedBy = startedBy
    this.language = languageOf(spool.process.interpreter.name.toLowerCase())
  }

  /** A call was emitted or folded: only its number is remembered. */
  leave(frame: Frame): void {
    frame.isEmitted = true
    frame.forget()
    if (frame.id === 0) return
    this.frames.delete(frame.id)
    const { ref } = frame
    this.left.set(frame.id, ref === undefined ? 0 : 'call' in ref ? ref.call : -ref.group)
    this.leftComponents.set(frame.id, frame.component.n)
  }
}
