import { execFileSync } from 'node:child_process'
import { availableParallelism, totalmem, userInfo } from 'node:os'
import { expect, test, vi } from 'vitest'
import { systemClock } from '../../src/capture/clock.ts'
import { readHost, readLogin } from '../../src/capture/host.ts'
import { runTool } from '../../src/capture/run-tool.ts'

test('The machine is what the system’s own tools say', () => {
  const uname = (option: string) => execFileSync('uname', [option], { encoding: 'utf8' }).trim()
  const host = readHost()
  expect(host).toMatchObject({
    os: `${uname('-s')} ${uname('-r')}`,
    machine: uname('-m'),
    memoryBytes: totalmem(),
  })
  expect(host.cpuCount).toBeGreaterThanOrEqual(availableParallelism())
  expect(host.cpuModel ?? 'absent').toMatch(/^\S(.*\S)?$/)
})

test.each([
  ['APPTAINER_CONTAINER', 'apptainer'],
  ['SINGULARITY_CONTAINER', 'apptainer'],
])('%s is set in a container of %s', (name, container) => {
  vi.stubEnv(name, '/images/a.sif')
  try {
    expect(readHost().container).toBe(container)
  } finally {
    vi.unstubAllEnvs()
  }
})

test('The login is that of the system, whatever the environment says', () => {
  expect(readLogin({ USER: 'somebody else' })).toBe(userInfo().username)
})

test('The wall clock counts nanoseconds since 1970', () => {
  const before = BigInt(Date.now() - 1000) * 1_000_000n
  const wall = systemClock.wall()
  expect(wall).toBeGreaterThan(before)
  expect(wall).toBeLessThan(BigInt(Date.now() + 1000) * 1_000_000n)
})

test('Of a tool only the output of success counts, up to a limit', async () => {
  expect(await runTool('sh', ['-c', 'echo $LC_ALL; pwd'], '/')).toBe('C\n/\n')
  expect(await runTool('sh', ['-c', 'echo out; exit 1'], '/')).toBeUndefined()
  expect(await runTool('no-such-tool', [], '/')).toBeUndefined()
  expect(await runTool('echo', ['12345'], '/', 6)).toBe('12345\n')
  expect(await runTool('echo', ['123456'], '/', 6)).toBeUndefined()
})
