import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { isBase, parseSettings } from '../../src/open/settings.ts'

const parse = (text: string) => parseSettings(text, 'vampira.toml')

describe('vampira.toml', () => {
  test('says nothing, and the defaults hold', async () => {
    expect(await parse('')).toEqual({ base: 'urn:vampira:', stores: {}, quality: [], generators: [] })
  })

  test('says all there is to say', async () => {
    const text = `base = "https://example.org/lab/"
generators = ["simulate.random_field"]
[quality]
completeness = "swep.completeness"
"https://example.org/snr" = { component = "swep.snr", unit = "dB" }
[stores.lab]
query = "http://localhost:3030/ds/sparql"
update = "http://localhost:3030/ds/update"
data = "http://localhost:3030/ds/data"
`
    expect(await parse(text)).toEqual({
      base: 'https://example.org/lab/',
      generators: ['simulate.random_field'],
      quality: [
        { metric: 'completeness', component: 'swep.completeness' },
        { metric: 'https://example.org/snr', component: 'swep.snr', unit: 'dB' },
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
    ['base = "x', 1, /not TOML/],
    ['\nbase = "no iri"', 2, /absolute IRI/],
    ['base = 3', 1, /absolute IRI/],
    ['bass = "urn:x:"', 1, /no setting bass/],
    ['generators = "x"', 1, /list of component names/],
    ['# lab\n\n[stores.lab]\nquery = "ftp://x"', 4, /stores\.lab\.query must be an http/],
    ['[stores.lab]\nupdate = "http://x/u"', 1, /stores\.lab has no query URL/],
    ['[stores.a]\nquery = "http://x/"\n[stores.b]\nquery = "x"', 4, /stores\.b\.query/],
    ['[stores.lab]\nquery = "http://x/"\npassword = "x"', 3, /no setting stores\.lab\.password/],
    ['[quality]\nsnr = { unit = "dB" }', 2, /quality\.snr must name a component/],
    ['stores = 1', 1, /stores must be a table/],
  ])('%j is refused at its line', async (text, line, message) => {
    const error = await parse(text).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as UsageError).message).toMatch(message)
    expect((error as UsageError).place).toMatchObject({ file: 'vampira.toml', line })
  })

  test.each([
    ['urn:vampira:', true],
    ['https://example.org/x/', true],
    ['https://example.org/x#', true],
    ['https://example.org/x', false],
    ['/local/', false],
    ['https://exa mple.org/', false],
  ])('%s as a base: %s', (text, good) => expect(isBase(text)).toBe(good))
})
