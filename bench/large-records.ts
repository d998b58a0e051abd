/**
 * What questions about one large record cost, as whole processes: seconds of a processor, peak memory, and the ratio to
 * loading the same record into Oxigraph, where it fits there. Its ceiling is near 12 million triples, 300,000 calls.
 *
 *     npm run bench -- large-records [calls …, default 25000]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'

const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [25_000]
const cli = join(packageRoot, 'dist/cli/main.js')
const loader = join(import.meta.dirname, 'stores/load-record.js')
const mostOfOxigraph = 300_000

const program = `import sys

def read(path):
    with open(path) as f:
        return [float(line) for line in f]

def step(value, by):
    return value * 0.999 + by

def main(n):
    x = sum(read('in.txt'))
    for i in range(n):
        x = step(x, i % 10)
    with open('out.txt', 'w') as f:
        f.write(str(x))

main(int(sys.argv[1]))
`
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

interface Cost {
  seconds: number
  megabytes: number
}

for (const count of counts) {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))
  try {
    writeFileSync(join(folder, 'loop.py'), program)
    writeFileSync(join(folder, 'longest.rq'), longest)
    writeFileSync(join(folder, 'in.txt'), '1\n2\n3\n')
    const recording = measure(
      folder,
      cli,
      'run',
      '--detail',
      'full',
      '--',
      'python3',
      'loop.py',
      String(count),
    )
    const runs = join(folder, '.vampira/runs')
    const record = join(runs, readdirSync(runs)[0]!, 'record.trig')
    const { tripleCount } = JSON.parse(readFileSync(join(folder, '.vampira/runs.jsonl'), 'utf8')) as {
      tripleCount: number
    }
    const size = (statSync(record).size / 1e6).toFixed(0)
    console.log(`\n${count} calls: ${(tripleCount / 1e6).toFixed(1)} million triples in ${size} MB`)
    const peer = count > mostOfOxigraph ? undefined : measure(folder, loader, record)
    if (peer !== undefined) line('oxigraph alone', peer, peer)
    line('run', recording, peer)
    for (const [name, args] of Object.entries(questions)) line(name, measure(folder, cli, ...args), peer)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function line(name: string, { seconds, megabytes }: Cost, peer: Cost | undefined): void {
  const ratio = peer === undefined ? '' : `  ×${(seconds / peer.seconds).toFixed(2)}`
  console.log(
    `${name.padEnd(20)} ${seconds.toFixed(1).padStart(7)} s ${megabytes.toFixed(0).padStart(6)} MB${ratio}`,
  )
}

/** What a program of Node.js takes; findings (exit code 1) are an answer, too. */
function measure(folder: string, ...[script, ...args]: readonly [string, ...string[]]): Cost {
  const { status, stderr } = spawnSync('time', ['-f', '%U %S %M', process.execPath, script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')}: ${stderr}`)
  const [user = 0, system = 0, kilobytes = 0] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number)
  return { seconds: user + system, megabytes: kilobytes / 1000 }
}
