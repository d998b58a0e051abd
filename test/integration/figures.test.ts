import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { vampira } from '../cli/vampira.ts'

const folder = mkdtempSync(join(tmpdir(), 'vampira-figures-'))
afterAll(() => rmSync(folder, { recursive: true }))

const mega = 2 ** 20

/** A workplace of its own: records programs, and asks what was recorded. */
async function makeWorkplace(name: string, files: Record<string, string> = {}) {
  const cwd = join(folder, name)
  await vampira(['init', cwd])
  for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text)
  return {
    async run(...command: string[]) {
      const { code, stderr } = await vampira(['run', '--', ...command], { cwd })
      expect(code, stderr).toBe(0)
    },
    say: (...args: string[]) => vampira(args, { cwd }),
    /** Rows of a ready-made query by its name, or of one that is written out, as plain texts. */
    async ask(query: string, ...options: string[]): Promise<Record<string, string>[]> {
      let asked = query
      if (query.includes('{')) {
        asked = 'asked.rq'
        writeFileSync(
          join(cwd, asked),
          `PREFIX vam: <https://w3id.org/vampira#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n${query}`,
        )
      }
      const { stdout, stderr } = await vampira(['query', asked, ...options, '--json'], { cwd })
      expect(stderr).toBe('')
      const { results } = JSON.parse(stdout) as Answer
      return results.bindings.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, { value }]) => [name, value])),
      )
    },
  }
}

interface Answer {
  results: { bindings: Record<string, { value: string }>[] }
}

describe('what was measured is true', () => {
  test('the memory of a program is its own, however much the one that started it holds', async () => {
    const place = await makeWorkplace('memory', {
      'parent.py': `
import subprocess, sys
def hold(megabytes):
    return bytearray(megabytes << 20)
def start(megabytes):
    code = "import time; held = bytearray(%d << 20); time.sleep(1.5)" % megabytes
    subprocess.run([sys.executable, "-I", "-S", "-c", code])
def quick():
    subprocess.run(["true"])
def small():
    subprocess.run(["sleep", "1.5"])
held = hold(200)
start(40)
start(400)
small()
quick()
`,
    })
    await place.run('python3', 'parent.py')
    const programs = await place.ask(`SELECT ?command ?peak {
      ?call a vam:Call ; vam:commandLine ?command OPTIONAL { ?call vam:peakMemoryBytes ?peak }
    }`)
    const peakOf = (word: string) =>
      Number(programs.find(({ command }) => command?.includes(word) === true)?.['peak'] ?? 0) / mega
    expect(peakOf('(40 <<')).toBeGreaterThan(40)
    expect(peakOf('(40 <<')).toBeLessThan(80)
    expect(peakOf('(400 <<')).toBeGreaterThan(400)
    expect(peakOf('(400 <<')).toBeLessThan(440)
    expect(peakOf('sleep')).toBeGreaterThan(0.3)
    expect(peakOf('sleep')).toBeLessThan(10)
    // It was gone before anyone could look: nothing is known, and nothing is claimed.
    expect(peakOf('true')).toBeLessThan(10)
    const costs = await place.ask('components')
    const of = (name: string) => costs.find((row) => row['name'] === name) ?? {}
    expect(Number(of('parent.hold')['addedMemoryBytes'])).toBeGreaterThan(199 * mega)
    expect(Number(of('parent.small')['peakMemoryBytes'])).toBeGreaterThan(200 * mega)
    expect(Number(of('parent.small')['addedMemoryBytes'])).toBeLessThan(10 * mega)
  })
  test('the memory of a command is its own', async () => {
    const place = await makeWorkplace('command')
    await place.run('sh', '-c', "x=$(head -c 30000000 /dev/zero | tr '\\0' a); sleep 1")
    await place.run('sleep', '1.2')
    const [command, sleep] = await place.ask(
      'SELECT ?peak { ?call a vam:Call ; vam:peakMemoryBytes ?peak } ORDER BY DESC(?peak)',
    )
    expect(Number(command?.['peak'])).toBeGreaterThan(30e6)
    expect(Number(sleep?.['peak'])).toBeLessThan(10e6)
  })

  test('processor time that only few calls were measured for is not given out as that of all', async () => {
    const place = await makeWorkplace('processor', {
      'many.py': `
def small(x):
    return x + 1
def all_of_it(n):
    return sum(small(i) for i in range(n))
all_of_it(600)
`,
    })
    await place.run('python3', 'many.py')
    const rows = await place.ask('uc3-cost-and-inputs')
    const small = rows.find(({ name }) => name === 'many.small')
    expect(small?.['calls']).toBe('600')
    expect(small?.['cpuSeconds']).toBeUndefined()
    expect(Number(small?.['measuredCalls'])).toBeGreaterThan(0)
    expect(Number(small?.['measuredCalls'])).toBeLessThan(600)
    expect(Number(small?.['measuredCpuSeconds'])).toBeLessThan(Number(small?.['wallSeconds']))
    const whole = rows.find(({ name }) => name === 'many.all_of_it')
    expect(Number(whole?.['cpuSeconds'])).toBeGreaterThan(0)
    expect(whole?.['measuredCalls']).toBeUndefined()
    const [cost] = await place.ask('components', '--param', `component=${small?.['component']}`)
    expect(cost?.['cpuSeconds']).toBeUndefined()
  })
})

describe('the order of calls', () => {
  test('what follows a call is known also where it ran before; imports and helpers of libraries are no steps', async () => {
    const library = join(folder, 'order', 'site-packages', 'plotting')
    const place = await makeWorkplace('order', {
      'survey.py': `
import sys
sys.path.insert(0, "site-packages")
import subprocess
import reading
def count(path):
    subprocess.run(["wc", "-l", path], stdout=subprocess.DEVNULL)
def smooth():
    import plotting
    return plotting.fonts()
def save():
    return 1
count("a.txt")
smooth()
count("a.txt")
save()
import writing
`,
      'reading.py': 'def f():\n    return 1\nf()\n',
      'writing.py': '',
      'a.txt': 'a\n',
    })
    mkdirSync(library, { recursive: true })
    writeFileSync(
      join(library, '__init__.py'),
      'import subprocess\ndef fonts():\n    return subprocess.run(["echo", "x"], capture_output=True).stdout\n',
    )
    await place.run('python3', 'survey.py')
    const rows = await place.ask('uc6-what-follows-a-component')
    const next = rows
      .filter(({ how }) => how === 'next')
      .map(({ name, followerName }) => [name, followerName])
    expect(next.sort()).toEqual([
      ['survey.count', 'survey.save'],
      ['survey.count', 'survey.smooth'],
      ['survey.smooth', 'survey.count'],
    ])
    const steps = (await place.ask('uc5-components-of-pipelines')).map(({ name }) => name)
    expect(steps.sort()).toEqual([
      'reading.f',
      'survey',
      'survey.count',
      'survey.save',
      'survey.smooth',
      'wc',
    ])
  })
})

test('a broken field and a healthy one are told apart by what they hold', async () => {
  const place = await makeWorkplace('fields', {
    'make.py': `
import struct, sys
def card(text):
    return text.ljust(80)
def field(path, broken):
    cards = ["SIMPLE  =                    T", "BITPIX  =                  -32", "NAXIS   =                    2",
             "NAXIS1  =                   64", "NAXIS2  =                   64", "END"]
    header = "".join(map(card, cards)).ljust(2880).encode()
    pixels = [0.0 if broken and i < 2048 else 100.0 + i % 7 for i in range(4096)]
    data = struct.pack(">4096f", *pixels)
    with open(path, "wb") as out:
        out.write(header + data.ljust(-(-len(data) // 2880) * 2880, b"\\0"))
def table(path, broken):
    with open(path, "w") as out:
        out.write("star,flux\\n" + "".join("s%d,%s\\n" % (i, "" if broken and i % 2 else i) for i in range(10)))
field("field.fits", sys.argv[1] == "broken")
table("stars.csv", sys.argv[1] == "broken")
`,
  })
  await place.run('python3', 'make.py', 'healthy')
  await place.run('python3', 'make.py', 'broken')
  const rows = await place.ask('data-products')
  const of = (path: string, wanted: string) =>
    rows.filter((row) => row['path'] === path).map((row) => Number(row[wanted] ?? NaN))
  expect(of('field.fits', 'zeroShare').sort()).toEqual([0, 0.5])
  expect(of('field.fits', 'minimum').sort()).toEqual([0, 100])
  expect(of('stars.csv', 'rowCount')).toEqual([10, 10])
  const tables = await place.ask('SELECT ?columns { ?content vam:columnStatistics ?columns }')
  const fluxes = tables.map(({ columns = '[]' }) => (JSON.parse(columns) as { missingShare: number }[])[1]!)
  expect(fluxes.toSorted((a, b) => a.missingShare - b.missingShare)).toMatchObject([
    { name: 'flux', missingShare: 0, minimum: 0, maximum: 9, mean: 4.5 },
    { name: 'flux', missingShare: 0.5, maximum: 8 },
  ])
  const shown = await place.say('show', 'last')
  expect(shown.stdout).toContain('0 … 106, mean 51.5, 50 % zeros')
  const [healthy = '', broken = ''] = (await place.ask('runs')).map(({ run = '' }) => run).sort()
  const { stdout } = await place.say('diff', healthy, broken)
  expect(stdout).toMatch(/field.fits .*100 … 106, mean 103.* 0 … 106, mean 51.5, 50 % zeros/)
})

describe('a Python that is too old', () => {
  const versions = join(homedir(), '.pyenv', 'versions')
  const installed = existsSync(versions) ? readdirSync(versions) : []
  const old = installed.filter((version) => /^(2\.|3\.[0-7]\.)/.test(version))
  const oldest = installed.find((version) => version.startsWith('3.8.'))

  test('is there to be tried', (context) => {
    if (old.length === 0) context.skip('pyenv has no Python before 3.8 here')
    expect(old).not.toEqual([])
  })

  test.each(old)('%s is recorded as a command, and says so in one line', async (version) => {
    const place = await makeWorkplace(`python-${version}`, {
      'old.py': 'import sys, os\nprint(sys.path[0] == os.path.dirname(os.path.abspath(__file__)))\n',
    })
    const { code, stdout, stderr } = await place.say(
      'run',
      '--quiet',
      '--',
      join(versions, version, 'bin', 'python'),
      'old.py',
    )
    expect([code, stdout]).toEqual([0, 'True\n'])
    const sentence = /^vampira: (Python \d\.\d is too old for the agent .* is recorded as a command\.)\n$/
    expect(stderr).toMatch(sentence)
    const facts = await place.ask('run-facts')
    expect(facts.filter(({ group }) => group === 'gap').map(({ value }) => value)).toEqual([
      sentence.exec(stderr)?.[1],
    ])
    const calls = await place.ask('SELECT ?call { ?call a vam:Call }')
    expect(calls).toHaveLength(1)
  })

  test.runIf(oldest !== undefined)('3.8 is not: its calls and children are recorded', async () => {
    const place = await makeWorkplace('python-3.8', {
      'new.py':
        'import subprocess\ndef f(x):\n    return subprocess.call(["sh", "-c", "exit 3"]) + x\nf(1)\n',
    })
    await place.run(join(versions, oldest ?? '', 'bin', 'python'), 'new.py')
    const calls = await place.ask(
      'SELECT ?label ?code { ?call a vam:Call ; rdfs:label ?label OPTIONAL { ?call vam:exitCode ?code } }',
    )
    expect(calls.toSorted((a, b) => (a['label']! < b['label']! ? -1 : 1))).toEqual([
      { label: 'new' },
      { label: 'new.f' },
      { label: 'sh', code: '3' },
    ])
  })
})

test('a quality belongs to the settings that it was measured with, and not to those that came later', async () => {
  const place = await makeWorkplace('quality', {
    'survey.py': `
def count(image, threshold):
    return len([x for x in image if x > threshold])
def smooth(image, std):
    return [x / std for x in image]
image = [3, 6, 9]
count(image, 5)
for std in (2.0, 2.5):
    count(smooth(image, std), 3.5)
`,
  })
  writeFileSync(
    join(folder, 'quality', '.vampira', 'vampira.toml'),
    '[quality]\ndetected = { component = "survey.count", better = "more" }\n',
  )
  await place.run('python3', 'survey.py')
  const rows = await place.ask('uc7-settings-and-outcomes')
  const pairs = rows
    .filter(({ setting }) => setting === 'std' || setting === 'threshold')
    .map(({ setting, value, quality, better }) => `${setting}=${Number(value)} → ${quality}, ${better}`)
  expect(pairs.toSorted()).toEqual([
    'std=2 → 1, more',
    'std=2.5 → 1, more',
    'threshold=3.5 → 1, more',
    'threshold=3.5 → 1, more',
    'threshold=5 → 2, more',
  ])
})

test('what is left among temporary files is no product to keep, and its way into others is known', async () => {
  const place = await makeWorkplace('scratch', {
    'draft.py': `
import tempfile
def draft():
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
        file.write("the same forty characters in every draft")
    return file.name
def finish(path):
    with open("out.txt", "w") as out:
        out.write(open(path).read().upper())
finish(draft())
`,
  })
  await place.run('python3', 'draft.py')
  expect((await place.ask('data-products')).map((row) => row['path'])).toEqual(['out.txt'])
  const kept = await place.ask('uc4-size-and-recompute-cost')
  expect(kept.map(({ url }) => url?.replace(/^.*\//, ''))).toEqual(['out.txt'])
  const { stdout } = await place.say('lineage', 'out.txt')
  expect(stdout).toMatch(/finish\(.*\)[^]*\.txt\n[^]*draft\(\)/)
})
