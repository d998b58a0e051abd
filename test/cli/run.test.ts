import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leftJournals, listRuns, parseAnswer, readRecord, workIn } from './recorded.ts'
import { initStore } from '../../src/open/init-store.ts'
import { ending, start, vampira } from './vampira.ts'

test('A command is recorded, its output is its own, and one line says so on standard error', async () => {
  const cwd = workIn({ 'in.txt': '3\n1\n2\n' })
  const { code, stdout, stderr } = await vampira(['run', '--', 'sort', 'in.txt'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toBe('1\n2\n3\n')
  expect(stderr.trimEnd().split('\n')).toEqual([
    `vampira: made a store in ${join(cwd, '.vampira')}`,
    expect.stringMatching(
      /^vampira: recorded sort [0-9a-f-]{13}… \(1 call, 1 source, 0 products\) in .*; see: vampira show last$/,
    ),
  ])
  expect(await listRuns(cwd)).toMatchObject([
    { name: 'sort', status: 'Completed', exitCode: 0, callCount: 1, commandLine: ['sort', 'in.txt'] },
  ])
  expect(leftJournals(cwd)).toEqual([])
})

test('What a command read, wrote, wrote over and was redirected to is in its record', async () => {
  const cwd = workIn({ 'in.txt': '3\n1\n', 'out.txt': 'old\n' })
  const { code, stderr } = await vampira(['run', '--quiet', '--', 'sort', '-o', 'out.txt', 'in.txt'], { cwd })
  expect([code, stderr]).toEqual([0, `vampira: made a store in ${join(cwd, '.vampira')}\n`])
  const record = readRecord(cwd)
  expect(record).toContain('vam:path "in.txt"')
  expect(record).toMatch(/vam:path "out.txt" ;[^.]*prov:wasGeneratedBy run:call-1 \./)
  expect(record).toMatch(/vam:path "out.txt" ;[^.]*prov:wasInvalidatedBy run:call-1 \./)
})

test('Options that stand after the program are the program’s, and -- is not one of them', async () => {
  const cwd = workIn()
  const { stdout } = await vampira(['run', '--quiet', 'echo', '--name', 'x', '--', '--json'], { cwd })
  expect(stdout).toBe('--name x -- --json\n')
  expect(await listRuns(cwd)).toMatchObject([
    { name: 'echo', commandLine: ['echo', '--name', 'x', '--', '--json'] },
  ])
})

test('Name, metadata and repetition are taken as they are said; the record keeps no secret', async () => {
  const cwd = workIn()
  const options = ['--name', 'survey', '--meta', 'telescope=test', '--meta', 'api_key=abc', '--repeat', '2']
  const { code } = await vampira(['run', ...options, '--', 'true', '--password=hunter2'], { cwd })
  expect(code).toBe(0)
  const runs = await listRuns(cwd)
  expect(runs).toHaveLength(2)
  expect(runs[0]).toMatchObject({
    name: 'survey',
    commandLine: ['true', '--password=[redacted]'],
    metadata: { telescope: 'test' },
  })
  expect(
    readdirSync(join(cwd, '.vampira/runs'))
      .map((id) => readRecord(cwd, id))
      .join(),
  ).not.toMatch(/hunter2|"abc"/)
})

test('With --json one line of JSON on standard error says what became of the run', async () => {
  const cwd = workIn()
  const { code, stdout, stderr } = await vampira(['run', '--json', '--', 'sh', '-c', 'echo hello; exit 3'], {
    cwd,
  })
  expect([code, stdout]).toEqual([3, 'hello\n'])
  const report = parseAnswer('run', stderr.trimEnd().split('\n').at(-1) ?? '')
  expect(report).toMatchObject({ name: 'sh', exitCode: 3, stored: true, callCount: 1 })
  const [run] = await listRuns(cwd)
  expect(report).toMatchObject({ id: run?.id })
})

test('A store is made once, with a base of its own, which another init cannot change', async () => {
  const cwd = workIn()
  const init = async (...args: string[]) => vampira(['init', '--json', ...args], { cwd })
  const first = parseAnswer('init', (await init('--base', 'https://lab.example.org/')).stdout)
  expect(first).toEqual({ location: join(cwd, '.vampira'), base: 'https://lab.example.org/', created: true })
  expect(parseAnswer('init', (await init()).stdout)).toMatchObject({ created: false })
  expect(await init('--base', 'urn:other:')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/already/),
  })
  await vampira(['run', '--name', 'survey', '--', 'true'], { cwd })
  expect(readRecord(cwd)).toContain('PREFIX pipe: <https://lab.example.org/pipeline/>')
})

test('The nearest store upwards gets the run, and --store names another', async () => {
  const cwd = workIn({ 'sub.txt': '' })
  await initStore(cwd)
  const { stderr } = await vampira(['run', '--', 'true'], { cwd })
  expect(stderr).not.toContain('made a store')
  await vampira(['run', '--store', 'elsewhere', '--', 'true'], { cwd })
  expect(existsSync(join(cwd, 'elsewhere/.vampira/runs.jsonl'))).toBe(true)
  expect(await listRuns(cwd)).toHaveLength(1)
})

test.each<[what: string, args: string[], says: RegExp]>([
  ['no program', ['run'], /missing required argument 'program'/],
  ['metadata without a value', ['run', '--meta', 'telescope', '--', 'true'], /key=value/],
  ['an unknown detail', ['run', '--detail', 'some', '--', 'true'], /full, adaptive or summary/],
  ['no times', ['run', '--repeat', '0', '--', 'true'], /whole number/],
  ['an unknown option', ['run', '--nme', 'x', '--', 'true'], /unknown option '--nme'/],
  ['a server as store', ['run', '--store', 'http://localhost:1/', '--', 'true'], /vampira push/],
])('%s is refused with one line, and nothing is run', async (_, args, says) => {
  const cwd = workIn()
  const { code, stdout, stderr } = await vampira(args, { cwd })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(says)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(existsSync(join(cwd, '.vampira'))).toBe(false)
})

test('Standard input is the program’s', async () => {
  const cwd = workIn()
  const child = start(['run', '--quiet', '--', 'sort'], cwd)
  const ended = ending(child)
  child.stdin?.end('b\na\n')
  expect(await ended).toMatchObject({ code: 0, stdout: 'a\nb\n' })
})

test('An input that was read in an earlier run is not read again, and still has its digest', async () => {
  const cwd = workIn()
  writeFileSync(join(cwd, 'big.bin'), Buffer.alloc(3 << 20, 7))
  // Only files that have been left alone for a while are remembered.
  await new Promise((resolve) => setTimeout(resolve, 2100))
  for (let times = 0; times < 2; times++) await vampira(['run', '--', 'wc', 'big.bin'], { cwd })
  const remembered = readFileSync(join(cwd, '.vampira/cache/digests.jsonl'), 'utf8').trimEnd().split('\n')
  expect(remembered).toHaveLength(1)
  const records = readdirSync(join(cwd, '.vampira/runs')).map((id) => readRecord(cwd, id))
  const digests = records.map(
    (record) => /vam:sizeBytes 3145728 ;\s+vam:sha256 "([0-9a-f]{64})"/.exec(record)?.[1],
  )
  expect(digests[0]).toBeDefined()
  expect(digests[1]).toBe(digests[0])
})
