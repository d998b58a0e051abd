import { execFile } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { vampiraHere } from '../cli/here.ts'
import { listCommandLines, listDistinct, splitWords } from '../docs/command-lines.ts'
import { fillWithDemo, makeFolder } from '../docs/demo-folder.ts'
import type { Folder } from '../docs/demo-folder.ts'
import { startServer } from '../servers/start-server.ts'
import type { RunningServer } from '../servers/start-server.ts'
import { plantRuns } from './answers/planted-runs.ts'

describe('What the pages show works where the demo is', () => {
  const demo = makeFolder()
  beforeAll(() => fillWithDemo(demo))
  afterAll(() => demo.remove())

  const lines = listDistinct('demo')
  const startingWith = (beginning: RegExp) => lines.filter(({ text }) => beginning.test(text))

  test.each(startingWith(/^(?!vampira (?:run|init)\b)/))('$page:$at  $text', async ({ text }) => {
    const [program, ...args] = splitWords(text)
    expect(program).toBe('vampira')
    const { code, stderr } = await vampiraHere(args, { cwd: demo.path })
    // 1 says that there is something to look at. The demo has too few runs for some answers.
    expect(stderr.startsWith('Not enough evidence:') ? 0 : code, stderr).toBeLessThan(2)
  })

  // After the questions, which take longer the more runs there are.
  test.each(startingWith(/^vampira run\b/))('$page:$at  $text', async ({ text }) => {
    const runs = () => readdirSync(join(demo.path, '.vampira/runs')).length
    const before = runs()
    const { status, stderr } = await inShell(text, demo)
    expect(status, stderr).toBe(0)
    const [, times = '1'] = /--repeat (\d+)/.exec(text) ?? []
    expect(runs() - before).toBe(Number(times))
  })

  test.each(startingWith(/^vampira init\b/))('$page:$at  $text', async ({ text }) => {
    const empty = makeFolder()
    expect(await inShell(text, empty)).toMatchObject({ status: 0 })
    expect(readdirSync(empty.path)).toEqual(['.vampira'])
    empty.remove()
  })
})

describe('What the pages show of the runs of a survey works', () => {
  const { path, env, remove } = makeFolder()
  let survey: Folder
  beforeAll(async () => {
    // A copy: others ask the same runs.
    const { project } = await plantRuns()
    survey = { path: join(path, 'survey'), env, remove }
    cpSync(project, survey.path, { recursive: true })
  })
  afterAll(remove)

  test.each(listDistinct('survey'))('$page:$at  $text', async ({ text }) => {
    const { status, stderr } = await inShell(text, survey)
    // 1 says that there is something to look at.
    expect(stderr.startsWith('Not enough evidence:') ? 0 : status, stderr).toBeLessThan(2)
  })
})

describe('What the pages show of a server works where the demo and a Fuseki are', () => {
  const demo = makeFolder()
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer('fuseki')
    await fillWithDemo(demo)
    const lab = ['query', 'update', 'data'].map((name) => `${name} = "${server.url}/${name}"`)
    appendFileSync(join(demo.path, '.vampira/vampira.toml'), ['', '[stores.lab]', ...lab, ''].join('\n'))
    const { code, stderr } = await vampiraHere(['push', server.url], { cwd: demo.path })
    expect(code, stderr).toBe(0)
  })
  afterAll(async () => {
    await server.stop()
    demo.remove()
  })

  test.each(listDistinct('server'))('$page:$at  $text', async ({ text }) => {
    const { status, stderr } = await inShell(text.replaceAll('http://localhost:3030/lab', server.url), demo)
    expect(status, stderr).toBe(0)
  })
})

/** Needs source-extractor, and a python with examples/astronomy/requirements.txt: .ci/run brings both. */
test('The commands of the astronomy example work in an empty folder, one after the other', async () => {
  const lines = listCommandLines('examples/astronomy/README.md').filter(({ needs }) => needs === 'astronomy')
  const folder = makeFolder()
  mkdirSync(join(folder.path, 'path'))
  symlinkSync(join(packageRoot, 'examples/astronomy'), join(folder.path, 'path/to'))
  for (const { text } of lines) {
    const { status, stderr } = await inShell(text, folder)
    expect(status, `${text}: ${stderr}`).toBe(0)
  }
  folder.remove()
})

/** Not `spawnSync`: it would keep this process from reading what the server writes, until the server stands still. */
function inShell(text: string, { path, env }: Folder): Promise<{ status: number; stderr: string }> {
  const options = { cwd: path, env: { ...process.env, ...env } }
  return new Promise((resolve) => {
    execFile('sh', ['-c', text], options, (error, _, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stderr }),
    )
  })
}
