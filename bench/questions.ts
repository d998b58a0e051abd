/**
 * What questions cost as whole processes, over stores of 100, 1,000 and 10,000 runs: seconds, peak memory, and the ratio
 * to a process that only loads the same summaries into Oxigraph. `first` before a name: the first such question, which
 * reads the summaries and leaves them as a table or an image; all others find it there.
 *
 * The runs are those of the two pipelines of examples/first-run, copied under new ids. 10,000 of them take 11 GB of disk.
 *
 *     npm run bench -- questions [runs …, default 100 1000]
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'
import { costLine, medianCost, nodeCost, run } from './costs/cost.ts'
import type { Cost } from './costs/cost.ts'
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
  'first: query runs': ['query', 'runs'],
  'query runs': ['query', 'runs'],
  'query components': ['query', 'components'],
  'query uc3': ['query', 'uc3-cost-and-inputs'],
  'first: query uc5': ['query', 'uc5-components-of-pipelines'],
  'query uc5': ['query', 'uc5-components-of-pipelines'],
  'query uc9': ['query', 'uc9-repeated-measurements'],
  'query uc7': ['query', 'uc7-settings-and-outcomes'],
  lineage: ['lineage', 'results/fit.json'],
  impact: ['impact', 'measurements.csv'],
}

const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))
try {
  cpSync(join(packageRoot, 'examples/first-run'), folder, { recursive: true })
  const vampira = (...args: readonly string[]) => run([process.execPath, cli, ...args], folder)
  const fit = ['run', '--name', 'cooling', '--', 'python3', 'pipeline.py', 'measurements.csv']
  vampira('init')
  vampira('run', '--name', 'measuring', '--', 'python3', 'make_measurements.py', 'measurements.csv')
  vampira(...fit)
  vampira(...fit, '--threshold', '1000')
  const store = join(folder, '.vampira')
  for (const count of counts) {
    copyRuns(store, count)
    rmSync(join(store, 'cache'), { recursive: true, force: true })
    const peer = medianOf(loader, join(store, 'runs'))
    console.log(`\n${count} runs: seconds, peak memory, ratio to loading the summaries into Oxigraph`)
    console.log(costLine('oxigraph alone', peer, peer, 'wall'))
    for (const [name, args] of Object.entries(questions)) {
      const cost = name.startsWith('first') ? nodeCost(folder, cli, ...args) : medianOf(cli, ...args)
      console.log(costLine(name, cost, peer, 'wall'))
    }
    // So few runs that it is no gain leave none.
    for (const name of existsSync(join(store, 'cache')) ? readdirSync(join(store, 'cache')) : [])
      console.log(`${name} has ${(statSync(join(store, 'cache', name)).size / 1e6).toFixed(0)} MB`)
  }
} finally {
  rmSync(folder, { recursive: true })
}

function medianOf(...args: readonly string[]): Cost {
  return medianCost(
    Array.from({ length: rounds }, () => nodeCost(folder, ...args)),
    'wall',
  )
}
