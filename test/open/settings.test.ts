import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { initStore } from '../../src/open/init-store.ts'
import { openWorkplace } from '../../src/open/open-workplace.ts'
import { settingsText } from '../../src/open/settings-text.ts'
import { isBase, parseSettings } from '../../src/open/settings.ts'
import { defaultSettings } from './default-settings.ts'

const parse = (text: string) => parseSettings(text, 'vampira.toml')

describe('vampira.toml', () => {
  test('says nothing, and the defaults hold', async () => {
    expect(await parse('')).toEqual(defaultSettings)
  })

  test('says all there is to say', async () => {
    const text = `base = "https://example.org/lab/"
generators = ["simulate.random_field"]
ignore = ["*.log", "results/**/*.tmp"]
[quality]
completeness = "swep.completeness"
"https://example.org/snr" = { component = "swep.snr", unit = "dB", better = "less" }
[stores.lab]
query = "http://localhost:3030/ds/sparql"
update = "http://localhost:3030/ds/update"
data = "http://localhost:3030/ds/data"
`
    expect(await parse(text)).toEqual({
      base: 'https://example.org/lab/',
      generators: ['simulate.random_field'],
      include: [],
      exclude: [],
      ignore: ['*.log', 'results/**/*.tmp'],
      keep: 'texts',
      storage: {},
      quality: [
        { metric: 'completeness', component: 'swep.completeness' },
        { metric: 'https://example.org/snr', component: 'swep.snr', unit: 'dB', better: 'less' },
      ],
      stores: {
        lab: {
          query: 'http://localhost:3030/ds/sparql',
          update: 'http://localhost:3030/ds/update',
          data: 'http://localhost:3030/ds/data',
        },
      },
    })
  })

  test.each([
    ['base = "x', 1, /^The settings are not TOML: (?!Invalid TOML document)\S/],
    ['\nbase = "no iri"', 2, /absolute IRI/],
    ['base = 3', 1, /absolute IRI/],
    ['bass = "urn:x:"', 1, /no setting bass/],
    ['generators = "x"', 1, /list of component names/],
    ['generators = ["x", 1]', 1, /list of component names/],
    ['ignore = "*.log"', 1, /ignore must be a list of patterns/],
    ['keep = "texts"\nignore = ["*.log", ""]', 2, /"" is no pattern of files to ignore: it is empty/],
    ['# lab\n\n[stores.lab]\nquery = "ftp://x"', 4, /stores\.lab\.query must be an http/],
    ['[stores.lab]\nupdate = "http://x/u"', 1, /stores\.lab has no query URL/],
    ['[stores.a]\nquery = "http://x/"\n[stores.b]\nquery = "x"', 4, /stores\.b\.query/],
    ['[stores.lab]\nquery = "http://x/"\npassword = "x"', 3, /no setting stores\.lab\.password/],
    ['[stores.lab]\nquery = "https://x/ y"', 2, /stores\.lab\.query must be an http/],
    ['[stores.lab]\nquery = "see https://x/"', 2, /stores\.lab\.query must be an http/],
    ['[stores.lab]\nquery = "http://"', 2, /stores\.lab\.query must be an http/],
    ['[stores.lab]\nquery = "http://x/"\nupdate = 1', 3, /stores\.lab\.update must be an http/],
    ['[stores.lab]\nquery = "http://x/"\ndata = "x"', 3, /stores\.lab\.data must be an http/],
    ['[quality]\nsnr = { unit = "dB" }', 2, /quality\.snr must name a component or a file/],
    ['[quality]\nsnr = { component = "x", unit = 1 }', 2, /quality\.snr must name a component or a file/],
    ['[quality]\nsnr = { component = "x", units = "dB" }', 2, /quality\.snr must name a component or a file/],
    [
      '[quality]\nsnr = { component = "x", file = "a.json" }',
      2,
      /quality\.snr must name a component or a file/,
    ],
    ['[quality]\nsnr = 1', 2, /snr must be a table/],
    ['[storage]\nkeep-cost = -1', 2, /storage\.keep-cost must be a number from 0/],
    ['[storage]\ncompute-cost = "much"', 2, /storage\.compute-cost must be a number from 0/],
    ['[storage]\nkeep = 1', 2, /no setting storage\.keep; there are keep-cost/],
    ['quality = [1]', 1, /quality must be a table/],
    ['stores = 1', 1, /stores must be a table/],
    ['[stores]\nlab = "http://x/"', 2, /lab must be a table/],
    ['base = "urn:x:"\n[[stores]]\nquery = "http://x/"', 2, /stores must be a table/],
    ['# base = "x"\n  base = "no iri"', 2, /absolute IRI/],
    ['generators = []\n"base" = 2', 2, /absolute IRI/],
  ])('%j is refused at its line', async (text, line, message) => {
    const error = await parse(text).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as UsageError).message).toMatch(message)
    expect((error as UsageError).place).toMatchObject({ file: 'vampira.toml', line })
  })

  test('a component that is measured may do without a unit', async () => {
    expect((await parse('[quality]\nsnr = { component = "swep.snr" }')).quality).toEqual([
      { metric: 'snr', component: 'swep.snr' },
    ])
  })

  test('a store may have a query URL alone', async () => {
    expect((await parse('[stores.lab]\nquery = "https://x/sparql"')).stores).toEqual({
      lab: { query: 'https://x/sparql' },
    })
  })

  test.each([
    ['base = 3', 'Write for example: base = "urn:vampira:"'],
    ['generators = 1', 'Write for example: generators = ["simulate.random_field"]'],
    ['[stores.lab]\nupdate = "x"', 'Write for example: update = "http://host/…"'],
    ['[stores.lab]', 'Write for example: query = "http://host/sparql"'],
    [
      '[quality]\nsnr = {}',
      'Write for example: completeness = { component = "swep.completeness", unit = "%", better = "more" }',
    ],
    ['bass = 1', 'Correct or remove it.'],
    ['base = "x', 'Correct that line; https://toml.io shows the syntax.'],
  ])('what to do about %j is shown by an example', async (text, advice) => {
    await expect(parse(text)).rejects.toMatchObject({ advice })
  })

  test('a key that is not known is refused with those that are', async () => {
    await expect(parse('bass = 1')).rejects.toThrow(
      'There is no setting bass; there are base, stores, quality, generators, include, exclude, ignore, keep, storage',
    )
    await expect(parse('[stores.lab]\npassword = "x"')).rejects.toThrow('there are query, update, data')
  })

  test('the settings of a new store can be read, with everything that its comments show', async () => {
    const text = settingsText('https://example.org/lab/')
    expect(await parse(text)).toEqual({ ...defaultSettings, base: 'https://example.org/lab/' })
    const shown = text.replace(/^# (?=[\w-]+ = |\[)/gm, '')
    expect(await parse(shown)).toEqual({
      base: 'https://example.org/lab/',
      generators: ['simulate.random_field'],
      ignore: ['*.log', 'scratch', 'results/**/*.tmp'],
      include: ['sklearn.linear_model'],
      exclude: ['pipeline.plots'],
      keep: 'texts',
      storage: { keepCost: 0.023, computeCost: 0.048 },
      quality: [
        { metric: 'completeness', component: 'swep.completeness', unit: '%', better: 'more' },
        { metric: 'r2', file: 'metrics.json', pointer: '/r2' },
      ],
      stores: {
        lab: {
          query: 'http://localhost:3030/ds/sparql',
          update: 'http://localhost:3030/ds/update',
          data: 'http://localhost:3030/ds/data',
        },
      },
    })
  })

  test.each([
    ['urn:vampira:', true],
    ['https://example.org/x/', true],
    ['https://example.org/x#', true],
    ['https://example.org/x', false],
    ['/local/', false],
    ['https://exa mple.org/', false],
    ['x:', true],
    ['a1+.-:b/', true],
    ['1a:b/', false],
    [':/', false],
    ['', false],
    ['a!:', false],
    ['!:', false],
    ['see urn:x:', false],
    ['https://example.org/<x>/', false],
    ['urn:x:\n', false],
  ])('%s as a base: %s', (text, good) => expect(isBase(text)).toBe(good))
})

test('vampira.toml beside the folder of the store is named as misplaced, not passed over', async () => {
  const project = await mkdtemp(join(tmpdir(), 'vampira settings-'))
  onTestFinished(() => rm(project, { recursive: true }))
  await initStore(project)
  const beside = join(project, 'vampira.toml')
  await writeFile(beside, 'base = "https://example.org/lab/"\n')
  const opened = openWorkplace(project)
  await expect(opened).rejects.toBeInstanceOf(UsageError)
  await expect(opened).rejects.toMatchObject({
    message: `${beside} is not where settings are read`,
    advice: `Move what it says into ${join(project, '.vampira', 'vampira.toml')}, and remove it.`,
  })
  await rename(beside, join(project, '.vampira', 'vampira.toml'))
  expect((await openWorkplace(project)).settings.base).toBe('https://example.org/lab/')
})
