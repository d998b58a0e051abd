// `npm run mutate -- ROOM`: changes the room's code in small ways, one at a time, and lists the changes that none of its
// tests notices. docs/testing.md says how to read the list.
import { Stryker } from '@stryker-mutator/core'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { drawSample, listMutants, nameMutant, originalText } from './mutation/mutants.mjs'
import { changesFolder, filesBelow, findRoomTests, loadsDist, testFiles } from './mutation/room-tests.mjs'
import { formatScore, readScore, score, writeScore } from './mutation/scores.mjs'
import { isAgentRoom, mutateAgent } from './mutate-agent.mjs'
import { prepare } from './prepare.mjs'

const usage = `npm run mutate -- ROOM [options]
  ROOM               a folder or a file of src/, cli/ or agents/python/
  --sample N         run N mutants, chosen by chance, not all
  --seed S           another choice (1)
  --tests PATH       the tests of this folder or file, not those of the room's own folder; may be repeated
  --with PATH        these tests too; may be repeated
  --jobs N           mutants at the same time (2)
  --write before|now put the score into docs/testing.md`

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')
const page = join(root, 'docs', 'testing.md')
process.chdir(root)

const { room, options } = readArguments()
if (isAgentRoom(room)) {
  const found = await mutateAgent(root, room, options)
  report(found.results, found.isSample)
  process.exit()
}
await prepare()
const files = sourceFiles(room)
const tests = chooseTests()
const mutants = await listMutants(root, files)
if (mutants.length === 0) stop(`There is nothing to change in ${room}.`)
if (tests.length === 0) stop(`No test belongs to ${room}. Name some with --tests PATH.`)
const wanted = Number(options.sample ?? mutants.length)
const isSample = wanted < mutants.length
const sample = isSample ? drawSample(mutants, wanted, options.seed) : mutants
console.log(
  `${room}: ${files.length} files, ${mutants.length} mutants${isSample ? `, ${sample.length} of them by chance` : ''}; ` +
    `${tests.length} test files: ${tests.join(' ')}`,
)
report((await runStryker()).map(countFromZero), isSample)

function readArguments() {
  let parsed
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        sample: { type: 'string' },
        seed: { type: 'string', default: '1' },
        tests: { type: 'string', multiple: true },
        with: { type: 'string', multiple: true, default: [] },
        jobs: { type: 'string', default: '2' },
        write: { type: 'string' },
      },
    })
  } catch (error) {
    stop(`${error.message}\n${usage}`)
  }
  const { positionals, values } = parsed
  const given = positionals.length === 1 ? positionals[0].replace(/^\.\//, '').replace(/\/$/, '') : undefined
  const numbers = [values.sample ?? '1', values.jobs]
  const isKnown = values.write === undefined || values.write === 'before' || values.write === 'now'
  if (given === undefined || !isKnown || !numbers.every((number) => /^[1-9]\d*$/.test(number))) stop(usage)
  return { room: given, options: values }
}

function sourceFiles(path) {
  if (!/^(src|cli)(\/|$)/.test(path) || !existsSync(path)) stop(`There is no room ${path} in src/ or cli/.`)
  return statSync(path).isFile() ? [path] : filesBelow(root, path).filter((file) => file.endsWith('.ts'))
}

function chooseTests() {
  const own =
    options.tests === undefined
      ? findRoomTests(root, room)
      : options.tests.flatMap((path) => testFiles(root, path))
  return [...new Set([...own, ...options.with.flatMap((path) => testFiles(root, path))])]
}

async function runStryker() {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'))
  const sampleFile = join(folder, 'sample.json')
  writeFileSync(sampleFile, JSON.stringify(sample.map(nameMutant)))
  // Stryker's processes inherit these: one for each job, one for the checker, and the vitest in each.
  process.env.VAMPIRA_MUTATION_SAMPLE = sampleFile
  process.env.VAMPIRA_MUTATION_TESTS = JSON.stringify(tests)
  if (tests.some((file) => loadsDist(root, file))) process.env.VAMPIRA_MUTATION_BUILD = 'yes'
  if (tests.some((file) => changesFolder(root, file))) process.env.VAMPIRA_MUTATION_PROCESSES = 'yes'
  mkdirSync('.mutation', { recursive: true })
  try {
    return await new Stryker({
      mutate: files,
      testRunner: 'vitest',
      plugins: [
        '@stryker-mutator/vitest-runner',
        ...['sample-checker.mjs', 'progress-reporter.mjs'].map((name) =>
          join(root, 'build', 'mutation', name),
        ),
      ],
      checkers: isSample ? ['sample'] : [],
      // `related` would look for tests that import the room, and tests of the command line start it.
      vitest: { configFile: 'build/mutation/vitest.config.mjs', related: false },
      coverageAnalysis: 'perTest',
      // A mutant that every test of the room loads (a table, a constant) is run with all of them.
      ignoreStatic: false,
      concurrency: Number(options.jobs),
      // Counted as noticed, so it must not happen because the machine is busy.
      timeoutMS: 10_000,
      timeoutFactor: 3,
      dryRunTimeoutMinutes: 15,
      tempDirName: join('.mutation', `sandbox-${process.pid}`),
      ignorePatterns: ['.mutation', 'dist', 'demo', 'coverage', '.vampira'],
      // Reading it needs the compiler of TypeScript 5, and there is nothing in it that a sandbox changes.
      tsconfigFile: 'none',
      reporters: ['sample-progress'],
      logLevel: 'warn',
      allowConsoleColors: false,
      warnings: { slow: false },
    }).runMutationTest()
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(join('.mutation', `sandbox-${process.pid}`), { recursive: true, force: true })
  }
}

/** Stryker's results count lines and columns from 1, its mutants from 0. */
function countFromZero(result) {
  const [start, end] = [result.location.start, result.location.end].map(({ line, column }) => ({
    line: line - 1,
    column: column - 1,
  }))
  return { ...result, location: { start, end } }
}

function report(results, isSample) {
  // The others are not of the sample.
  const counted = results.filter(({ status }) => status !== 'CompileError' && status !== 'Ignored')
  const missed = counted.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  missed.sort((a, b) =>
    a.fileName === b.fileName
      ? a.location.start.line - b.location.start.line
      : a.fileName < b.fileName
        ? -1
        : 1,
  )
  for (const mutant of missed) console.log(describe(mutant))
  const count = (status) => counted.filter((mutant) => mutant.status === status).length
  const found = score(counted.length - missed.length, counted.length)
  console.log(
    `${room}: ${formatScore(found, isSample)}: ${count('Killed')} noticed, ${count('Timeout')} ran too long, ` +
      `${count('RuntimeError')} broke the run, ` +
      `${count('Survived')} survived, ${count('NoCoverage')} run by no test`,
  )
  checkScore(found, isSample)
}

/** `src/a.ts:12:5 (no test runs it): a < b → a <= b` */
function describe(mutant) {
  const { line, column } = mutant.location.start
  const reason = mutant.status === 'NoCoverage' ? ' (no test runs it)' : ''
  return `${relative(root, mutant.fileName)}:${line + 1}:${column + 1}${reason}: ${shorten(originalText(mutant))} → ${shorten(mutant.replacement)}`
}

function shorten(code) {
  const line = code.replace(/\s+/g, ' ')
  return line.length <= 90 ? line : `${line.slice(0, 60)} … ${line.slice(-25)}`
}

/** No change may lower its room: fails where the score is under the interval of the recorded one. */
function checkScore(found, isSample) {
  const recorded = existsSync(page) ? readScore(page, room) : undefined
  if (options.write !== 'before' && recorded !== undefined && found.share < recorded.low - 0.005) {
    console.error(`${room} had ${recorded.text} (docs/testing.md) and has less now.`)
    process.exitCode = 1
  } else if (options.write !== undefined) writeScore(page, room, options.write, formatScore(found, isSample))
}

function stop(message) {
  console.error(message)
  process.exit(2)
}
