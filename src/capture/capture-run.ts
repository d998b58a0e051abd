import { countOf } from '../count-of.ts'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { LaunchError } from '../errors.ts'
import type { FinishLine } from '../journal/line.ts'
import { agentEnvironment } from './agent-environment.ts'
import { describeRequest } from './capture-request.ts'
import type { CaptureRequest } from './capture-request.ts'
import { systemClock } from './clock.ts'
import { compileIgnorePatterns } from '../ignore-patterns.ts'
import { CommandFiles, redirectedFile } from './files/command-files.ts'
import { commandParent, writeCommandSpool } from './command-spool.ts'
import { completeEnvironment, readEnvironment, readVariables } from './environment.ts'
import { findProgram } from './find-program.ts'
import { findScript } from './find-script.ts'
import type { Entry } from './find-script.ts'
import { readLoad } from './host.ts'
import { processesOf } from './journal-lock.ts'
import { launch } from './launch.ts'
import type { Ending, Launched } from './launch.ts'
import { openJournal, unwritable } from './open-journal.ts'
import { ProcessTreeWatch } from './process-tree.ts'
import { ProgramWatches } from './program-watches.ts'
import { findLockFiles } from './project/lock-files.ts'
import { findProject, findRepositoryRoot } from './project/project.ts'
import { Recording } from './recording.ts'
import { Redactor } from './redact.ts'
import { KeptContents } from './kept-contents.ts'
import { measureFiles } from './measure-files.ts'
import { readRepository } from './project/repository.ts'
import { mintRunId } from './run-id.ts'
import { foreignCpu } from './run-tool.ts'

/** A run whose program has ended; its journal still lacks what takes time to find out. */
export interface CapturedRun {
  /** UUIDv7. */
  id: string
  name: string
  /** Folder of the journal. */
  journal: string
  ending: Ending
  /**
   * Completes the journal: the remaining files, the packages, the git state.
   * @throws what kept the journal from being whole, such as a full disk
   */
  complete(progress: (text: string) => void): Promise<void>
}

/**
 * Runs a program and follows it until it ends. The program behaves as without us.
 * @throws {LaunchError} it could not be started; nothing is left behind
 * @throws {StoreError} there is no place for a journal; the program was not started
 */
export async function captureRun(request: CaptureRequest): Promise<CapturedRun> {
  const clock = request.clock ?? systemClock
  const variables = request.environment ?? process.env
  const directory = resolve(request.directory ?? '.')
  const entry = findScript(request.command, directory)
  refuseMissingScript(entry)
  const ignored = await compileIgnorePatterns(request.ignore ?? [], directory)
  const pattern = ignored === undefined ? undefined : new RegExp(ignored, 's')
  const isIgnored = (path: string) => pattern?.test(path) === true
  const home = entry.script === undefined ? directory : dirname(entry.script)
  const project = await findProject(home, findRepositoryRoot(home))
  const redactor = new Redactor()
  const args = redactor.command(request.command)
  const run = describeRequest(
    request,
    { id: mintRunId(clock), name: request.name ?? entry.name, directory, args },
    redactor,
  )
  const journal = join(resolve(request.journals), run.id)
  const spool = openJournal(journal, clock)
  const chosen = readVariables(variables, redactor)
  const streams = (
    request.streams === undefined ? ([0, 1, 2] as const).map(redirectedFile) : [request.streams.input]
  ).map((path) => (path === undefined || isIgnored(path) ? undefined : path))
  const watched = new CommandFiles(request.command, directory, isIgnored, streams)
  const orders = {
    journal,
    roots: [...new Set([project.root, home])],
    detail: request.detail,
    include: request.include ?? [],
    exclude: request.exclude ?? [],
    ignored,
    parent: commandParent,
  }
  const loadBefore = readLoad()
  const started = { wall: clock.wall(), monotonic: spool.begin(), cpu: foreignCpu() }
  spool.append({
    ...run,
    wall: String(started.wall),
    monotonic: String(started.monotonic),
    redacted: redactor.count,
  })
  const programs = new ProgramWatches(journal, spool)
  let launched: Launched
  try {
    if (spool.failure !== undefined) throw unwritable(journal, spool.failure)
    launched = await launch(request.command, {
      directory,
      environment: agentEnvironment(variables, orders),
      streams: request.streams,
    })
  } catch (error) {
    programs.stop()
    spool.close()
    rmSync(journal, { recursive: true, force: true })
    throw error
  }
  const watch = new ProcessTreeWatch(launched.pid)
  // What does not change is looked at while the program runs, not while it waits to be started.
  const environment = readEnvironment(chosen)
  spool.append(environment)
  const contents =
    request.contents === undefined
      ? undefined
      : new KeptContents(request.contents, request.keep ?? 'texts', redactor, (line) => spool.append(line))
  const recording = new Recording({ journal, spool, clock, digests: request.digests, contents })
  const repository = readRepository(home, redactor)
  const locks = findLockFiles(home, findRepositoryRoot(home) ?? project.root)
  for (const { path, stat } of locks) recording.want(path, stat)
  recording.follow()
  request.onStart?.()

  const ending = await launched.ended
  const duration = spool.at()
  const loadAfter = readLoad()
  const cpu = maximum(subtract(foreignCpu(), started.cpu))
  const { peak, wrote, ...traffic } = watch.stopAtEnd()
  programs.stop()
  const describeEnding = (cpuTotal: number | undefined, peakTotal: number | undefined): FinishLine => ({
    kind: 'finish',
    at: duration,
    ...(ending.status !== undefined && { status: ending.status }),
    ...(ending.signal !== undefined && { signal: ending.signal }),
    ...(cpuTotal !== undefined && { cpu: cpuTotal }),
    ...(peakTotal !== undefined && { peak: peakTotal }),
    ...traffic,
    ...(loadBefore !== undefined && loadAfter !== undefined && { load: [loadBefore, loadAfter] }),
  })
  spool.append(describeEnding(cpu, peak))
  return {
    id: run.id,
    name: run.name,
    journal,
    ending,
    async complete(progress) {
      const faults: unknown[] = []
      const attempt = (work: Promise<void>) => work.catch((error: unknown) => void faults.push(error))
      for (const pid of processesOf(journal)) {
        const reason = `Process ${pid} was still running when the program ended; what it did after that is not recorded.`
        spool.append({ kind: 'gap', at: duration, reason })
      }
      const tooOld = readTooOld(journal)
      if (tooOld !== undefined) spool.append({ kind: 'gap', at: duration, reason: tooOld })
      await attempt(recording.catchUp())
      const { processes } = recording
      const [cpuTotal, peakTotal] = [maximum(cpu, processes.cpu), maximum(peak, processes.peak)]
      if (cpuTotal !== cpu || peakTotal !== peak) spool.append(describeEnding(cpuTotal, peakTotal))
      if (!processes.pids.has(launched.pid)) {
        const program = findProgram(request.command[0] ?? '', directory, variables)
        if (program !== undefined) processes.programs.add(program)
        const command = {
          pid: launched.pid,
          arguments: args,
          program,
          directory,
          started,
          duration,
          ending,
          cpu,
          peak,
          streams,
          files: watched.compare(wrote),
          // Why an agent that could have seen into it did not.
          gap: tooOld === undefined ? entry.agent?.whyAbsent(request.command.slice(1)) : undefined,
        }
        await attempt(writeCommandSpool(journal, request.recorder, command))
        for (const { path, stat } of command.files) if (stat !== undefined) recording.want(path, stat)
      }
      await attempt(
        repository.then((line) => spool.append({ ...line, project: request.project ?? line.project })),
      )
      for (const line of await measureFiles(run.quality ?? [], directory, duration)) spool.append(line)
      await attempt(recording.drain(progress))
      await attempt(
        completeEnvironment({ ...environment, locks }, recording).then((line) => spool.append(line)),
      )
      if (contents !== undefined && contents.leftOut > 0) {
        const reason = `${countOf(contents.leftOut, 'text')} of 16 MiB and more in all were not kept.`
        spool.append({ kind: 'gap', at: duration, reason })
      }
      for (const fault of faults) {
        const reason = `The journal is not whole: ${(fault as Error).message}`
        spool.append({ kind: 'gap', at: duration, reason })
      }
      spool.close()
      const [fault = spool.failure] = faults
      if (fault !== undefined) throw fault
    },
  }
}

/** The interpreter would say so too, but only after a run had begun that can only fail. */
function refuseMissingScript({ agent, script }: Entry): void {
  if (agent === undefined || script === undefined) return
  if (statSync(script, { throwIfNoEntry: false }) !== undefined) return
  throw new LaunchError(`Cannot run ${script}: there is no such file`, {
    advice: 'Check the path, which is relative to the working directory',
  })
}

/** What an interpreter that is too old for its agent has left in the journal. */
function readTooOld(journal: string): string | undefined {
  try {
    return readFileSync(join(journal, 'too-old'), 'utf8')
  } catch {
    return undefined
  }
}

function subtract(after: number | undefined, before: number | undefined): number | undefined {
  return after === undefined || before === undefined ? undefined : Math.max(0, after - before)
}

function maximum(...numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number) => number !== undefined && number > 0) as number[]
  return known.length === 0 ? undefined : Math.max(...known)
}
