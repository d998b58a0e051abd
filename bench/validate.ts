/**
 * What `validate last` costs as a whole process, for a record of so many calls: processor seconds, peak memory, and the
 * ratio to a process that only reads the same record with n3.
 *
 *     npm run bench -- validate [calls …, default 2500 20000 100000]
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'
import { medianCost, nodeCost, showCost } from './costs/cost.ts'

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [2500, 20_000, 100_000]
const rounds = 3
const cli = join(packageRoot, 'dist/cli/main.js')
const reader = join(import.meta.dirname, 'stores/parse-record.js')

const folder = mkdtempSync(join(tmpdir(), 'vampira-bench-'))
try {
  copyFileSync(join(packageRoot, 'bench/programs/chain.py'), join(folder, 'chain.py'))
  writeFileSync(join(folder, 'in.txt'), '1\n2\n3\n')
  console.log('   calls      only read            validate            ratio')
  for (const calls of sizes) {
    rmSync(join(folder, '.vampira'), { recursive: true, force: true })
    nodeCost(folder, cli, 'run', '--detail', 'full', '--', 'python3', 'chain.py', String(calls))
    const costs = Array.from({ length: rounds }, () => [
      nodeCost(folder, reader, join(folder, '.vampira/runs')),
      nodeCost(folder, cli, 'validate', 'last'),
    ])
    const [read, validated] = [0, 1].map((which) =>
      medianCost(
        costs.map((pair) => pair[which]!),
        'cpu',
      ),
    )
    const ratio = (validated!.cpu / read!.cpu).toFixed(2)
    console.log(
      `${String(calls).padStart(8)} ${showCost(read!, 'cpu')} ${showCost(validated!, 'cpu')}   ×${ratio}`,
    )
  }
} finally {
  rmSync(folder, { recursive: true })
}
