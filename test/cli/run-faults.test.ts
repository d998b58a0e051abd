import { execFileSync, spawn } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { vampiraHere } from './here.ts'
import { appears, leftJournals, listRuns, parseAnswer, readRecord, workIn } from './recorded.ts'
import { initStore } from '../../src/open/init-store.ts'
import { cliPath, ending, start, vampira } from './vampira.ts'

/** What goes wrong in the program: how it then ends, and what the list says of it. */
test.each<[what: string, script: string, code: number, status: string, says: RegExp]>([
  ['raises', 'raise ValueError("no stars")', 1, 'Failed', /ValueError: no stars/],
  ['exits with a code', 'import sys; sys.exit(7)', 7, 'Failed', /^$/],
  ['says why it exits', 'import sys; sys.exit("enough")', 1, 'Failed', /enough/],
  ['exits in atexit', 'import atexit, os; atexit.register(os._exit, 5)', 5, 'Failed', /^$/],
  ['is killed', 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)', 137, 'Interrupted', /^$/],
  ['crashes', 'import os, signal; os.kill(os.getpid(), signal.SIGSEGV)', 139, 'Failed', /^$/],
  ['has a syntax error', 'def f(:', 1, 'Failed', /SyntaxError/],
  ['forks', 'import os\nif os.fork() == 0: os._exit(0)\nos.wait()', 0, 'Completed', /^$/],
  [
    'forks a child that outlives it',
    'import os, time\nif os.fork() == 0:\n    os.close(0); os.close(1); os.close(2); time.sleep(0.5); os._exit(0)',
    0,
    'Completed',
    /^$/,
  ],
  ['closes its output', 'import sys; sys.stdout.close()', 0, 'Completed', /^$/],
])('A script that %s ends as it would without us, and is recorded', async (_, script, code, status, says) => {
  const cwd = workIn({ 'pipeline.py': `${script}\n` })
  const ended = await vampira(['run', '--quiet', '--store', 's', '--', 'python3', 'pipeline.py'], { cwd })
  const plain = await ending(spawn('python3', ['pipeline.py'], { cwd }))
  expect(ended.code).toBe(code)
  expect(plain.code ?? code).toBe(code)
  expect(ended.stdout).toBe(plain.stdout)
  const theirs = ended.stderr.replace(/^vampira: made a store .*\n/, '')
  expect(theirs).toBe(plain.stderr)
  expect(theirs.trimEnd().split('\n').at(-1)).toMatch(says)
  expect(await listRuns(join(cwd, 's'))).toMatchObject([{ name: 'pipeline', status }])
  expect(leftJournals(join(cwd, 's'))).toEqual([])
})

test.each<[what: string, command: string[], says: RegExp]>([
  ['script', ['python3', 'missing.py'], /Cannot run .*missing\.py: there is no such file/],
  ['program', ['no-such-program', 'x'], /Cannot start no-such-program: there is no such program on the PATH/],
  ['path', ['./no-such-program'], /Cannot start \.\/no-such-program: there is no such program/],
])('A missing %s is an error of one line, and leaves nothing behind', async (_, command, says) => {
  const cwd = workIn()
  await initStore(cwd)
  const { code, stdout, stderr } = await vampira(['run', '--', ...command], { cwd })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(says)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(leftJournals(cwd)).toEqual([])
  expect(await listRuns(cwd)).toEqual([])
})

test('A script that may not be executed is an error that says what to do', async () => {
  const cwd = workIn({ 'step.py': 'print()\n' })
  chmodSync(join(cwd, 'step.py'), 0o644)
  const { code, stderr } = await vampira(['run', '--', './step.py'], { cwd })
  expect(code).toBe(2)
  expect(stderr).toMatch(/not executable.*python3 \.\/step\.py.*chmod \+x/)
})

test('Tens of megabytes that a program prints at once come through whole', async () => {
  const cwd = workIn({
    'loud.py': 'import sys\nfor _ in range(30): sys.stdout.write("x" * 999_999 + "\\n")\n',
  })
  const { code, stdout } = await ending(start(['run', '--quiet', '--', 'python3', 'loud.py'], cwd))
  expect([code, stdout.length]).toEqual([0, 30_000_000])
})

test('A reader that has seen enough ends the program as it would without us', async () => {
  const cwd = workIn()
  const line = `"$0" "$1" run --quiet -- yes | head -1; echo "\${PIPESTATUS[0]}"`
  const output = execFileSync('bash', ['-c', line, process.execPath, cliPath], { cwd, encoding: 'utf8' })
  expect(output).toBe('y\n141\n')
  expect(await listRuns(cwd)).toMatchObject([{ name: 'yes', status: 'Failed' }])
})

test('A process that outlives the program is a gap of the record', async () => {
  const cwd = workIn()
  const { code } = await vampira(['run', '--', 'sh', '-c', 'sleep 1 >/dev/null 2>&1 & exit 0'], { cwd })
  expect(code).toBe(0)
  expect(readRecord(cwd)).toMatch(/vam:reason "Process \d+ was still running when the program ended/)
})

test('A standard error that nobody reads any more ends neither the program nor its record', async () => {
  const cwd = workIn()
  const child = start(['run', '--', 'sh', '-c', 'sleep 0.3; exit 5'], cwd)
  child.stderr?.destroy()
  const code = await new Promise((resolve) => child.once('exit', resolve))
  expect(code).toBe(5)
  expect(await listRuns(cwd)).toMatchObject([{ name: 'sh', exitCode: 5 }])
})

test('Ctrl-C reaches the program once, and vampira records what it makes of it', async () => {
  const script = `import pathlib, time
pathlib.Path("ready").touch()
try:
    time.sleep(30)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    time.sleep(0.2)
    raise SystemExit(4)
`
  const cwd = workIn({ 'patient.py': script })
  const child = start(['run', '--', 'python3', 'patient.py'], cwd, { detached: true })
  const ended = ending(child)
  await appears(join(cwd, 'ready'))
  process.kill(-(child.pid ?? 0), 'SIGINT')
  expect(await ended).toMatchObject({ code: 4, stdout: 'interrupted\n' })
  expect(await listRuns(cwd)).toMatchObject([{ name: 'patient', status: 'Failed', exitCode: 4 }])
})

test('Ctrl-C that ends the program ends vampira with 130, and the run is recorded', async () => {
  const cwd = workIn()
  const child = start(['run', '--', 'sh', '-c', 'touch ready; exec sleep 30'], cwd, { detached: true })
  const ended = ending(child)
  await appears(join(cwd, 'ready'))
  process.kill(-(child.pid ?? 0), 'SIGINT')
  expect((await ended).code).toBe(130)
  expect(await listRuns(cwd)).toMatchObject([{ name: 'sh', status: 'Interrupted' }])
})

test('SIGTERM goes on to the program', async () => {
  const script = 'trap "echo asked to stop; exit 9" TERM; touch ready; while :; do sleep 0.05; done'
  const cwd = workIn()
  const child = start(['run', '--', 'sh', '-c', script], cwd)
  const ended = ending(child)
  await appears(join(cwd, 'ready'))
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 9, stdout: 'asked to stop\n' })
})

test('A recorder that is killed leaves a journal, which recover turns into a record, once', async () => {
  const script =
    'echo data > out.txt; touch ready; while [ ! -e go ]; do sleep 0.05; done; echo more > later.txt'
  const cwd = workIn()
  const child = start(['run', '--name', 'victim', '--', 'sh', '-c', script], cwd)
  const ended = ending(child)
  await appears(join(cwd, 'ready'))

  const early = await vampira(['recover'], { cwd })
  expect(early.code).toBe(1)
  expect(early.stdout).toMatch(/left alone: its recorder \(process \d+\) still writes it/)

  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  const orphaned = await vampira(['recover'], { cwd })
  expect(orphaned.stdout).toMatch(/left alone: the recorded program \(process \d+\) still writes it/)

  writeFileSync(join(cwd, 'go'), '')
  await ended
  const recovered = await vampira(['recover', '--json'], { cwd })
  expect([recovered.code, recovered.stderr]).toEqual([0, ''])
  expect(parseAnswer('recover', recovered.stdout)).toMatchObject([
    { outcome: 'recovered', run: { name: 'victim', status: 'Interrupted' } },
  ])
  expect(leftJournals(cwd)).toEqual([])
  expect(await listRuns(cwd)).toMatchObject([{ name: 'victim', status: 'Interrupted' }])

  const again = await vampira(['recover'], { cwd })
  expect([again.code, again.stdout]).toEqual([0, 'Nothing to recover.\n'])
  expect(await listRuns(cwd)).toHaveLength(1)
})

/** A journal as a recorder leaves it that is killed right after the program has ended. */
async function leaveJournal(cwd: string): Promise<string> {
  const child = start(['run', '--', 'sh', '-c', 'echo $$ > pid; touch ready; exec sleep 30'], cwd)
  const ended = ending(child)
  await appears(join(cwd, 'ready'))
  child.kill('SIGKILL')
  process.kill(Number(readFileSync(join(cwd, 'pid'), 'utf8')), 'SIGKILL')
  await ended
  const [id = ''] = leftJournals(cwd)
  return join(cwd, '.vampira/journal', id)
}

const processLine = `{"kind":"process","version":1,"spool":"1-a","pid":1,"parentPid":0,"wall":"1795721930880811282","monotonic":"5","agent":{"name":"python","version":"0.1.0"},"interpreter":{"name":"cpython","version":"3.11.7"},"executable":"/usr/bin/python3","arguments":["python3"],"directory":"/"}\n`
const moduleLine = `{"kind":"module","id":1,"at":1,"name":"p","file":"/p.py","source":"pass\\n"}\n{"kind":"component","id":1,"module":1,"name":"","type":"module","line":1,"endLine":1}\n{"kind":"start","id":1,"component":1,"at":2}\n`

/** Recovers a journal that is left with such a spool, and says what came of it. */
async function recoverSpool(cwd: string, spool: string) {
  const journal = await leaveJournal(cwd)
  writeFileSync(join(journal, '1-a.jsonl'), spool, 'latin1')
  appendFileSync(join(journal, 'recorder.jsonl'), '{"kind":"digest","pa')
  const { code, stdout, stderr } = await vampiraHere(['recover', '--json'], { cwd })
  const [recovery] = parseAnswer('recover', stdout) as [
    { damaged?: string; run: { callCount: number; status: string } },
  ]
  return { code, stderr, ...recovery }
}

test.each<[what: string, spool: string, calls: number]>([
  ['has a torn tail', `${processLine}${moduleLine}{"kind":"ret`, 1],
  ['is preallocated', `${processLine}${moduleLine}${'\0'.repeat(4096)}`, 1],
  ['is empty', '', 0],
])('A left spool that %s is read to its end', async (_, spool, callCount) => {
  const recovered = await recoverSpool(workIn(), spool)
  expect(recovered).toMatchObject({ code: 0, stderr: '', run: { callCount, status: 'Interrupted' } })
  expect(recovered.damaged).toBeUndefined()
})

test.each<[what: string, spool: string, calls: number, says: RegExp]>([
  [
    'in the middle',
    `${processLine}${moduleLine}\x01garbage\n{"kind":"exit","at":9}\n`,
    1,
    /vam:reason "The journal is damaged at line 5 of 1-a\.jsonl/,
  ],
  [
    'at its first line',
    `garbage\n${moduleLine}`,
    0,
    /vam:reason "The journal is damaged at line 1 of 1-a\.jsonl/,
  ],
])(
  'A spool damaged %s: what stands before is kept, the record says so, and the rest is put aside',
  async (_, spool, callCount, says) => {
    const cwd = workIn()
    const recovered = await recoverSpool(cwd, spool)
    expect(recovered).toMatchObject({ code: 0, stderr: '', run: { callCount, status: 'Interrupted' } })
    expect(readFileSync(join(recovered.damaged ?? '', '1-a.jsonl'), 'latin1')).toBe(spool)
    expect(readRecord(cwd)).toMatch(says)
  },
)

test('A journal whose recorder died before it wrote a line is removed, since nothing was run', async () => {
  const cwd = workIn()
  await initStore(cwd)
  const journal = join(cwd, '.vampira/journal/01a2195e-269a-7a93-8b51-cfe68551fde9')
  mkdirSync(journal)
  writeFileSync(join(journal, 'recorder.jsonl'), '{"kind":"run","ver')
  const { code, stdout } = await vampiraHere(['recover'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/held nothing/)
  expect(leftJournals(cwd)).toEqual([])
})

test('A journal that was begun on another host is left alone until somebody says that its recorder has ended', async () => {
  const cwd = workIn()
  const lock = join(await leaveJournal(cwd), 'recorder.lock')
  writeFileSync(lock, JSON.stringify({ ...JSON.parse(readFileSync(lock, 'utf8')), host: 'node17' }))
  const careful = await vampiraHere(['recover'], { cwd })
  expect(careful).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/a recorder on node17 still writes it/),
  })
  const recovered = await vampiraHere(['recover', '--other-hosts'], { cwd })
  expect(recovered).toMatchObject({ code: 0, stdout: expect.stringMatching(/recovered sh: Interrupted/) })
})

test('A store that cannot be written is an error before anything is run', async () => {
  const cwd = workIn({ file: '' })
  const { code, stdout, stderr } = await vampira(['run', '--store', 'file/store', '--', 'echo', 'ran'], {
    cwd,
  })
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test('A journal folder that cannot be written is an error before anything is run', async () => {
  const cwd = workIn()
  await initStore(cwd)
  rmSync(join(cwd, '.vampira/journal'), { recursive: true })
  writeFileSync(join(cwd, '.vampira/journal'), 'in the way')
  const { code, stdout, stderr } = await vampira(['run', '--', 'echo', 'ran'], { cwd })
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toMatch(/^vampira: Cannot write a journal in .*The program was not started.*--store/)
})

/** A disk of one MiB, which only root can make. */
function mountSmallDisk(folder: string): boolean {
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder], { stdio: 'ignore' })
  } catch {
    return false
  }
  onTestFinished(() => void execFileSync('umount', [folder]))
  return true
}

test('On a disk that gets full the program goes on, one line says what happened, and room lets recover finish', async ({
  skip,
}) => {
  const cwd = workIn()
  const disk = join(cwd, 'disk')
  if (!mountSmallDisk(disk)) skip('a small disk can be mounted by root only')
  await initStore(disk)
  const fill = `dd if=/dev/zero of=${disk}/filler bs=1k count=2000 2>/dev/null; echo went on; exit 6`
  const { code, stdout, stderr } = await vampira(['run', '--store', disk, '--', 'sh', '-c', fill], { cwd })
  expect([code, stdout]).toEqual([6, 'went on\n'])
  expect(stderr).toMatch(
    /^vampira: The run of sh was not stored: .*(no space|disk is full).*journal is kept in .*vampira recover.*\n$/i,
  )
  rmSync(join(disk, 'filler'))
  const recovered = await vampiraHere(['recover', '--store', disk], { cwd })
  expect([recovered.code, recovered.stderr]).toEqual([0, ''])
  expect(await listRuns(disk)).toMatchObject([{ name: 'sh' }])
})

test('Python that ignores its environment is recorded from outside, and the record says why', async () => {
  const cwd = workIn({ 'pipeline.py': 'open("out.txt", "w").write("x")\n' })
  const { code } = await vampira(['run', '--', 'python3', '-I', 'pipeline.py'], { cwd })
  expect(code).toBe(0)
  const record = readRecord(cwd)
  expect(record).toMatch(/vam:reason "Python's -I keeps the agent from starting/)
  expect(record).toMatch(/vam:path "out.txt" ;[^.]*vam:possiblyGeneratedBy run:call-1 \./)
})

test('Nothing that a shell would read in an argument is read', async () => {
  const cwd = workIn()
  const { stdout } = await vampira(['run', '--quiet', '--', 'echo', '$HOME', '`id`', '*', ';', '|'], { cwd })
  expect(stdout).toBe('$HOME `id` * ; |\n')
  expect(readdirSync(cwd)).toEqual(['.vampira'])
})
