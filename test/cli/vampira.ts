import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../src/package-root.ts'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export const cliPath = join(packageRoot, 'dist/cli/main.js')

/** Runs the built CLI as a process of its own, as people do. */
export function vampira(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const env = { ...process.env, ...options.env }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cliPath, ...args], { cwd: options.cwd, env })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.stdin.end()
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    )
  })
}
