import { expect, test } from 'vitest'
import { UsageError } from '../src/errors.ts'
import { compileIgnorePatterns } from '../src/ignore-patterns.ts'

async function ignores(pattern: string, path: string, directory = '/work'): Promise<boolean> {
  return new RegExp((await compileIgnorePatterns([pattern], directory)) ?? '', 's').test(path)
}

test.each([
  ['*.log', '/work/run.log'],
  ['*.log', '/elsewhere/deep/.run.log'],
  ['scratch', '/work/scratch/deep/x.txt'],
  ['scratch/', '/work/a/scratch/x.txt'],
  ['./out.txt', '/work/out.txt'],
  ['results/*.tmp', '/work/results/x.tmp'],
  ['results/**/*.tmp', '/work/results/x.tmp'],
  ['results/**/*.tmp', '/work/results/a/.b/x.tmp'],
  ['../shared/*', '/shared/x.csv'],
  ['/data/{a,b}.csv', '/data/b.csv'],
  ['/data/[0-9]*', '/data/2024/x'],
  ['two\\*.txt', '/work/two*.txt'],
])('%s ignores %s', async (pattern, path) => {
  expect(await ignores(pattern, path)).toBe(true)
})

test.each([
  ['*.log', '/work/run.logs'],
  ['scratch', '/work/scratch.txt'],
  ['results/*.tmp', '/work/results/a/x.tmp'],
  ['results/*.tmp', '/work/deep/results/x.tmp'],
  ['results/*.tmp', '/elsewhere/results/x.tmp'],
  ['/data/?.csv', '/data/ab.csv'],
  ['two\\*.txt', '/work/twofold.txt'],
])('%s does not ignore %s', async (pattern, path) => {
  expect(await ignores(pattern, path)).toBe(false)
})

test('A working directory may have a name of signs that mean something in patterns', async () => {
  const directory = '/a[1] (b)+{c,d}!'
  expect(await ignores('x/*.csv', `${directory}/x/y.csv`, directory)).toBe(true)
  expect(await ignores('x/*.csv', '/a1 (b)+c!/x/y.csv', directory)).toBe(false)
})

test('Several patterns ignore what each of them does; none, nothing', async () => {
  const both = new RegExp((await compileIgnorePatterns(['*.log', 'x/y'], '/work')) ?? '', 's')
  expect(['/a.log', '/b/a.log', '/work/x/y/z', '/work/x'].map((path) => both.test(path))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(await compileIgnorePatterns([], '/work')).toBeUndefined()
})

test.each([
  ['', 'it is empty'],
  ['  ', 'it is empty'],
  ['/', 'it would ignore all files'],
  ['!keep.csv', 'exceptions with ! are not supported'],
  ['x[1', 'missing closing: "]"'],
  ['{a,b', 'missing closing: "}"'],
])('%j is refused', async (pattern, reason) => {
  const refused = compileIgnorePatterns(['*.log', pattern], '/work')
  await expect(refused).rejects.toThrow(UsageError)
  await expect(refused).rejects.toThrow(reason)
})
