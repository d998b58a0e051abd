/**
 * What questions about one large record cost, as whole processes: seconds of a processor, peak memory, and the ratio to
 * loading the same record into Oxigraph, where it fits there. Its ceiling is near 12 million triples, 300,000 calls.
 *
 *     npm run bench -- large-records [calls …, default 25000]
 */
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'
import { costLine, nodeCost } from './costs/cost.ts'
import type { Cost } from './costs/cost.ts'

const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [25_000]
const cli = join(packageRoot, 'dist/cli/main.js')
const loader = join(import.meta.dirname, 'stores/load-record.js')
const mostOfOxigraph = 300_000

const longest = `PREFIX vam: <https://w3id.org/vampira#>
SELECT ?call ?seconds WHERE { GRAPH ?g { ?call a vam:Call ; vam:wallSeconds ?seconds } } ORDER BY DESC(?seconds) LIMIT 3
`
const questions: Readonly<Record<string, readonly string[]>> = {
  show: ['show', 'last'],
  'query longest calls': ['query', 'longest.rq', '--run', 'last'],
  lineage: ['lineage', 'out.txt'],
  impact: ['impact', 'in.txt'],
  export: ['export', 'last', '--to', 'nquads', '-o', 'record.nq'],
  validate: ['validate', 'last'],
}

for (const count of counts) {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))
  try {
    copyFileSync(join(packageRoot, 'bench/programs/chain.py'), join(folder, 'chain.py'))
    writeFileSync(join(folder, 'longest.rq'), longest)
    writeFileSync(join(folder, 'in.txt'), '1\n2\n3\n')
    const program = ['python3', 'chain.py', String(count)]
    const recording = nodeCost(folder, cli, 'run', '--detail', 'full', '--', ...program)
    const runs = join(folder, '.vampira/runs')
    const record = join(runs, readdirSync(runs)[0]!, 'record.trig')
    const { tripleCount } = JSON.parse(readFileSync(join(folder, '.vampira/runs.jsonl'), 'utf8')) as {
      tripleCount: number
    }
    const size = (statSync(record).size / 1e6).toFixed(0)
    console.log(`\n${count} calls: ${(tripleCount / 1e6).toFixed(1)} million triples in ${size} MB`)
    const peer = count > mostOfOxigraph ? undefined : nodeCost(folder, loader, record)
    const line = (name: string, cost: Cost) => console.log(costLine(name, cost, peer, 'cpu'))
    if (peer !== undefined) line('oxigraph alone', peer)
    line('run', recording)
    for (const [name, args] of Object.entries(questions)) line(name, nodeCost(folder, cli, ...args))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
