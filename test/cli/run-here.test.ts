import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../capture/temporary-folder.ts'
import { vampiraHere } from './here.ts'
import { leftJournals, listRuns, parseAnswer } from './recorded.ts'

/** Programs that write nothing, since they would write where this process does. */
const folderOf = () => realpathSync(makeFolder())
const run = (cwd: string, ...args: string[]) => vampiraHere(['run', ...args], { cwd })
const recorded = /^vampira: recorded (\S+) [0-9a-f-]{13}… \(1 call, 0 sources, 0 products\) in \d/m

describe('vampira run', () => {
  test('records into a store that it makes here, and says so', async () => {
    const cwd = folderOf()
    const { code, stdout, stderr } = await run(cwd, '--', 'true')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr.split('\n')[0]).toBe(`vampira: made a store in ${join(cwd, '.vampira')}`)
    expect(stderr).toMatch(recorded)
    expect(leftJournals(cwd)).toEqual([])
    expect(await listRuns(cwd)).toMatchObject([{ status: 'Completed', commandLine: ['true'] }])
  })

  test('takes the nearest store upwards, without a word', async () => {
    const cwd = folderOf()
    await vampiraHere(['init'], { cwd })
    mkdirSync(join(cwd, 'deep'))
    expect((await run(join(cwd, 'deep'), '--', 'true')).stderr).not.toContain('made a store')
    expect(await listRuns(cwd)).toHaveLength(1)
  })

  test('takes the store that is named, or makes one there', async () => {
    const [cwd, store] = [folderOf(), join(folderOf(), 'lab')]
    mkdirSync(store)
    expect((await run(cwd, '--store', store, '--', 'true')).stderr).toContain(
      `made a store in ${join(store, '.vampira')}`,
    )
    expect((await run(cwd, '--store', store, '--', 'true')).stderr).not.toContain('made a store')
    expect(await listRuns(store)).toHaveLength(2)
  })

  test('does not record into a server', async () => {
    const { code, stderr } = await run(folderOf(), '--store', 'https://example.org/lab', '--', 'true')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'vampira: Runs are recorded in a folder, and https://example.org/lab is a server. ' +
        'Record into a folder and send runs there with `vampira push`.\n',
    })
  })

  test('ends as the program did', async () => {
    expect((await run(folderOf(), '--', 'sh', '-c', 'exit 7')).code).toBe(7)
    expect((await run(folderOf(), '--', 'sh', '-c', 'kill -9 $$')).code).toBe(137)
  })

  test('ends with 2 where there is no such program', async () => {
    const { code, stderr } = await run(folderOf(), '--', './no-such-program')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^vampira: .*no-such-program.*\.$/m)
  })
})

test('With --quiet nothing is said of a run that was stored', async () => {
  const cwd = folderOf()
  await vampiraHere(['init'], { cwd })
  expect(await run(cwd, '--quiet', '--', 'true')).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('With --json the last line is an object', async () => {
  const { code, stderr } = await run(folderOf(), '--json', '--', 'sh', '-c', 'exit 3')
  expect(code).toBe(3)
  expect(parseAnswer('run', stderr.trimEnd().split('\n').at(-1)!)).toMatchObject({
    exitCode: 3,
    stored: true,
    callCount: 1,
  })
})

test('A run has the name, the metadata and the operator that it is given', async () => {
  const cwd = folderOf()
  await run(cwd, '--name', 'survey', '--meta', ' filter =r=2', '--meta', 'empty=', '--', 'true')
  expect(await listRuns(cwd)).toMatchObject([{ name: 'survey', metadata: { filter: 'r=2', empty: '' } }])
})

describe('--repeat', () => {
  test('runs and records so many times, and ends with the first failure', async () => {
    const cwd = folderOf()
    const script = 'test -e second && exit 5; test -e first && { : > second; exit 4; }; : > first'
    expect((await run(cwd, '--repeat', '3', '--', 'sh', '-c', script)).code).toBe(4)
    expect((await listRuns(cwd)).map(({ exitCode }) => exitCode)).toEqual([0, 4, 5])
  })

  test('stops where a signal ended the program', async () => {
    const cwd = folderOf()
    expect((await run(cwd, '--repeat', '3', '--', 'sh', '-c', 'kill -15 $$')).code).toBe(143)
    expect(await listRuns(cwd)).toHaveLength(1)
  })
})

test.each<[what: string, args: readonly string[], says: string]>([
  ['metadata without a key', ['--meta', '=r'], 'Write it as key=value'],
  ['metadata without a value', ['--meta', 'filter'], 'Write it as key=value'],
  ['an unknown detail', ['--detail', 'much'], 'It is full, adaptive or summary'],
  ['no times', ['--repeat', '0'], 'It is a whole number from 1'],
  ['half a time', ['--repeat', '1.5'], 'It is a whole number from 1'],
  ['times in words', ['--repeat', 'twice'], 'It is a whole number from 1'],
])('%s is refused before anything is run', async (_, args, says) => {
  const cwd = folderOf()
  const { code, stderr } = await run(cwd, ...args, '--', 'true')
  expect(code).toBe(2)
  expect(stderr).toContain(says)
  expect(stderr).toContain('See vampira run --help.')
  expect(stderr).not.toContain('made a store')
})

test('What is no pattern of files to ignore is refused before anything is run', async () => {
  const cwd = folderOf()
  const { code, stderr } = await run(cwd, '--ignore', '*.log', '--ignore', 'x[1', '--', 'true')
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'vampira: "x[1" is no pattern of files to ignore: missing closing: "]". ' +
      'Write a name, as *.log or cache, or a path, as results/**/*.tmp.\n',
  })
})

test('What was ignored stands with the run: none of its files is missing without a word', async () => {
  const cwd = folderOf()
  await run(cwd, '--ignore', '*.log', '--ignore', 'cache', '--', 'true')
  const { stdout } = await vampiraHere(['show', 'last'], { cwd })
  expect(stdout).toMatch(/^ignored +\*\.log; cache$/m)
})

test('Of a file that was ignored, lineage says that it was', async () => {
  const cwd = folderOf()
  await run(cwd, '--ignore', '*.log', '--', 'sh', '-c', 'echo made > out.log')
  writeFileSync(join(cwd, 'other.txt'), 'not ignored')
  const { code, stdout } = await vampiraHere(['lineage', 'out.log'], { cwd })
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^No run knows out\.log as it is now\.\n {2}Run \S+ was told to ignore files like it: \*\.log/,
  )
  const other = await vampiraHere(['lineage', 'other.txt'], { cwd })
  expect(other.stdout).toBe('No run knows other.txt as it is now.\n')
})

test.each(['full', 'adaptive', 'summary'])('Details may be %s', async (detail) => {
  expect((await run(folderOf(), '--detail', detail, '--', 'true')).code).toBe(0)
})
