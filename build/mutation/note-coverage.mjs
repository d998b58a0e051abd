// Loaded first into every Node process that a test starts (NODE_OPTIONS): when it ends, it leaves the ids of the mutants
// that it ran, for setup.mjs to read.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'

process.on('exit', () => {
  const ids = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {})
  const folder = process.env.VAMPIRA_MUTATION_COVERAGE
  if (ids.length === 0 || !folder) return
  writeFileSync(join(folder, `${process.pid}-${threadId}.json`), JSON.stringify(ids))
})
