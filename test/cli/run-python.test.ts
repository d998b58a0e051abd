import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { initStore } from '../../src/open/init-store.ts'
import { listRuns, makeStay, readRecord, workIn } from './recorded.ts'
import { vampira } from './vampira.ts'
import type { Ended } from './vampira.ts'

/** The first example, run twice with different thresholds: the first thing that anybody sees. */
const cwd = makeStay()
const ended: Ended[] = []

beforeAll(async () => {
  cpSync(join(packageRoot, 'examples/first-run'), join(cwd, 'first-run'), { recursive: true })
  await initStore(cwd)
  for (const threshold of ['8', '1000']) {
    ended.push(
      await vampira(['run', '--', 'python3', 'first-run/pipeline.py', '--threshold', threshold], { cwd }),
    )
  }
}, 60_000)

async function recordOf(n: number): Promise<string> {
  const run = (await listRuns(cwd))[n]
  return readRecord(cwd, run?.id.slice('urn:uuid:'.length))
}

test('The first example is two runs of one pipeline, with all of their calls counted', async () => {
  const line = /^vampira: recorded pipeline [0-9a-f-]{13}… \([\d,]+ calls, 1 source, 4 products\) .*\n$/
  for (const { code, stderr } of ended) expect([code, stderr]).toEqual([0, expect.stringMatching(line)])
  const runs = await listRuns(cwd)
  expect(runs).toMatchObject([
    { name: 'pipeline', status: 'Completed', exitCode: 0 },
    { name: 'pipeline', status: 'Completed', exitCode: 0 },
  ])
  for (const { callCount } of runs) expect(callCount).toBeGreaterThan(20_000)
  const versions = await Promise.all(
    [0, 1].map(async (n) => /<(ni:[^>]+)>\s+a [^.]*vam:PipelineVersion/.exec(await recordOf(n))?.[1]),
  )
  expect(versions[0]).toBeDefined()
  expect(versions[1]).toBe(versions[0])
})

test('Components are named by their project, and packages by what was installed', async () => {
  const record = await recordOf(0)
  expect(record).toContain('urn:vampira:component:first-run/')
  expect(record).toMatch(/<pkg:generic\/cpython@3\.\d+\.\d+>\s+a prov:Entity, vam:Package/)
  expect(record).not.toMatch(/pkg:generic\/CPython/)
})

test('Its input is a described source, and its results are made by the functions that wrote them', async () => {
  const record = await recordOf(0)
  expect(record).toMatch(
    /vam:describedBy vam:DelimitedTextDescriber ;[^.]*vam:columns "\[\\"minute\\",\\"celsius\\"\]"/,
  )
  for (const path of ['cleaned.tsv', 'residuals.tsv', 'cooling.svg', 'fit.json']) {
    expect(record).toMatch(new RegExp(`vam:path "results/${path}" ;[^.]*prov:wasGeneratedBy run:call-`))
  }
  expect(record).not.toContain('vam:noDigestBecause')
})

test('Metadata and quality that the settings declare reach the record', async () => {
  const folder = workIn({
    'measure.py': 'def completeness(found, made):\n    return found / made\n\ncompleteness(47, 50)\n',
  })
  const store = await initStore(folder)
  const settings = join(store.location, 'vampira.toml')
  const rule = '[quality]\ncompleteness = { component = "measure.completeness", unit = "1" }\n'
  writeFileSync(settings, `${readFileSync(settings, 'utf8')}\n${rule}`)
  const { code } = await vampira(['run', '--meta', 'telescope=test', '--', 'python3', 'measure.py'], {
    cwd: folder,
  })
  expect(code).toBe(0)
  const record = readRecord(folder)
  expect(record).toMatch(/schema:propertyID "telescope" ;\s+schema:value "test"/)
  expect(record).toMatch(/dqv:value "9\.4E-1"\^\^xsd:double/)
})

test('Python below another program is recorded in depth, in its place', async () => {
  const folder = workIn({ 'step.py': 'def double(x):\n    return 2 * x\n\nprint(double(21))\n' })
  const { stdout } = await vampira(['run', '--quiet', '--', 'sh', '-c', 'python3 step.py; exit 3'], {
    cwd: folder,
  })
  expect(stdout).toBe('42\n')
  expect(await listRuns(folder)).toMatchObject([{ name: 'sh', status: 'Failed', exitCode: 3 }])
  const record = readRecord(folder)
  const shell = /(run:call-\d+)\s[^.]*rdfs:label "sh"/.exec(record)?.[1]
  expect(shell).toBeDefined()
  expect(record).toMatch(new RegExp(`rdfs:label "step" ;\\s+vam:calledBy ${shell} `))
  expect(record).toMatch(/rdfs:label "step\.double"/)
})

test('A module of a package that is run with -m is recorded under the package’s name', async () => {
  const folder = workIn()
  mkdirSync(join(folder, 'survey'))
  writeFileSync(join(folder, 'survey/__init__.py'), '')
  writeFileSync(join(folder, 'survey/__main__.py'), 'def find():\n    return 1\n\nfind()\n')
  const { code } = await vampira(['run', '--quiet', '--', 'python3', '-m', 'survey'], { cwd: folder })
  expect(code).toBe(0)
  expect(await listRuns(folder)).toMatchObject([{ name: 'survey' }])
  expect(readRecord(folder)).toMatch(/rdfs:label "survey\.__main__\.find"/)
})

test('A program that is killed leaves every call that had ended', async () => {
  const script = `import os, signal

def step(n):
    return n

for n in range(150):
    step(n)
os.kill(os.getpid(), signal.SIGKILL)
`
  const folder = workIn({ 'victim.py': script })
  const { code } = await vampira(['run', '--quiet', '--detail', 'full', '--', 'python3', 'victim.py'], {
    cwd: folder,
  })
  expect(code).toBe(137)
  expect(await listRuns(folder)).toMatchObject([{ status: 'Interrupted', callCount: 151 }])
})

test.each(['', '1'])('Byte code is no product, where PYTHONDONTWRITEBYTECODE is "%s"', async (set) => {
  const cwd = workIn({
    'helper.py': 'def text():\n    return "x"\n',
    'main.py': 'import helper\nopen("out.txt", "w").write(helper.text())\n',
  })
  const env = { PYTHONDONTWRITEBYTECODE: set }
  expect((await vampira(['run', '--', 'python3', 'main.py'], { cwd, env })).code).toBe(0)
  const record = readRecord(cwd)
  expect(record.match(/vam:path "[^"]*"/g)).toEqual(['vam:path "out.txt"'])
})
