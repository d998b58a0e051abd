/**
 * What recording costs a real pipeline: examples/astronomy/survey.py with and without `vampira run`, in alternating
 * pairs, each in a folder of its own with the same two star fields. Wall and CPU seconds of whole process trees.
 * `program` is the recorded program's own wall time, from its record: what is left is our start and the writing of the
 * record.
 *
 *     npm run bench -- astronomy [pairs, default 8] [python, default python3]
 *
 * Needs source-extractor and examples/astronomy/requirements.txt.
 */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'
import { costOf, median, run } from './costs/cost.ts'
import type { Cost } from './costs/cost.ts'

const pairs = Number(process.argv[2] ?? 8)
const python = process.argv[3] ?? 'python3'
const cli = join(packageRoot, 'dist/cli/main.js')
const fields = ['a.fits', 'b.fits']
const base = mkdtempSync(join(tmpdir(), 'vampira-astronomy-'))
// As a project of somebody's, which is not inside a repository of hundreds of files.
const example = join(base, 'example')

try {
  cpSync(join(packageRoot, 'examples/astronomy'), example, { recursive: true })
  run([python, join(example, 'make_fields.py'), ...fields], base)
  const ratios: { wall: number[]; cpu: number[] } = { wall: [], cpu: [] }
  const added: number[] = []
  const store = join(base, 'store')
  mkdirSync(store)
  run([process.execPath, cli, 'init'], store)
  pair(-1) // A warm-up, which is not counted.
  for (let n = 0; n < pairs; n++) {
    // Whoever comes first finds colder caches: they take turns.
    const { plain, recorded } = pair(n)
    ratios.wall.push(recorded.wall / plain.wall)
    ratios.cpu.push(recorded.cpu / plain.cpu)
    added.push(recorded.wall - plain.wall)
    console.log(
      `pair ${n + 1}: plain ${show(plain)}, recorded ${show(recorded)}, ratio ${ratios.wall.at(-1)?.toFixed(3)}`,
    )
  }
  console.log(
    `wall ratio: median ${median(ratios.wall).toFixed(3)}; added: median ${(median(added) * 1e3).toFixed(0)} ms`,
  )
  console.log(`CPU ratio:  median ${median(ratios.cpu).toFixed(3)}`)
  const runs = JSON.parse(run([process.execPath, cli, 'list', '--json'], store).stdout) as {
    wallSeconds: number
  }[]
  console.log(`recorded program alone: median ${median(runs.map((each) => each.wallSeconds)).toFixed(3)} s`)
} finally {
  rmSync(base, { recursive: true })
}

function pair(n: number): { plain: Cost; recorded: Cost } {
  const script = join(example, 'survey.py')
  const plain = () => cost(`plain-${n}`, python, script, ...fields)
  const quietly = ['run', '--quiet', '--store', join(base, 'store', '.vampira'), '--']
  const recorded = () => cost(`recorded-${n}`, process.execPath, cli, ...quietly, python, script, ...fields)
  if (n % 2 === 0) return { plain: plain(), recorded: recorded() }
  const second = recorded()
  return { plain: plain(), recorded: second }
}

/** Runs in a new folder with both fields. */
function cost(name: string, ...command: string[]): Cost {
  const folder = join(base, name)
  mkdirSync(folder)
  for (const field of fields) copyFileSync(join(base, field), join(folder, field))
  const measured = costOf(command, folder)
  rmSync(folder, { recursive: true })
  return measured
}

function show({ wall, cpu }: Cost): string {
  return `${wall.toFixed(2)} s (CPU ${cpu.toFixed(2)})`
}
