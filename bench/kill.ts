/**
 * What kill -9 takes from a recorded run: recorder and program are killed together at random moments of a program that
 * keeps its own count of finished calls in a memory-mapped file; then `vampira recover` makes the record, and the store
 * is asked how many calls it knows. Slow calls (10 ms), and fast ones at --detail full.
 *
 *     npm run bench -- kill [kills of each kind, default 50]
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { packageRoot } from '../src/package-root.ts'

const kills = Number(process.argv[2] ?? 50)
const cli = join(packageRoot, 'dist/cli/main.js')
const folder = mkdtempSync(join(tmpdir(), 'vampira-kill-'))
const side = join(folder, 'count')

writeFileSync(
  join(folder, 'worker.py'),
  `import mmap, struct, sys, time

file = open(sys.argv[1], "r+b")
count = mmap.mmap(file.fileno(), 8)
pause = float(sys.argv[2])

def step(n):
    if pause:
        time.sleep(pause)
    return n

n = 0
while True:
    step(n)
    n += 1
    count[:] = struct.pack("q", n)
`,
)

try {
  vampira('init')
  for (const [kind, pause] of [
    ['slow calls', '0.01'],
    ['fast calls', '0'],
  ] as const) {
    let finished = 0
    let lost = 0
    let opened = 0
    for (let n = 0; n < kills; n++) {
      const done = await killOnce(pause)
      vampira('recover')
      const runs = JSON.parse(vampira('list', '--json')) as { callCount: number; status: string }[]
      // One call is the module's own body, one may have been on its way.
      const latest = runs[0]
      if (runs.length === 1 && latest?.status === 'Interrupted') opened++
      finished += done
      lost += Math.max(0, done - ((latest?.callCount ?? 0) - 1))
      rmSync(join(folder, '.vampira'), { recursive: true })
      vampira('init')
    }
    console.log(
      `${kind}: ${kills} kills, ${finished} calls finished, ${lost} lost; the store had the run ${opened} times`,
    )
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** @returns how many calls the program had finished */
async function killOnce(pause: string): Promise<number> {
  writeFileSync(side, Buffer.alloc(8))
  const command = [cli, 'run', '--detail', 'full', '--', 'python3', 'worker.py', side, pause]
  const recorder = spawn(process.execPath, command, { cwd: folder, stdio: 'ignore', detached: true })
  const ended = new Promise((resolve) => recorder.on('exit', resolve))
  while (finishedCalls() === 0) {
    if (recorder.exitCode !== null) throw new Error(`The recorder ended with ${recorder.exitCode}`)
    await sleep(5)
  }
  await sleep(Math.random() * 500)
  process.kill(-(recorder.pid ?? 0), 'SIGKILL')
  await ended
  // The count stands still once the program is gone.
  for (let before = -1; before !== finishedCalls(); await sleep(20)) before = finishedCalls()
  return finishedCalls()
}

function finishedCalls(): number {
  return Number(readFileSync(side).readBigInt64LE())
}

function vampira(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`vampira ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}
