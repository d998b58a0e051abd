// What Stryker's vitest runner does not do by itself: mutants in the processes that tests start, and in `beforeAll`.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest'

const stryker = (globalThis.__stryker__ ??= {})

if (inject('mode') === 'mutant') activateInProcesses()
else noteCoverage()

/** Stryker's switch is a global of this thread; a process that a test starts reads it from its environment. */
function activateInProcesses() {
  process.env.__STRYKER_ACTIVE_MUTANT__ = inject('activeMutant')
}

/**
 * Stryker asks which mutants a test runs. Those that a process of the test runs are added when it has ended, and those
 * that `beforeAll` runs count for every test of the file: Stryker would have them run for every test there is.
 */
function noteCoverage() {
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'))
  const hook = fileURLToPath(new URL('note-coverage.mjs', import.meta.url))
  const tests = new Set()
  const whole = 'beforeAll'

  beforeAll(() => {
    process.env.NODE_OPTIONS = `--import=${hook}`
    process.env.VAMPIRA_MUTATION_COVERAGE = folder
    stryker.currentTestId = whole
  })
  beforeEach(() => {
    addProcesses(whole)
    tests.add(stryker.currentTestId)
  })
  afterEach(() => addProcesses(stryker.currentTestId))
  afterAll(() => {
    addProcesses(whole)
    const ofAll = Object.keys(stryker.mutantCoverage?.perTest[whole] ?? {})
    for (const test of tests) add(test, ofAll)
    delete stryker.mutantCoverage?.perTest[whole]
    rmSync(folder, { recursive: true, force: true })
  })

  function addProcesses(test) {
    for (const name of readdirSync(folder)) {
      add(test, JSON.parse(readFileSync(join(folder, name), 'utf8')))
      rmSync(join(folder, name))
    }
  }
}

function add(test, ids) {
  const coverage = (stryker.mutantCoverage ??= { static: {}, perTest: {} })
  const ofTest = (coverage.perTest[test] ??= {})
  for (const id of ids) ofTest[id] = (ofTest[id] ?? 0) + 1
}
