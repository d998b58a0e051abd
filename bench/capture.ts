/**
 * What recording costs six kinds of programs (bench/programs), beside the bare program, `sys.setprofile` with a function
 * that does nothing, and noWorkflow where its `now` is installed. Wall and CPU seconds of whole process trees, as medians
 * of rounds in which each side runs once, and as medians of the ratios to the bare program of the same round.
 *
 * `agent`: the recorded Python alone, without the recorder. `recorded`: `vampira run` as a whole. `first`: the same with
 * no cache. `stored`: from the program's end to the stored record. Bytes are those of the journal's spools and of the record.
 *
 *     npm run bench -- capture [rounds, default 5] [program …]
 *
 * PYTHON and NOW name other programs than `python3` and `now`. What noWorkflow does not finish in a minute is left out.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'
import { costOf, median, run } from './costs/cost.ts'
import type { Cost } from './costs/cost.ts'

const cli = join(packageRoot, 'dist/cli/main.js')
const rounds = Number(process.argv[2] ?? 5)
const programs: Record<string, readonly string[]> = {
  modules: [],
  methods: [],
  calls: ['--detail', 'full'],
  files: [],
  children: [],
  little: [],
}
const wanted = process.argv.length > 3 ? process.argv.slice(3) : Object.keys(programs)
const base = mkdtempSync(join(tmpdir(), 'vampira-capture-'))
const cache = join(base, 'cache')
const profiled = join(base, 'profiled')
const environment = bareEnvironment()
// Not a shim of a version manager, which would count as the program.
const python = run(
  [process.env['PYTHON'] ?? 'python3', '-c', 'import sys; print(sys.executable)'],
  base,
).stdout.trim()
const now = findPeer(process.env['NOW'] ?? 'now')

try {
  mkdirSync(profiled)
  writeFileSync(
    join(profiled, 'sitecustomize.py'),
    'import sys, threading\ndef nothing(*_): pass\nsys.setprofile(nothing)\nthreading.setprofile(nothing)\n',
  )
  for (const name of wanted) measure(name, programs[name] ?? [])
} finally {
  rmSync(base, { recursive: true })
}

function measure(name: string, options: readonly string[]): void {
  // A folder of its own, without the files of other programs.
  const work = join(base, name)
  cpSync(join(packageRoot, 'bench/programs'), work, { recursive: true })
  if (name === 'modules') run([python, 'modules.py', 'make'], work)
  run([process.execPath, cli, 'init'], work)
  const script = [python, `${name}.py`]
  const quietly = [process.execPath, cli, 'run', '--quiet', ...options, '--', ...script]
  const agent = {
    ...environment,
    VAMPIRA_JOURNAL: join(base, 'journal'),
    VAMPIRA_DETAIL: options[1] ?? 'adaptive',
    PYTHONPATH: join(packageRoot, 'agents/python/site'),
  }
  const sides: Record<string, () => Cost | undefined> = {
    bare: () => costOf(script, work, environment),
    profile: () => costOf(script, work, { ...environment, PYTHONPATH: profiled }),
    agent: () => costOf(script, work, agent),
    recorded: () => costOf(quietly, work, environment),
    ...(name === 'modules' && {
      first: () => {
        rmSync(cache, { recursive: true, force: true })
        return costOf(quietly, work, environment)
      },
    }),
    noWorkflow: peer(work, `${name}.py`),
  }
  // A warm-up, which is not counted.
  for (const side of ['bare', 'agent', 'recorded']) sides[side]?.()
  const costs = new Map<string, Cost[]>(Object.keys(sides).map((side) => [side, []]))
  const bytes = { journal: 0, record: 0 }
  const stored: number[] = []
  for (let n = 0; n < rounds; n++) {
    // Whoever comes first finds colder caches: they take turns.
    const order = Object.keys(sides)
    for (const side of n % 2 === 0 ? order : order.toReversed()) {
      if (side === 'noWorkflow' && n > 0) continue
      rmSync(join(base, 'journal'), { recursive: true, force: true })
      const cost = sides[side]?.()
      if (cost !== undefined) costs.get(side)?.push(cost)
      if (side === 'agent') bytes.journal = bytesIn(join(base, 'journal'))
      if (side === 'recorded') {
        const [latest] = JSON.parse(run([process.execPath, cli, 'list', '--json'], work).stdout) as {
          wallSeconds: number
        }[]
        stored.push((cost?.wall ?? NaN) - (latest?.wallSeconds ?? NaN))
        bytes.record = bytesIn(join(work, '.vampira/runs')) / readdirSync(join(work, '.vampira/runs')).length
      }
    }
  }
  print(name, costs)
  console.log(
    `  start of the recorder and storing: ${median(stored).toFixed(2)} s; ` +
      `journal ${megabytes(bytes.journal)}, record ${megabytes(bytes.record)}\n`,
  )
}

function print(name: string, costs: ReadonlyMap<string, readonly Cost[]>): void {
  console.log(name)
  const bare = costs.get('bare') ?? []
  for (const [side, measured] of costs) {
    if (measured.length === 0) continue
    const ratio = (of: keyof Cost) =>
      median(measured.map((cost, n) => cost[of] / (bare[n]?.[of] ?? NaN))).toFixed(2)
    const seconds = (of: keyof Cost) => median(measured.map((cost) => cost[of])).toFixed(2)
    console.log(
      `  ${side.padEnd(10)} wall ${seconds('wall')} s (${ratio('wall')} ×)  CPU ${seconds('cpu')} s (${ratio('cpu')} ×)`,
    )
  }
}

/** As a user's: with byte code, and with a cache of its own. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:VAMPIRA_|PYTHON)/.test(name))
  return { ...Object.fromEntries(kept), XDG_CACHE_HOME: cache }
}

function findPeer(program: string): string | undefined {
  if (spawnSync(program, ['--help'], { stdio: 'ignore' }).status === 0) return program
  console.log('noWorkflow is not here (pip install noworkflow; NOW=…/now)')
  return undefined
}

function peer(work: string, script: string): () => Cost | undefined {
  return () => {
    if (now === undefined) return undefined
    try {
      return costOf(
        ['timeout', '60', now, 'run', '--coarse-granularity', '--dir', join(base, 'now'), script],
        work,
        environment,
      )
    } catch (error) {
      console.log(`  noWorkflow: ${(error as Error).message.trim().split('\n').at(-1)?.slice(0, 200)}`)
      return undefined
    }
  }
}

function bytesIn(folder: string): number {
  let total = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) total += statSync(join(entry.parentPath, entry.name)).size
  }
  return total
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
