/**
 * What the answers to the use cases cost as whole processes, over stores of 100, 1,000 and 10,000 runs of fifty
 * components each: seconds, peak memory, and the ratio to a process that only loads the same summaries into Oxigraph.
 *
 * The runs are those of two pipelines with ten settings, copied under new ids.
 *
 *     npm run bench -- answers [runs …, default 100 1000]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

/** Of each answer, a command; what it needs is recorded below. */
const answers: readonly (readonly string[])[] = [
  ['similar', 'left'],
  ['anomalies', 'left'],
  ['recommend', 'components', '--after', 'left3'],
  ['anomalies', 'last'],
  ['rerun', 'left', '--check'],
  ['parameters', 'left'],
  ['recommend', 'parameters', 'left', '--optimise', 'total=more'],
  ['storage'],
  ['advise', 'left'],
  ['predict', 'left'],
  ['impact', 'left.total'],
  ['impact', 'left3(alpha=1.05)'],
  ['impact', 'pip<99'],
  ['suspects', 'left-9.csv'],
  ['diff', 'last~1', 'last'],
  ['diff', 'left', 'right'],
]

const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))
try {
  const vampira = (...args: readonly string[]) => run([process.execPath, cli, ...args], folder)
  vampira('init')
  writeFileSync(join(folder, 'left.py'), program('left'))
  writeFileSync(join(folder, 'right.py'), program('right'))
  for (let n = 0; n < 10; n++) {
    for (const name of ['left', 'right'])
      vampira(
        'run',
        '--name',
        name,
        '--quality',
        `total=${name}.total`,
        '--',
        'python3',
        `${name}.py`,
        `${1 + n / 100}`,
      )
  }
  const store = join(folder, '.vampira')
  for (const count of counts) {
    copyRuns(store, count)
    const peer = medianOf(loader, join(store, 'runs'))
    console.log(`\n${count} runs: seconds, peak memory, ratio to loading the summaries into Oxigraph`)
    console.log(costLine('oxigraph alone', peer, peer, 'wall'))
    run([process.execPath, cli, 'query', 'runs'], folder)
    for (const args of answers) console.log(costLine(args.join(' '), medianOf(cli, ...args), peer, 'wall'))
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** Fifty functions that take a setting, of which every tenth writes a file that the next reads. */
function program(name: string): string {
  const names = Array.from({ length: 50 }, (_, at) => `${name}${at}`)
  return `import sys

${names.map((each, at) => `def ${each}(values, alpha, offset=${at}):\n    return [value * alpha + offset for value in values]\n`).join('\n')}
def save(values, path):
    with open(path, "w") as file:
        file.write("value\\n" + "".join(f"{value}\\n" for value in values))
    return path

def load(path):
    with open(path) as file:
        return [float(line) for line in file.read().split()[1:]]

def total(values):
    return sum(values)

alpha = float(sys.argv[1])
values = [float(value) for value in range(40)]
for number, step in enumerate([${names.join(', ')}]):
    values = step(values, alpha)
    if number % 10 == 9:
        values = load(save(values, f"${name}-{number}.csv"))
print(total(values))
`
}

function medianOf(...args: readonly string[]): Cost {
  return medianCost(
    Array.from({ length: rounds }, () => nodeCost(folder, ...args)),
    'wall',
  )
}
