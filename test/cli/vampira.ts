import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/package-root.ts'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Files that standard streams are redirected from and to. */
export interface Streams {
  input?: string
  output?: string
  error?: string
}

export const cliPath = join(packageRoot, 'dist/cli/main.js')

/** Runs the built CLI as a process of its own, as people do. */
export function vampira(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; streams?: Streams } = {},
): Promise<Ended> {
  const env = { ...process.env, ...options.env }
  return new Promise((resolve, reject) => {
    const { cwd, streams = {} } = options
    const open = (name: string | undefined, flags: string): number | 'pipe' =>
      name === undefined ? 'pipe' : openSync(join(cwd ?? '.', name), flags)
    const stdio = [open(streams.input, 'r'), open(streams.output, 'w'), open(streams.error, 'w')]
    const child = spawn(process.execPath, [cliPath, ...args], { cwd, env, stdio })
    for (const descriptor of stdio) if (typeof descriptor === 'number') closeSync(descriptor)
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.stdin?.end()
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    )
  })
}

/** The CLI as a process that is still running. */
export function start(
  args: readonly string[],
  cwd: string,
  options: { detached?: boolean } = {},
): ChildProcess {
  return spawn(process.execPath, [cliPath, ...args], { cwd, stdio: ['pipe', 'pipe', 'pipe'], ...options })
}

/** All that a process writes, and how it ends. */
export async function ending(
  child: ChildProcess,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', '']
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString('latin1')))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, stdout, stderr }
}
