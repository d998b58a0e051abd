/**
 * What questions cost as whole processes, over stores of 100, 1,000 and 10,000 runs: seconds, peak memory, and the ratio
 * to a process that only loads the same summaries into Oxigraph. `image` before a name: the first such question, which
 * loads the summaries and writes their image; all others find it there.
 *
 * The runs are those of the two pipelines of examples/first-run, copied under new ids. 10,000 of them take 11 GB of disk.
 *
 *     npm run bench -- questions [runs …, default 100 1000]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { packageRoot } from '../src/package-root.ts'
import { copyRuns } from './stores/many-runs.ts'

const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100, 1000]
const rounds = 3
const cli = join(packageRoot, 'dist/cli/main.js')
const loader = join(import.meta.dirname, 'stores/load-summaries.js')

const questions: Readonly<Record<string, readonly string[]>> = {
  list: ['list', '--limit', '10'],
  'show last': ['show', 'last'],
  'diff last~1 last': ['diff', 'last~1', 'last'],
  'validate last': ['validate', 'last'],
  'export last': ['export', 'last'],
  'image: query runs': ['query', 'runs'],
  'query runs': ['query', 'runs'],
  'query components': ['query', 'components'],
  'query uc3': ['query', 'uc3-cost-and-inputs'],
  'query uc5': ['query', 'uc5-components-of-pipelines'],
  'query uc9': ['query', 'uc9-repeated-measurements'],
  lineage: ['lineage', 'results/fit.json'],
  impact: ['impact', 'measurements.csv'],
}

interface Cost {
  seconds: number
  megabytes: number
}

const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))
try {
  cpSync(join(packageRoot, 'examples/first-run'), folder, { recursive: true })
  const fit = ['run', '--name', 'cooling', '--', 'python3', 'pipeline.py', 'measurements.csv']
  run(cli, 'init')
  run(cli, 'run', '--name', 'measuring', '--', 'python3', 'make_measurements.py', 'measurements.csv')
  run(cli, ...fit)
  run(cli, ...fit, '--threshold', '1000')
  const store = join(folder, '.vampira')
  for (const count of counts) {
    copyRuns(store, count)
    rmSync(join(store, 'cache/summaries.image'), { force: true })
    const peer = medianOf(() => measure(loader, join(store, 'runs')))
    console.log(`\n${count} runs: seconds, peak memory, ratio to loading the summaries into Oxigraph`)
    line('oxigraph alone', peer, peer)
    for (const [name, args] of Object.entries(questions)) {
      const cost = name.startsWith('image') ? measure(cli, ...args) : medianOf(() => measure(cli, ...args))
      line(name, cost, peer)
    }
    console.log(`the image has ${(statSync(join(store, 'cache/summaries.image')).size / 1e6).toFixed(0)} MB`)
  }
} finally {
  rmSync(folder, { recursive: true })
}

function line(name: string, { seconds, megabytes }: Cost, peer: Cost): void {
  const ratio = (seconds / peer.seconds).toFixed(2)
  console.log(
    `${name.padEnd(20)} ${seconds.toFixed(2).padStart(7)} s ${megabytes.toFixed(0).padStart(6)} MB  ×${ratio}`,
  )
}

function medianOf(once: () => Cost): Cost {
  const costs = Array.from({ length: rounds }, once).toSorted((a, b) => a.seconds - b.seconds)
  return costs[rounds >> 1]!
}

/** A Node process of its own; Python knows the peak memory of its children. */
function measure(...args: string[]): Cost {
  const script =
    'import resource, subprocess, sys\n' +
    'code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n' +
    'print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n' +
    'sys.exit(code)'
  const begin = performance.now()
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script, process.execPath, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  // 1 says that there is something to look at.
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return { seconds: (performance.now() - begin) / 1000, megabytes: Number(stdout) / 1024 }
}

function run(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
}
