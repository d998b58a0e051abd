// check-report.mjs REPORT FOLDER: the vitest JSON report is of every suite in the folder, and nothing in it was skipped.
import { readFileSync, readdirSync } from 'node:fs'
import { basename, resolve } from 'node:path'

const [reportFile = '', folder = ''] = process.argv.slice(2)
const { testResults } = JSON.parse(readFileSync(reportFile, 'utf8'))
const ran = new Map(testResults.map(({ name, assertionResults }) => [resolve(name), assertionResults]))
const problems = []
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.name.endsWith('.test.ts')) continue
  const tests = ran.get(resolve(entry.parentPath, entry.name))
  if (tests === undefined || tests.length === 0) problems.push(`${entry.name} did not run`)
}
for (const [file, tests] of ran) {
  for (const { fullName, status } of tests) {
    if (status !== 'passed') problems.push(`${basename(file)}: ${status}: ${fullName}`)
  }
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(`${ran.size} suites, nothing skipped`)
