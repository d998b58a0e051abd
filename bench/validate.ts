/**
 * What `validate last` costs as a whole process, for a record of so many calls: processor seconds, peak memory, and the
 * ratio to a process that only reads the same record with n3.
 *
 *     npm run bench -- validate [calls …, default 2500 20000 100000]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [2500, 20_000, 100_000]
const rounds = 3
const cli = join(packageRoot, 'dist/cli/main.js')
const reader = join(import.meta.dirname, 'stores/parse-record.js')

/** Reads a file, sends one value through a chain of calls, writes what came out. */
const script = `import sys

def read(path):
    with open(path) as lines:
        return [float(line) for line in lines]

def step(value, by):
    return value * 0.999 + by

def write(path, value):
    with open(path, 'w') as file:
        file.write(f'{value}\\n')

x = sum(read('in.txt'))
for n in range(int(sys.argv[1])):
    x = step(x, n % 10)
write('out.txt', x)
`

/** Loaded before everything else, to learn what the process took when it ends. */
const meter = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs'
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    writeFileSync(process.env.METER, [(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024].join(' '))
  })
`)}`

interface Cost {
  seconds: number
  megabytes: number
}

const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))
try {
  writeFileSync(join(folder, 'calls.py'), script)
  writeFileSync(join(folder, 'in.txt'), '1\n2\n3\n')
  console.log('   calls      only read           validate           ratio')
  for (const calls of sizes) {
    rmSync(join(folder, '.vampira'), { recursive: true, force: true })
    measure(cli, 'run', '--detail', 'full', '--', 'python3', 'calls.py', String(calls))
    const costs = Array.from({ length: rounds }, () => [
      measure(reader, join(folder, '.vampira/runs')),
      measure(cli, 'validate', 'last'),
    ])
    const [read, validated] = [0, 1].map((which) => medianOf(costs.map((pair) => pair[which]!)))
    const ratio = (validated!.seconds / read!.seconds).toFixed(2)
    console.log(`${String(calls).padStart(8)} ${show(read!)} ${show(validated!)}   ×${ratio}`)
  }
} finally {
  rmSync(folder, { recursive: true })
}

function medianOf(costs: readonly Cost[]): Cost {
  return costs.toSorted((a, b) => a.seconds - b.seconds)[costs.length >> 1]!
}

function show({ seconds, megabytes }: Cost): string {
  return `${seconds.toFixed(2).padStart(7)} s ${megabytes.toFixed(0).padStart(5)} MB`
}

function measure(...args: string[]): Cost {
  const file = join(folder, 'meter')
  const { status, stderr } = spawnSync(process.execPath, ['--import', meter, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, METER: file },
  })
  // 1 says that there is something to look at.
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  const [seconds = 0, megabytes = 0] = readFileSync(file, 'utf8').split(' ').map(Number)
  return { seconds, megabytes }
}
