import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'vampira-tests-'))

/** What the tests leave among temporary files lies in one folder. */
export function setup() {
  process.env.TMPDIR = folder
}

/** It goes when they end. */
export function teardown() {
  rmSync(folder, { recursive: true, force: true })
}
