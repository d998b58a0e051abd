// `npm test [-- what vitest takes]`: everything that needs nothing but Node and Python.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPython } from './find-python.mjs'
import { prepare } from './prepare.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const asked = process.argv.slice(2)

await prepare()
if (asked.length === 0) {
  run(tool('oxlint', 'bin/oxlint'), '--deny-warnings', '.')
  run(tool('typescript', 'bin/tsc'), '--noEmit')
}
// A report for whoever checks that nothing was skipped.
const report = process.env.VAMPIRA_TEST_REPORT
const reporters = report ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
run(tool('vitest', 'vitest.mjs'), 'run', ...reporters, ...asked)
if (asked.length === 0) testAgent()
console.log(
  'Skipped: test/integration, which needs real servers and other tools.\n' +
    'Run it with .ci/run (brings everything it needs), or with: npm run test:integration',
)

function tool(name, script) {
  return [process.execPath, join(root, 'node_modules', name, script)]
}

/** The Python agent's own tests, on the Python that is here. */
function testAgent() {
  const python = findPython()
  if (python === undefined) {
    console.error(
      'The Python agent cannot be tested: there is no Python 3.9 or newer here. Install one, or set PYTHON.',
    )
    process.exit(1)
  }
  run([python, '-m', 'unittest', 'discover', '--buffer'], '-s', join('test', 'agents', 'python'))
}

/** Ends us with the tool's own exit code when it is not content. */
function run([program, ...first], ...args) {
  const { status, signal } = spawnSync(program, [...first, ...args], { cwd: root, stdio: 'inherit' })
  if (signal) process.kill(process.pid, signal)
  if (status !== 0) process.exit(status ?? 1)
}
