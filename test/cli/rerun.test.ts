import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeStay, parseAnswer } from './recorded.ts'
import { vampira } from './vampira.ts'
import type { Ended } from './vampira.ts'
import type { Rerun } from '../../src/index.ts'

const cwd = makeStay()
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text)
const run = (name: string, ...command: string[]) =>
  vampira(['run', '--quiet', '--name', name, '--', ...command], { cwd })
const rerun = (...args: string[]) => vampira(['rerun', ...args], { cwd })
const answerOf = ({ stdout }: Ended) => (parseAnswer('rerun', stdout) as { answer: Rerun }).answer

const code = `import datetime, json, os, random, sys

def fit(path):
    rows = [float(line) for line in open(path)]
    return sum(rows) / len(rows)

def save(mean, how):
    os.makedirs("results")
    with open("results/fit.json", "w") as file:
        json.dump({"mean": mean, "when": datetime.datetime.now().isoformat()}, file)
    with open("results/means.csv", "w") as file:
        file.write(f"mean\\n{mean + (random.random() if how == 'random' else 0)}\\n")

save(fit(sys.argv[1]), sys.argv[2])
`

beforeAll(async () => {
  write('fit.py', code)
  write('data.txt', '1\n2\n4\n')
  await run('fit', 'python3', 'fit.py', 'data.txt', 'plain')
  renameSync(join(cwd, 'results'), join(cwd, 'results-1'))
  await run('noisy', 'python3', 'fit.py', 'data.txt', 'random')
  await run('sorted', 'sh', '-c', 'sort -r data.txt > sorted.txt')
  write('large.txt', `${'5\n'.repeat(200_000)}`)
  write('count.py', 'open("count.txt", "w").write(str(len(open("large.txt").read())))\n')
  await run('count', 'python3', 'count.py')
  write('home.py', `open(${JSON.stringify(join(cwd, 'x.txt'))}, "w").write("x")\n`)
  await run('home', 'python3', 'home.py')
  write('within.py', 'import sys\nopen(sys.argv[1], "w").write("x")\n')
  await run('absolute', 'python3', 'within.py', join(cwd, 'x.txt'))
  write('reader.sh', 'cat data.txt > copy.txt\n')
  await run('reader', 'sh', 'reader.sh')
}, 60_000)

describe('A run whose code and inputs are known', () => {
  test('is run again in a fresh folder, and what differs by time stamps alone is equivalent', async () => {
    const ended = await rerun('fit', '--json')
    expect(ended.code).toBe(0)
    const { verdict, check, attempts, causes } = answerOf(ended)
    expect(verdict).toBe('equivalent')
    expect(causes).toEqual([])
    expect(check.restored).toEqual([
      { path: 'fit.py', role: 'source', from: 'store' },
      { path: 'data.txt', role: 'input', from: 'store' },
    ])
    expect(attempts[0]!.files).toMatchObject([
      { path: 'results/fit.json', outcome: 'equivalent', comparison: { leftOut: ['time stamps'] } },
      { path: 'results/means.csv', outcome: 'same bytes' },
    ])
  })

  test('is run where its own files were changed since, and those are left alone', async () => {
    write('fit.py', 'raise SystemExit("not this code")\n')
    const ended = await rerun('fit', '--json')
    write('fit.py', code)
    expect(answerOf(ended).verdict).toBe('equivalent')
    expect(readdirSync(join(cwd, 'results-1'))).toEqual(['fit.json', 'means.csv'])
  })

  test('is recorded as a run of the same pipeline that says what it is a rerun of', async () => {
    const shown = await vampira(['show', 'fit', '--json'], { cwd })
    const { facts } = JSON.parse(shown.stdout) as { facts: { metadata: Record<string, string> } }
    const again = answerOf(await rerun('fit', '--check', '--json'))
    expect(again.run).toBe(`urn:uuid:${facts.metadata['rerun-of']}`)
  })

  test('is said to vary by itself where several reruns differ', async () => {
    const ended = await rerun('noisy', '--repeat', '2', '--json')
    expect(ended.code).toBe(1)
    const { verdict, varies, first, causes } = answerOf(ended)
    expect({ verdict, varies, first }).toEqual({
      verdict: 'diverged',
      varies: ['results/means.csv'],
      first: ['results/means.csv'],
    })
    expect(causes[0]).toBe('it varies by itself: results/means.csv differ between 2 reruns')
  })

  test('may be a command of a shell', async () => {
    const { code, stdout } = await rerun('sorted')
    expect(code).toBe(0)
    expect(stdout).toContain('reproduced: 1 file left, 1 the same bytes')
  })

  test('is run in a folder of the user’s, which must be empty', async () => {
    const { code } = await rerun('sorted', '--into', 'again')
    expect(code).toBe(0)
    expect(existsSync(join(cwd, 'again'))).toBe(true)
    const { code: refused, stderr } = await rerun('sorted', '--into', 'again')
    expect(refused).toBe(2)
    expect(stderr).toMatch(/^vampira: Cannot use .*again for a rerun: it is not empty\. Give a folder/)
  })
})

describe('What stands in the way is said before anything is run', () => {
  test('An input that is neither kept nor as it was', async () => {
    write('large.txt', 'other')
    const ended = await rerun('count', '--json')
    expect(ended.code).toBe(3)
    const { verdict, check, attempts } = answerOf(ended)
    expect(verdict).toBe('cannot be run again')
    expect(attempts).toEqual([])
    expect(check.obstacles[0]!.what).toMatch(/^the input large\.txt is other bytes than it was \(SHA-256/)
    expect(check.obstacles[0]!.advice).toContain('--keep inputs')
  })

  test('Code that names its own folder by an absolute path would work there', async () => {
    const { code, stdout } = await rerun('home')
    expect(code).toBe(3)
    expect(stdout).toContain(`names ${cwd} by its absolute path`)
  })

  test('A file that no agent saw it read', async () => {
    const ended = await rerun('reader', '--json')
    expect(ended.code).toBe(3)
    expect(answerOf(ended).check.obstacles[0]!.what).toBe(
      `it failed for want of ${join(cwd, 'data.txt')}, of which the record does not know that it was read`,
    )
  })
})

test('An argument that names something of the old folder by its absolute path names the fresh one', async () => {
  write('x.txt', 'mine')
  const { code, stdout } = await rerun('absolute')
  expect(stdout).toContain('reproduced')
  expect(code).toBe(0)
  expect(readFileSync(join(cwd, 'x.txt'), 'utf8')).toBe('mine')
})

test.each([
  ['script', /^vampira cat [0-9a-f-]{36} [0-9a-f]{64} > fit\.py$/m],
  ['script', /^python3 fit\.py data\.txt plain$/m],
  ['requirements', /^# cpython \d/m],
  ['conda', /^ {2}- python=\d/m],
])('--export %s writes %s', async (format, line) => {
  const { code, stdout } = await rerun('fit', '--export', format)
  expect(code).toBe(0)
  expect(stdout).toMatch(line)
})

test.each(['1', '-1', 'x', ''])('A tolerance of ‹%s› makes no sense', async (tolerance) => {
  const { code, stderr } = await rerun('fit', '--tolerance', tolerance)
  expect(code).toBe(2)
  expect(stderr).toContain('It is a number from 0 to below 1, such as 1e-9.')
})
