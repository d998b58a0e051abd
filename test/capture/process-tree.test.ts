import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { childCpu, listProcesses, ProcessTreeWatch } from '../../src/capture/process-tree.ts'
import { makeFolder } from './temporary-folder.ts'

/** Watches a shell script until it has made the file `ready`, and then so many milliseconds more. */
async function watch(script: string, more: number) {
  const directory = makeFolder()
  const wait = 'touch ready; while ! test -e go; do sleep 0.02; done'
  writeFileSync(join(directory, 'script'), `wait_for_go() { ${wait}; }\n${script}\n`)
  const program = spawn('sh', ['./script'], { cwd: directory, stdio: 'ignore' })
  await once(program, 'spawn')
  const tree = new ProcessTreeWatch(program.pid ?? 0)
  while (!existsSync(join(directory, 'ready'))) await sleep(5)
  await sleep(more)
  const seen = tree.stop()
  writeFileSync(join(directory, 'go'), '')
  await once(program, 'exit')
  return seen
}

const large = "x=$(head -c 30000000 /dev/zero | tr '\\0' a)"

test('The largest process of the tree counts, be it the program or one that it started', async () => {
  const looksAtAll = 1500
  const [small, program, descendant] = await Promise.all([
    watch('wait_for_go', looksAtAll),
    watch(`${large}; wait_for_go`, looksAtAll),
    watch(`( ( ${large}; wait_for_go ); true ); true`, looksAtAll),
  ])
  expect(small.peak).toBeLessThan(30e6)
  expect(small.peak).toBeGreaterThan(100_000)
  expect(program.peak).toBeGreaterThan(30e6)
  expect(descendant.peak).toBeGreaterThan(30e6)
})

test('Bytes that children read and wrote count once they have ended', async () => {
  const seen = await watch(
    'head -c 5000000 /dev/zero > out; head -c 3000000 out > /dev/null; wait_for_go',
    300,
  )
  expect(seen.readBytes).toBeGreaterThanOrEqual(8e6)
  expect(seen.readBytes).toBeLessThan(9e6)
  expect(seen.writtenBytes).toBeGreaterThanOrEqual(8e6)
  expect(seen.writtenBytes).toBeLessThan(9e6)
})

test('Of a process that is gone nothing is seen', () => {
  expect(new ProcessTreeWatch(2 ** 22 + 1).stop()).toEqual({})
})

test('Processes are listed by their ids', () => {
  const pids = listProcesses()
  expect(pids).toContain(process.pid)
  expect(pids.every(Number.isInteger)).toBe(true)
})

test('The CPU time of children that have ended is counted in ticks of 10 ms', async () => {
  const before = childCpu() ?? 0
  await once(spawn('sh', ['-c', 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done']), 'exit')
  const spent = (childCpu() ?? 0) - before
  expect(spent).toBeGreaterThanOrEqual(10_000_000)
  expect(spent % 10_000_000).toBe(0)
  expect(spent).toBeLessThan(600e9)
})
