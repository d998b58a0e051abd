import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { LaunchError } from '../../src/errors.ts'
import { exitCodeOf, launch } from '../../src/capture/launch.ts'
import { makeFolder } from './temporary-folder.ts'

const environment = { PATH: process.env['PATH'] }
const signals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const
const countListeners = () => signals.map((signal) => process.listenerCount(signal))

test.each(['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const)(
  '%s goes on to the program',
  async (signal) => {
    const directory = makeFolder()
    const trap = `trap "exit 7" ${signal.slice(3)}; touch ready; for _ in $(seq 500); do sleep 0.02; done`
    const { ended } = await launch(['sh', '-c', trap], { directory, environment })
    while (!existsSync(join(directory, 'ready'))) await sleep(5)
    process.emit(signal, signal)
    expect(await ended).toEqual({ status: 7, signal: undefined })
  },
)

test.each(['SIGINT', 'SIGQUIT'] as const)(
  '%s, which a terminal sends to the program too, is left to the program',
  async (signal) => {
    const directory = makeFolder()
    const trap = `trap "exit 7" ${signal.slice(3)}; touch ready; while ! test -e go; do sleep 0.02; done`
    const { ended } = await launch(['sh', '-c', trap], { directory, environment })
    while (!existsSync(join(directory, 'ready'))) await sleep(5)
    expect(process.emit(signal, signal)).toBe(true)
    writeFileSync(join(directory, 'go'), '')
    expect(await ended).toEqual({ status: 0, signal: undefined })
  },
)

test('Signals are ours again when the program has ended, or could not be started', async () => {
  const before = countListeners()
  const { ended } = await launch(['sh', '-c', 'exit 0'], { directory: '/', environment })
  expect(countListeners()).toEqual(before.map((count) => count + 1))
  await ended
  expect(countListeners()).toEqual(before)
  await expect(launch(['no-such-program'], { directory: '/', environment })).rejects.toThrow(LaunchError)
  expect(countListeners()).toEqual(before)
})

test('A program gets its arguments as they are, its directory and its environment', async () => {
  const directory = makeFolder()
  const { ended } = await launch(['sh', '-c', 'printf "%s|" "$@" "$X" > out', 'sh', 'a b', '$HOME'], {
    directory,
    environment: { ...environment, X: 'y' },
  })
  await ended
  expect(readFileSync(join(directory, 'out'), 'utf8')).toBe('a b|$HOME|y|')
})

test.each([
  ['exit 3', 3],
  ['kill -KILL $$', 137],
  ['kill -TERM $$', 143],
])('The exit code of "%s" is %i, as a shell has it', async (script, code) => {
  const { ended } = await launch(['sh', '-c', script], { directory: '/', environment })
  expect(exitCodeOf(await ended)).toBe(code)
})

test('A program that cannot be started is refused with the reason', async () => {
  const directory = makeFolder()
  const lay = (name: string, text: string, mode: number) => {
    writeFileSync(join(directory, name), text)
    chmodSync(join(directory, name), mode)
    return join(directory, name)
  }
  const refuse = async (program: string, where = directory) => {
    const error: unknown = await launch([program], { directory: where, environment }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(LaunchError)
    const { message, advice } = error as LaunchError
    return `${message}. ${advice ?? ''}`
  }
  expect(await refuse('no-such-program')).toMatch(/there is no such program on the PATH\. Check the spelling/)
  expect(await refuse('./no-such-program')).toMatch(/there is no such program\. Check the spelling/)
  const orphan = lay('orphan', '#!/no/such/interpreter\n', 0o755)
  expect(await refuse(orphan)).toMatch(/the interpreter that its first line names is not there/)
  const script = lay('step.py', '', 0o644)
  expect(await refuse(script)).toContain(
    `it is not executable. Name its interpreter (python3 ${script}) or make it executable (chmod +x ${script})`,
  )
  const other = lay('step.sh', '', 0o644)
  expect(await refuse(other)).toContain(`Name its interpreter or make it executable (chmod +x ${other})`)
  const gone = makeFolder()
  rmSync(gone, { recursive: true })
  expect(await refuse('true', gone)).toContain(`the working directory ${gone} is gone`)
})
