// check-report.mjs REPORT FOLDER…: the vitest JSON report is of every suite in these folders, all passed, and what was
// skipped is skipped for a reason that test/skips.json gives.
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [reportFile = '', ...folders] = process.argv.slice(2)
const { testResults } = JSON.parse(readFileSync(reportFile, 'utf8'))
const reasons = JSON.parse(readFileSync(join(root, 'test', 'skips.json'), 'utf8'))
const ran = new Map(testResults.map(({ name, assertionResults }) => [resolve(name), assertionResults]))
const problems = []
const integration = join(root, 'test', 'integration')

for (const folder of folders) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = resolve(entry.parentPath, entry.name)
    const isOther = file.startsWith(integration) && !resolve(folder).startsWith(integration)
    if (!entry.name.endsWith('.test.ts') || isOther) continue
    if (!ran.get(file)?.length) problems.push(`${relative(root, file)} did not run`)
  }
}
let skipped = 0
for (const [file, tests] of ran) {
  for (const { fullName, title, status } of tests) {
    if (status === 'passed') {
      if (Object.hasOwn(reasons, title))
        problems.push(`${basename(file)}: passes, take it off test/skips.json: ${fullName}`)
    } else if (status !== 'failed' && Object.hasOwn(reasons, title)) skipped += 1
    else problems.push(`${basename(file)}: ${status}: ${fullName}`)
  }
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(
  `${ran.size} suites, nothing skipped${skipped === 0 ? '' : ` but ${skipped} tests with a reason in test/skips.json`}`,
)
