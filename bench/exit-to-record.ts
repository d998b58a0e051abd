/**
 * Seconds from a program's exit to its stored record, for so many calls recorded one by one (--detail full), with
 * the recorder's peak memory.
 *
 *     npm run bench -- exit-to-record [calls …, default 100 10000 1000000]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100, 10_000, 1_000_000]

const script = `import sys

def step(n, scale=0.5):
    return n * scale

for n in range(int(sys.argv[1])):
    step(n)
`

/** Loaded into the recorder before everything else, to learn its peak when it ends. */
const meter = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs'
  const file = process.env.PEAK_FILE
  process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)))
`)}`

const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))
try {
  writeFileSync(join(folder, 'calls.py'), script)
  console.log(
    'calls        program s   exit to record s   recorder MiB   triples   triples/call   record bytes/call',
  )
  for (const calls of sizes) {
    const { seconds, programSeconds, peak, triples, bytes } = measure(calls)
    console.log(
      [
        String(calls).padEnd(12),
        programSeconds.toFixed(2).padStart(9),
        seconds.toFixed(2).padStart(18),
        (peak / 1024).toFixed(0).padStart(14),
        String(triples).padStart(9),
        (triples / calls).toFixed(1).padStart(14),
        (bytes / calls).toFixed(0).padStart(19),
      ].join(' '),
    )
  }
} finally {
  rmSync(folder, { recursive: true })
}

function measure(calls: number) {
  const peakFile = join(folder, 'peak')
  const args = ['--import', meter, join(packageRoot, 'dist/cli/main.js'), 'run', '--detail', 'full', '--json']
  const began = performance.now()
  const { stderr, status } = spawnSync(
    process.execPath,
    [...args, '--', 'python3', 'calls.py', String(calls)],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PEAK_FILE: peakFile },
    },
  )
  const total = (performance.now() - began) / 1000
  const said = stderr.trimEnd().split('\n').at(-1) ?? ''
  if (status !== 0 || !said.startsWith('{')) throw new Error(`Not recorded: ${stderr}`)
  const report = JSON.parse(said) as { secondsToStore: number; tripleCount: number; id: string }
  const run = join(folder, '.vampira/runs', report.id.slice('urn:uuid:'.length))
  const bytes = readdirSync(run).reduce((sum, name) => sum + statSync(join(run, name)).size, 0)
  rmSync(run, { recursive: true })
  return {
    seconds: report.secondsToStore,
    programSeconds: total - report.secondsToStore,
    peak: Number(readFileSync(peakFile, 'utf8')),
    triples: report.tripleCount,
    bytes,
  }
}
