// `npm test [-- what vitest takes]`: everything that needs nothing but Node and Python.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const asked = process.argv.slice(2)

await prepare()
if (asked.length === 0) {
  run('oxlint', 'bin/oxlint', '--deny-warnings', '.')
  run('typescript', 'bin/tsc', '--noEmit')
}
run('vitest', 'vitest.mjs', 'run', ...asked)
console.log(
  'Skipped: test/integration, which needs real servers and other tools.\n' +
    'Run it with .ci/run (brings everything it needs), or with: npm run test:integration',
)

/** Ends us with the tool's own exit code when it is not content. */
function run(name, script, ...args) {
  const { status, signal } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', name, script), ...args],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  if (signal !== null) process.kill(process.pid, signal)
  if (status !== 0) process.exit(status ?? 1)
}
