// The part of `npm run mutate` for the Python agent, whose mutants cosmic-ray makes (https://cosmic-ray.readthedocs.io).
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findPython } from './find-python.mjs'
import { filesBelow } from './mutation/room-tests.mjs'

const tool = 'cosmic-ray==8.7.0'
/** Libraries whose objects the agent knows; without them their tests are skipped. */
const libraries = ['numpy', 'pandas']

/** Whether a room is code of the Python agent. */
export function isAgentRoom(room) {
  return /^agents\/python(\/|$)/.test(room)
}

/**
 * Runs mutants of the agent. Returns them in the shape of Stryker's results; a mutant's place is the line it changes.
 * @param {string} root folder of package.json
 * @param {string} room agents/python, or a folder or a file of it
 * @param {{ sample?: string, seed: string, jobs: string }} options
 */
export async function mutateAgent(root, room, options) {
  const python = installTool(root)
  const files = statSync(join(root, room)).isFile()
    ? [room]
    : filesBelow(root, room).filter((file) => file.endsWith('.py'))
  const mutants = onePerPlace(listMutants(root, python, files), options.seed)
  const count = Math.min(Number(options.sample ?? mutants.length), mutants.length)
  const sample = mutants.slice(0, count)
  console.log(
    `${room}: ${files.length} files, ${mutants.length} places to change` +
      (count < mutants.length ? `, ${count} of them by chance` : ''),
  )
  return { isSample: count < mutants.length, results: await runMutants(root, python, sample, options) }
}

/** A Python with the tool, made where there is none. The tests run with it, too. */
function installTool(root) {
  const folder = join(root, 'node_modules', '.cache', 'mutate-agent', tool)
  const installed = join(folder, 'bin', 'python')
  if (existsSync(join(folder, 'bin', 'cosmic-ray'))) return installed
  console.log(`Installing ${tool} …`)
  run(findPython() ?? fail('There is no Python 3.9 or newer here.'), ['-m', 'venv', folder])
  run(installed, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', tool, ...libraries])
  return installed
}

function listMutants(root, python, files) {
  const script = join(root, 'build', 'mutation', 'agent_mutants.py')
  return run(python, [script, 'list', ...files], root)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/**
 * One mutant for each place and kind of change, in an order by chance. cosmic-ray replaces each operator by every other,
 * eleven for a `+`; all of them would count one place eleven times.
 */
function onePerPlace(mutants, seed) {
  const chosen = new Map()
  for (const mutant of mutants) {
    const { file, operator, occurrence, start, end } = mutant
    const family = operator.replace(/_.*/, '')
    const place = JSON.stringify([file, family, start, end])
    const draw = createHash('sha256')
      .update(JSON.stringify([seed, file, operator, occurrence]))
      .digest('hex')
    if ((chosen.get(place)?.draw ?? 'z') > draw) chosen.set(place, { draw, mutant })
  }
  return [...chosen.values()].sort((a, b) => (a.draw < b.draw ? -1 : 1)).map(({ mutant }) => mutant)
}

async function runMutants(root, python, sample, options) {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-agent-'))
  const waiting = [...sample]
  const results = []
  const note = (mutant) => {
    results.push(asResult(root, mutant))
    if (results.length % 10 === 0) console.log(`${results.length} of ${sample.length}`)
  }
  try {
    await Promise.all(
      Array.from({ length: Number(options.jobs) }, (_, job) => {
        const copy = join(folder, String(job))
        for (const part of ['agents/python', 'test/agents/python', 'contract', 'build/mutation']) {
          cpSync(join(root, part), join(copy, part), { recursive: true })
        }
        return runJob(copy, python, waiting, note)
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return results
}

/** A process that runs waiting mutants in its own copy of the project, one as soon as the one before has ended. */
function runJob(copy, python, waiting, note) {
  const script = join(copy, 'build', 'mutation', 'agent_mutants.py')
  const child = spawn(python, [script, 'run', copy], { stdio: ['pipe', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    // The first line says that the job is ready, each further one what became of a mutant.
    createInterface({ input: child.stdout }).on('line', (line) => {
      const answer = JSON.parse(line)
      if (answer.status !== undefined) note(answer)
      const mutant = waiting.shift()
      if (mutant === undefined) child.stdin.end()
      else child.stdin.write(`${JSON.stringify(mutant)}\n`)
    })
    child.on('error', reject)
    child.on('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`A job ended with ${status}`)),
    )
  })
}

/** A mutant in the shape of Stryker's results: the whole lines that it changes, and what stands there instead. */
function asResult(root, { file, status, diff }) {
  const lines = diff.split('\n')
  const header = lines.findIndex((line) => line.startsWith('@@'))
  const hunk = lines.slice(header + 1)
  const first = hunk.findIndex((line) => line.startsWith('-'))
  const removed = hunk.filter((line) => line.startsWith('-')).map((line) => line.slice(1))
  const added = hunk.filter((line) => line.startsWith('+')).map((line) => line.slice(1).trim())
  const line = Number(/-(\d+)/.exec(lines[header])[1]) - 1 + first
  return {
    fileName: join(root, file),
    location: {
      start: { line, column: removed[0].length - removed[0].trimStart().length },
      end: { line: line + removed.length - 1, column: removed.at(-1).length },
    },
    replacement: added.join(' '),
    status: { killed: 'Killed', incompetent: 'Killed', timeout: 'Timeout', survived: 'Survived' }[status],
  }
}

function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (done.status !== 0) fail(`${command} ${args.join(' ')}\n${done.stderr}`)
  return done.stdout
}

function fail(message) {
  console.error(message)
  process.exit(2)
}
