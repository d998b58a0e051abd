// `npm test [-- what vitest takes]`: everything that needs nothing but Node and Python.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const asked = process.argv.slice(2)
// As on everybody's machine, Python writes its byte code: a record must not take it for data.
delete process.env.PYTHONDONTWRITEBYTECODE

await prepare()
if (asked.length === 0) {
  run(tool('oxlint', 'bin/oxlint'), '--deny-warnings', '.')
  run(tool('typescript', 'bin/tsc'), '--noEmit')
}
// A report for whoever checks that nothing was skipped.
const report = process.env.VAMPIRA_TEST_REPORT
const reporters = report ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
// By this loader, since the other writes a file: the folder may be read-only.
run(tool('vitest', 'vitest.mjs'), 'run', '--configLoader', 'runner', ...reporters, ...asked)
console.log(
  'Skipped: test/integration, which needs real servers and other tools.\n' +
    'Run it with .ci/run (brings everything it needs), or with: npm run test:integration',
)

function tool(name, script) {
  return [process.execPath, join(root, 'node_modules', name, script)]
}

/** Ends us with the tool's own exit code when it is not content. */
function run([program, ...first], ...args) {
  const { status, signal } = spawnSync(program, [...first, ...args], { cwd: root, stdio: 'inherit' })
  if (signal) process.kill(process.pid, signal)
  if (status !== 0) process.exit(status ?? 1)
}
