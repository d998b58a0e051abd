import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { textOf } from '../journal/journal-text.ts'
import type { FileLine, Stat, Touched } from '../journal/line.ts'
import type { Contents } from './contents.ts'
import { isSameStat, TrackedVersion } from './tracked-version.ts'
import type { Frame } from './frame.ts'
import type { ActivityRef, Metadata, RunListener } from './run.ts'
import { pathWithin } from './user-module.ts'

/** Versions at a path that late news can still be about. */
const remembered = 4
/** Gaps of one program that name files. */
const listedChanges = 20

interface TrackedPath {
  n: number
  path: string
  current: TrackedVersion | undefined
  /** Latest last, the current one included. */
  recent: TrackedVersion[]
}

/**
 * Follows what is at each path from one write to the next. What calls read and write are versions; a stat that no
 * event explains means that somebody unknown was there.
 */
export class Files {
  #lastVersion = 0
  readonly #paths = new Map<string, TrackedPath>()
  /** Every folder that one of them is in. */
  readonly #folders = new Set<string>()
  readonly #listener: RunListener
  readonly #contents: Contents
  readonly #directory: string
  readonly #temporary: string | undefined
  readonly #isInterrupted: boolean

  /** @param folders of work, and of the program's temporary files */
  constructor(
    listener: RunListener,
    contents: Contents,
    folders: { directory: string; temporary: string | undefined },
    isInterrupted: boolean,
  ) {
    this.#listener = listener
    this.#contents = contents
    this.#directory = folders.directory
    this.#temporary = folders.temporary
    this.#isInterrupted = isInterrupted
  }

  /** An event of a process; `frame` is the kept call it belongs to, if any is known. */
  take(line: FileLine, frame: Frame | undefined, spool: number): void {
    const name = textOf(line.path)
    if (line.op === 'rename' && line.to !== undefined && this.#folders.has(name)) {
      this.#renameFolder(name, textOf(line.to), frame, spool)
      return
    }
    const path = this.#pathOf(name)
    switch (line.op) {
      case 'read':
        this.#use(this.#lookAt(path, line.stat, spool) ?? this.#begin(path, undefined, undefined), frame)
        return
      case 'write':
        this.#write(path, line.old, frame, spool, false)
        return
      case 'update':
        this.#write(path, line.old, frame, spool, true)
        return
      case 'remove':
        this.#lookAt(path, line.old, spool)
        this.#end(path, refOf(frame))
        return
      case 'rename':
        if (line.to !== undefined) this.#rename(path, this.#pathOf(textOf(line.to)), line.old, frame, spool)
        return
      case 'final':
        this.#settle(path, line.stat, spool)
    }
  }

  /**
   * Files that a program touched, as its parent saw it: what it read first, then what it did to them.
   * @param wrote paths that the recorder saw it have open for writing
   */
  takeTouched(
    files: readonly Touched[],
    program: Frame,
    spool: number,
    wrote: ReadonlySet<string> = new Set(),
  ): void {
    for (const { path, op, stat } of files)
      if (op === 'read') this.#readByProgram(textOf(path), stat, program, spool)
    for (const { path, op, stat, old, seen } of files) {
      const tracked = this.#pathOf(textOf(path))
      const { current } = tracked
      // A recorded process inside the program has reported this write already, and knows more about it.
      const isKnown = current?.writer?.isInside(program) === true && current.writer !== program
      const isUnseen = seen === 'change' && !isKnown && !wrote.has(tracked.path)
      if (isUnseen) this.#changeUnseen(tracked, op, stat, program)
      else if (op === 'write' && isKnown) {
        if (stat !== undefined && current !== undefined) current.stat = stat
      } else if (op === 'write') {
        this.#write(tracked, old, program, spool, false)
        if (tracked.current !== undefined) tracked.current.stat = stat
      } else if (op === 'remove' && current !== undefined) this.#end(tracked, refOf(program))
    }
  }

  /** Number of the version that is at a path now. */
  currentAt(path: string): number | undefined {
    const current = this.#paths.get(path)?.current
    if (current !== undefined) current.isMentioned = true
    return current?.n
  }

  /** The version that the run left at a path, and what made it; undefined where that is another than was seen. */
  madeAt(path: string, stat: Stat): { n: number; by: ActivityRef | undefined } | undefined {
    const current = this.#paths.get(path)?.current
    if (current?.generatedBy === undefined) return undefined
    if (current.stat !== undefined && !isSameStat(current.stat, stat)) return undefined
    current.isMentioned = true
    return { n: current.n, by: current.generatedBy === 'run' ? undefined : current.generatedBy }
  }

  annotate(path: string, metadata: Metadata): void {
    const current = this.#paths.get(path)?.current
    if (current === undefined) return
    current.isMentioned = true
    current.metadata.push(metadata)
  }

  /** Emits the files that are still there after the run. Code that was only loaded is no data and is left out. */
  finish(isCode: (path: string) => boolean): void {
    for (const path of this.#paths.values()) {
      const { current } = path
      if (current === undefined || (!current.isMentioned && isCode(path.path))) continue
      this.#emit(path, current, undefined)
    }
  }

  #write(
    path: TrackedPath,
    old: Stat | undefined,
    frame: Frame | undefined,
    spool: number,
    isUpdate: boolean,
  ): void {
    const { current } = path
    // Opened again by the call that wrote it, and nobody has looked in between: still the same writing.
    if (current !== undefined && frame !== undefined && current.writer === frame && !current.wasRead) {
      current.stat = undefined
      return
    }
    if (old === undefined) this.#end(path, 'run')
    else {
      const before = this.#see(path, old, spool)
      if (isUpdate) this.#use(before, frame)
      this.#end(path, refOf(frame))
    }
    this.#begin(path, frame, undefined, spool, refOf(frame))
  }

  /** A file changed while a program ran. That may have been any program, so that nothing is claimed. */
  #changeUnseen(path: TrackedPath, op: Touched['op'], stat: Stat | undefined, program: Frame): void {
    const { current } = path
    if (stat !== undefined && current?.stat !== undefined && isSameStat(current.stat, stat)) return
    this.#end(path, 'run')
    if (op !== 'write') return
    const version = this.#begin(path, undefined, stat)
    version.possibleWriter = program
    version.isMentioned = true
    program.pair.possiblyGenerated.set(version.n, version)
    const name = pathWithin(this.#directory, path.path) ?? path.path
    const reason = `${name} changed while this program ran; another program may have changed it`
    if (program.gaps.length < listedChanges) program.gaps.push({ reason })
  }

  #rename(
    from: TrackedPath,
    to: TrackedPath,
    old: Stat | undefined,
    frame: Frame | undefined,
    spool: number,
  ): void {
    const moved = this.#lookAt(from, old, spool)
    if (moved !== undefined) {
      this.#use(moved, frame)
      this.#end(from, refOf(frame))
    }
    if (to.current !== undefined) this.#end(to, refOf(frame))
    const arrived = this.#begin(to, frame, moved?.stat, spool, refOf(frame))
    if (moved !== undefined) arrived.otherPaths.push(from.path, ...moved.otherPaths)
  }

  #renameFolder(from: string, to: string, frame: Frame | undefined, spool: number): void {
    for (const path of [...this.#paths.values()]) {
      if (path.current === undefined || !path.path.startsWith(`${from}/`)) continue
      this.#rename(path, this.#pathOf(to + path.path.slice(from.length)), undefined, frame, spool)
    }
  }

  #readByProgram(name: string, stat: Stat | undefined, program: Frame, spool: number): void {
    const path = this.#pathOf(name)
    const matching = stat && path.recent.findLast((version) => version.stat && isSameStat(version.stat, stat))
    const version = matching ?? this.#lookAt(path, stat, spool)
    if (version?.writer?.isInside(program) === true) return
    this.#use(version ?? this.#begin(path, undefined, undefined), program)
  }

  /** At the end of a process: what a path that it wrote holds. */
  #settle(path: TrackedPath, stat: Stat | undefined, spool: number): void {
    if (stat === undefined) {
      if (path.current !== undefined) this.#end(path, 'run')
    } else if (path.current === undefined) this.#begin(path, undefined, stat, spool, 'run')
    else this.#see(path, stat, spool, true)
  }

  #lookAt(path: TrackedPath, stat: Stat | undefined, spool: number): TrackedVersion | undefined {
    return stat === undefined ? path.current : this.#see(path, stat, spool)
  }

  /** Makes what is known of a path agree with what was seen there; the version that this is. */
  #see(path: TrackedPath, stat: Stat, spool: number, isFinal = false): TrackedVersion {
    const { current } = path
    if (current === undefined) return this.#begin(path, undefined, stat)
    if (current.stat === undefined || isSameStat(current.stat, stat)) {
      current.stat = { ...current.stat, ...stat }
      return current
    }
    const { writer } = current
    const goesOn = writer !== undefined && (!writer.isEmitted || (isFinal && current.spool === spool))
    if (!goesOn) {
      this.#end(path, 'run')
      return this.#begin(path, undefined, stat)
    }
    if (!current.wasRead) {
      current.stat = stat
      return current
    }
    const { generatedBy } = current
    this.#end(path, generatedBy ?? 'run')
    return this.#begin(path, writer, stat, current.spool, generatedBy)
  }

  #begin(
    path: TrackedPath,
    writer: Frame | undefined,
    stat: Stat | undefined,
    spool?: number,
    generatedBy?: ActivityRef | 'run',
  ): TrackedVersion {
    const version = new TrackedVersion(++this.#lastVersion, writer, stat, spool, generatedBy)
    path.current = version
    path.recent.push(version)
    if (path.recent.length > remembered) path.recent.shift()
    writer?.pair.generated.set(version.n, version)
    return version
  }

  #use(version: TrackedVersion, frame: Frame | undefined): void {
    version.wasRead = true
    if (frame === undefined) return
    version.isMentioned = true
    ;(frame.usedFiles ??= new Set()).add(version.n)
    frame.pair.used.set(version.n, version)
    if (version.writer !== undefined) frame.pair.informedBy.add(version.writer.pair.n)
  }

  #end(path: TrackedPath, by: ActivityRef | 'run'): void {
    if (path.current !== undefined) this.#emit(path, path.current, by)
    path.current = undefined
  }

  #emit(path: TrackedPath, version: TrackedVersion, invalidatedBy: ActivityRef | 'run' | undefined): void {
    const { stat } = version
    const found = stat && this.#contents.find([path.path, ...version.otherPaths], stat)
    const isGone = invalidatedBy !== undefined
    version.emitted = {
      n: version.n,
      path: pathWithin(this.#directory, path.path) ?? path.path,
      url: pathToFileURL(path.path).href,
      pathNumber: path.n,
      content: found?.content,
      noDigestBecause: found?.content ? undefined : (found?.because ?? this.#because(stat, isGone)),
      size: found?.content?.size ?? stat?.size,
      generatedBy: version.generatedBy,
      invalidatedBy,
      ...(version.possibleWriter?.ref && { possiblyGeneratedBy: version.possibleWriter.ref }),
      ...(this.#isScratch(path.path) && { isScratch: true as const }),
      ...(version.metadata.length > 0 ? { metadata: version.metadata } : {}),
    }
    this.#listener.file(version.emitted)
  }

  #isScratch(path: string): boolean {
    if (this.#temporary === undefined || pathWithin(this.#directory, path) !== undefined) return false
    return pathWithin(this.#temporary, path) !== undefined
  }

  #because(stat: Stat | undefined, isGone: boolean): string {
    if (isGone) return 'gone before it was read'
    if (this.#isInterrupted) return 'interrupted'
    return stat === undefined ? 'not seen again after it was opened' : 'not read by the recorder'
  }

  #pathOf(name: string): TrackedPath {
    let path = this.#paths.get(name)
    if (path === undefined) {
      path = { n: this.#paths.size + 1, path: name, current: undefined, recent: [] }
      this.#paths.set(name, path)
      for (let at = dirname(name); !this.#folders.has(at) && at !== dirname(at); at = dirname(at)) {
        this.#folders.add(at)
      }
    }
    return path
  }
}

function refOf(frame: Frame | undefined): ActivityRef | 'run' {
  return frame?.ref ?? 'run'
}
