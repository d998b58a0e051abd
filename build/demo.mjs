// `npm run demo`: records examples/first-run twice and shows what can be asked of it.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPython } from './find-python.mjs'
import { prepare } from './prepare.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'demo')
const cli = join(root, 'dist', 'cli', 'main.js')

await prepare()
const python = findPython()
if (python === undefined) {
  console.error(
    'The demo records Python programs, and there is no Python 3.9 or newer here. Install one, or set PYTHON.',
  )
  process.exit(3)
}
const example = relative(folder, join(root, 'examples', 'first-run'))
const pipeline = join(example, 'pipeline.py')

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
vampira('init')
say('Record two pipelines that know nothing of it: one makes measurements, one fits a curve to them')
vampira('run', '--name', 'measuring', '--', python, join(example, 'make_measurements.py'), 'measurements.csv')
vampira('run', '--name', 'cooling', '--', python, pipeline, 'measurements.csv')
say('The second again, with its glitches left in')
vampira('run', '--name', 'cooling', '--', python, pipeline, '--threshold', '1000', 'measurements.csv')
say('The runs of the store')
vampira('list')
say('The last run at a glance')
vampira('show', 'last')
say('What its record can answer')
vampira('validate', 'last')
say('Where a result came from, across both pipelines')
vampira('lineage', 'results/fit.json')
console.log(
  `\nThe store is ${relative(process.cwd(), join(folder, '.vampira'))}. Ask on, in that folder's parent:\n` +
    ['queries', 'query components', 'diff last~1 last', 'impact measurements.csv']
      .map((question) => `  node ${relative(folder, cli)} ${question}`)
      .join('\n'),
)

/** Prints the command as people would type it, and runs it in the demo's folder. */
function vampira(...args) {
  console.log(`\n$ vampira ${args.join(' ')}`)
  const { status, error } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, stdio: 'inherit' })
  // 1 says that there is something to look at, which is what is shown.
  if (status === 0 || status === 1) return
  console.error(`The demo stopped here${error === undefined ? '' : `: ${error.message}`}.`)
  process.exit(status ?? 3)
}

function say(what) {
  console.log(`\n── ${what}`)
}
