/**
 * How long `vampira list` takes as a whole process over a store of many runs, beside a Node that does nothing.
 * The runs are copies of one run of examples/first-run under new ids.
 *
 *     npm run bench -- store-list [runs, default 1000]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { packageRoot } from '../src/package-root.ts'
import { copyRuns } from './stores/many-runs.ts'

const count = Number(process.argv[2] ?? 1000)
const rounds = 15
const cli = join(packageRoot, 'dist/cli/main.js')
const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))

try {
  node(cli, 'init')
  node(cli, 'run', '--', 'python3', join(packageRoot, 'examples/first-run/pipeline.py'))
  const store = join(folder, '.vampira')
  copyRuns(store, count)
  const times: Record<string, number[]> = { 'node -e 0': [], 'vampira --version': [], 'vampira list': [] }
  const rebuilt: number[] = []
  for (let round = 0; round < rounds; round++) {
    times['node -e 0']?.push(timed('-e', '0'))
    times['vampira --version']?.push(timed(cli, '--version'))
    times['vampira list']?.push(timed(cli, 'list'))
  }
  for (let round = 0; round < 3; round++) {
    rmSync(join(store, 'runs.jsonl'))
    rebuilt.push(timed(cli, 'list'))
  }
  times['vampira list, index lost'] = rebuilt
  const listed = JSON.parse(node(cli, 'list', '--json')) as unknown[]
  if (listed.length !== count) throw new Error(`${listed.length} of ${count} runs were listed`)
  console.log(`${count} runs; milliseconds of whole processes: median (least to most)`)
  for (const [what, each] of Object.entries(times)) {
    const sorted = each.toSorted((a, b) => a - b).map((time) => time.toFixed(0))
    console.log(
      `${what.padEnd(26)} ${sorted[sorted.length >> 1]} (${sorted[0]} to ${sorted.at(-1)}, ${each.length} times)`,
    )
  }
} finally {
  rmSync(folder, { recursive: true })
}

function timed(...args: string[]): number {
  const begin = performance.now()
  node(...args)
  return performance.now() - begin
}

function node(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}
