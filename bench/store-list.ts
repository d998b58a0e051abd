/**
 * How long `vampira list` takes as a whole process over a store of many runs, beside a Node that does nothing.
 * The runs are copies of one run of examples/first-run under new ids.
 *
 *     npm run bench -- store-list [runs, default 1000]
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { systemClock } from '../src/capture/clock.ts'
import { mintRunId } from '../src/capture/run-id.ts'
import { packageRoot } from '../src/package-root.ts'

const count = Number(process.argv[2] ?? 1000)
const rounds = 15
const cli = join(packageRoot, 'dist/cli/main.js')
const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))

try {
  node(cli, 'init')
  node(cli, 'run', '--', 'python3', join(packageRoot, 'examples/first-run/pipeline.py'))
  const store = join(folder, '.vampira')
  copyRun(store, count)
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

/** Copies the only run of the store until there are so many. */
function copyRun(store: string, runs: number): void {
  const [id = ''] = readdirSync(join(store, 'runs'))
  const index = join(store, 'runs.jsonl')
  const line = readFileSync(index, 'utf8').trimEnd()
  const files = readdirSync(join(store, 'runs', id)).map((name) => {
    return { name, text: readFileSync(join(store, 'runs', id, name), 'utf8') }
  })
  const lines = [line]
  // Ids as they would have been made: one run a minute.
  for (let n = 1; n < runs; n++) {
    const copy = mintRunId({ ...systemClock, wall: () => systemClock.wall() - BigInt(n) * 60_000_000_000n })
    mkdirSync(join(store, 'runs', copy))
    for (const { name, text } of files) {
      writeFileSync(join(store, 'runs', copy, name), text.replaceAll(id, copy))
    }
    lines.unshift(line.replaceAll(id, copy))
  }
  writeFileSync(index, `${lines.join('\n')}\n`)
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
