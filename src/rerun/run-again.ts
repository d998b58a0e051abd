import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rerunOf } from '../analyse/rerun/needs.ts'
import { findProject, findRepositoryRoot } from '../capture/project/project.ts'
import { exitCodeOf } from '../capture/launch.ts'
import type { Ending } from '../capture/launch.ts'
import { runAndRecord } from '../recorder/run-and-record.ts'
import type { Workplace } from '../recorder/workplace.ts'
import type { Store } from '../store/store.ts'
import { moved, moveWords } from './layout.ts'
import { movesTo } from './plan-rerun.ts'
import type { RerunPlan } from './plan-rerun.ts'
import { placeFiles } from './place-files.ts'
import type { Attempt } from './rerun.ts'
import { unrecordedInputs } from './unrecorded-inputs.ts'
import { variablesToSet } from './variables-to-set.ts'

/** Bytes of what a program prints that are kept. */
const mostWritten = 64 << 20
const saidLines = 8

/** Where a rerun is recorded. */
export interface RerunPlace {
  workplace: Workplace
  store: Store
}

/** A run that was run again, before its files are looked at. */
export interface RanAgain extends Pick<
  Attempt,
  'run' | 'folder' | 'status' | 'exitCode' | 'said' | 'lacked'
> {
  /** Standard output and error. */
  written: readonly Buffer[]
  ending: Ending
}

/**
 * Puts the files into a folder, runs the command there and records it as a run of the same pipeline.
 * @param progress called with a sentence on how far it is
 */
export async function runAgain(
  plan: RerunPlan,
  folder: string,
  { workplace, store }: RerunPlace,
  progress: (text: string) => void,
): Promise<RanAgain> {
  const { needs, standardInput, layout } = plan
  const moves = movesTo(folder, plan)
  await placeFiles(plan, moves)
  const output = new Written()
  const errors = new Written()
  // What lies among temporary files counts as nothing that a run made, and the folder may lie there.
  const temporary = await mkdtemp(join(tmpdir(), 'vampira-scratch-'))
  const label = needs.run.replace(/^urn:uuid:/, '')
  try {
    progress(`running ${needs.command.join(' ')}`)
    const ended = await runAndRecord(workplace, store, {
      command: moveWords(needs.command, moves),
      directory: moved(needs.directory, moves),
      name: needs.pipeline,
      project: (await findProject(layout.base, findRepositoryRoot(layout.base), needs.repository)).name,
      detail: needs.detail,
      metadata: [[rerunOf, label]],
      environment: { ...process.env, ...variablesToSet(needs.variables), TMPDIR: temporary },
      streams: {
        ...(standardInput !== undefined && { input: moved(standardInput.was, moves) }),
        onOutput: (bytes) => output.add(bytes),
        onError: (bytes) => errors.add(bytes),
      },
    })
    await ended.store(progress)
    const { ending } = ended
    await writeFile(join(folder, 'standard-output.txt'), output.bytes)
    await writeFile(join(folder, 'standard-error.txt'), errors.bytes)
    const exitCode = exitCodeOf(ending)
    const status = ending.signal !== undefined ? 'Interrupted' : exitCode === 0 ? 'Completed' : 'Failed'
    return {
      run: `urn:uuid:${ended.id}`,
      folder,
      status,
      exitCode,
      ...(status !== 'Completed' && { said: lastLines(errors.bytes) }),
      lacked:
        status === 'Completed'
          ? []
          : unrecordedInputs(errors.bytes.toString('utf8', 0, 1 << 20), needs.directory, moves),
      written: [output.bytes, errors.bytes],
      ending,
    }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** The beginning of what a program writes. */
class Written {
  readonly #chunks: Buffer[] = []
  #size = 0

  add(bytes: Buffer): void {
    if (this.#size >= mostWritten) return
    this.#chunks.push(bytes)
    this.#size += bytes.length
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }
}

function lastLines(bytes: Buffer): string[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-saidLines)
}
