import { spawn, spawnSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { columnsOf } from '../../../cli/terminal/columns.ts'
import { exampleId, makeStore } from '../example-store.ts'
import { cliPath } from '../vampira.ts'

let folder: string
beforeAll(async () => {
  folder = await makeStore([{ id: exampleId, name: '星図' }])
  // A cross product: more rows than any pipe holds, and, counted, more than anybody waits for.
  await writeFile(join(folder, 'many.rq'), 'SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000')
  await writeFile(
    join(folder, 'endless.rq'),
    'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) != CONCAT(STR(?l), STR(?i))) }',
  )
})
afterAll(() => rm(folder, { recursive: true }))

const pseudoTerminal = `
import fcntl, os, pty, struct, sys, termios
pid, master = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
try:
    while chunk := os.read(master, 65536):
        os.write(1, chunk)
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`

/** Runs the CLI in a real terminal of so many columns. */
function inTerminal(args: readonly string[], columns: number, env: Record<string, string> = {}) {
  const clean: NodeJS.ProcessEnv = { ...process.env, TERM: 'xterm-256color', ...env }
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'CI']) if (!(name in env)) delete clean[name]
  const { status, stdout } = spawnSync(
    'python3',
    ['-c', pseudoTerminal, String(columns), process.execPath, cliPath, ...args],
    { cwd: folder, env: clean, encoding: 'utf8' },
  )
  return { status, lines: stdout.replaceAll('\r', '').trimEnd().split('\n') }
}

describe('in a terminal', () => {
  test('answers are coloured, unless NO_COLOR is set', () => {
    const coloured = inTerminal(['list'], 120)
    const plain = inTerminal(['list'], 120, { NO_COLOR: '1' })
    expect(coloured.status).toBe(0)
    expect(coloured.lines.join()).toContain('\u001b[32m✓ completed')
    expect(plain.lines.join()).toContain('✓ completed')
    expect(plain.lines.join()).not.toContain('\u001b')
  })

  test('no line of a table is longer than the terminal is wide', () => {
    const { lines } = inTerminal(['list'], 80, { NO_COLOR: '1' })
    expect(lines.length).toBe(2)
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(80)
    expect(lines[1]).toContain('星図')
    expect(lines[1]).toContain('…')
  })
})

test('what goes into a pipe is plain and whole', () => {
  const { stdout } = spawnSync(process.execPath, [cliPath, 'list'], { cwd: folder, encoding: 'utf8' })
  expect(stdout).not.toContain('\u001b')
  expect(stdout).toContain('python swep.py a.fits')
})

test('a reader that has seen enough ends a long answer quietly', () => {
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '-c',
      '"$0" "$1" query many.rq --format csv | head -n 1; echo "${PIPESTATUS[0]}"',
      process.execPath,
      cliPath,
    ],
    { cwd: folder, encoding: 'utf8' },
  )
  expect(stdout).toBe('a,b,c,d,e,f\r\n0\n')
  expect(stderr).toBe('')
})

test('Ctrl-C ends a query under way at once, with nothing said', async () => {
  const child = spawn(process.execPath, [cliPath, 'query', 'endless.rq'], { cwd: folder })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  setTimeout(() => child.kill('SIGINT'), 1500)
  const signal = await new Promise((resolve) => child.on('close', (_code, ended) => resolve(ended)))
  // A shell reports the signal as exit code 130.
  expect(signal).toBe('SIGINT')
  expect(said).toBe('')
})
