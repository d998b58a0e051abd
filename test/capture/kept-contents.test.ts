import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { KeptContents, type Keep } from '../../src/capture/kept-contents.ts'
import { Redactor } from '../../src/capture/redact.ts'
import type { KeptLine } from '../../src/journal/line.ts'
import { makeFolder } from './temporary-folder.ts'

const digestOf = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

function keeper(keep: Keep = 'texts') {
  const folder = makeFolder()
  const told: KeptLine[] = []
  const tell = (line: KeptLine) => void told.push(line)
  const contents = new KeptContents(join(folder, 'contents'), keep, new Redactor(), tell)
  const kept = (sha256: string, ending = '') => {
    const place = join(folder, 'contents', sha256.slice(0, 2), sha256 + ending)
    return existsSync(place) ? readFileSync(place) : undefined
  }
  const keepFile = async (name: string, bytes: string | Buffer, isInput = true) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    const stat = { size: Buffer.byteLength(bytes), modified: '1', sha256: digestOf(bytes) }
    await contents.keepFile(path, stat, isInput)
    return stat.sha256
  }
  const keepSource = (source: string) => {
    contents.keepSource({ kind: 'module', id: 1, at: 0, name: 'm', file: '/m.py', source })
    return digestOf(source)
  }
  return { folder, contents, kept, keepFile, keepSource, told }
}

describe('contents of a run', () => {
  test('sources and small texts are kept by their digest, once, for their owner only', async () => {
    const { folder, kept, keepFile, keepSource } = keeper()
    const source = 'def f():\n    return "ü"\n'
    expect(kept(keepSource(source))?.toString()).toBe(source)
    const sha256 = await keepFile('f.py', source)
    expect(readdirSync(join(folder, 'contents'))).toEqual([sha256.slice(0, 2)])
    const place = join(folder, 'contents', sha256.slice(0, 2), sha256)
    expect(statSync(place).mode & 0o077).toBe(0)
    expect(kept(await keepFile('a.csv', 'a,b\n1,2\n', false))?.toString()).toBe('a,b\n1,2\n')
  })

  test('large texts and what is no text are not kept, but as inputs where asked for', async () => {
    const large = 'x'.repeat((256 << 10) + 1)
    const binary = Buffer.from([0, 1, 2])
    const texts = keeper()
    for (const bytes of [large, binary]) expect(texts.kept(await texts.keepFile('a', bytes))).toBeUndefined()
    const inputs = keeper('inputs')
    for (const bytes of [large, binary]) {
      expect(inputs.kept(await inputs.keepFile('a', bytes))?.toString()).toBe(bytes.toString())
      const other = Buffer.concat([Buffer.from(bytes), Buffer.from('.')])
      expect(inputs.kept(await inputs.keepFile('b', other, false))).toBeUndefined()
    }
  })

  test('nothing is kept where that is set, and nothing of a file that has changed or gone', async () => {
    const nothing = keeper('nothing')
    expect(nothing.kept(nothing.keepSource('x'))).toBeUndefined()
    expect(nothing.kept(await nothing.keepFile('a', 'x'))).toBeUndefined()
    const { folder, contents, kept } = keeper()
    writeFileSync(join(folder, 'a'), 'after')
    for (const name of ['a', 'none']) {
      await contents.keepFile(
        join(folder, name),
        { size: 6, modified: '1', sha256: digestOf('before') },
        true,
      )
    }
    expect(kept(digestOf('before'))).toBeUndefined()
  })

  test('a text with a secret is kept without it, and its name says that it is not whole', () => {
    const { kept, keepSource } = keeper()
    const sha256 = keepSource('password = "hunter2"\nname = "x"\n')
    expect(kept(sha256)).toBeUndefined()
    expect(kept(sha256, '.redacted')?.toString()).toBe('password = "[redacted]"\nname = "x"\n')
  })

  test('a text that an earlier run has kept is not read again, and counts as one of this run', async () => {
    const { folder, kept, keepFile } = keeper()
    const texts = Array.from({ length: 64 }, (_, n) => `${n}`.padEnd(256 << 10))
    const stats = []
    for (const text of texts) {
      stats.push({ size: text.length, modified: '1', sha256: await keepFile('a.txt', text) })
    }
    const later = new KeptContents(join(folder, 'contents'), 'texts', new Redactor(), () => {})
    for (const stat of stats) await later.keepFile(join(folder, 'gone.txt'), stat, true)
    expect(later.leftOut).toBe(0)
    writeFileSync(join(folder, 'a.txt'), 'one more')
    const more = { size: 8, modified: '1', sha256: digestOf('one more') }
    await later.keepFile(join(folder, 'a.txt'), more, true)
    expect([later.leftOut, kept(more.sha256)]).toEqual([1, undefined])
  })

  test('of each content it is told once how it is kept, or why not, and again only if it is kept after all', async () => {
    const { told, keepFile, keepSource, folder, contents } = keeper('inputs')
    const binary = Buffer.from([0, 1, 2])
    const large = 'x'.repeat((256 << 10) + 1)
    const gone = { size: 4, modified: '1', sha256: digestOf('gone') }
    const [source, secret] = [keepSource('x = 1\n'), keepSource('password = "hunter2"\n')]
    await keepFile('x.py', 'x = 1\n')
    await keepFile('a', binary, false)
    await keepFile('a', binary, false)
    await keepFile('b', large, false)
    await contents.keepFile(join(folder, 'gone'), gone, true)
    await keepFile('c', binary, true)
    expect(told).toMatchObject([
      { sha256: source, as: 'whole' },
      { sha256: secret, as: 'redacted' },
      { sha256: digestOf(binary), because: 'no text' },
      { sha256: digestOf(large), because: 'larger than 256 KiB' },
      { sha256: gone.sha256, because: 'changed or gone before it was kept' },
      { sha256: digestOf(binary), as: 'whole' },
    ])
    const nothing = keeper('nothing')
    nothing.keepSource('x = 1\n')
    await nothing.keepFile('x.py', 'x = 1\n')
    expect(nothing.told).toMatchObject([{ sha256: source, because: 'nothing was to be kept' }])
  })

  test('at most 16 MiB of a run are kept, and it is counted how many texts were not', () => {
    const { contents, keepSource } = keeper()
    for (let n = 0; n < 70; n++) keepSource(`${n}`.padEnd(256 << 10, 'x'))
    expect(contents.leftOut).toBe(6)
  })
})

test.each([
  ['api_key = "s3"', '.py', 'api_key = "[redacted]"'],
  ['def f(password: str = "s3", x="y"):', '.py', 'def f(password: str = "[redacted]", x="y"):'],
  ['{"api_key": "s3", "name": "n"}', '.json', '{"api_key": "[redacted]", "name": "n"}'],
  ["token='a\\'b'", '.py', "token='[redacted]'"],
  ['token = read()\nkey = 3', '.py', 'token = read()\nkey = 3'],
  ['secret: s3\nname: n\n', '.yaml', 'secret: [redacted]\nname: n\n'],
  ['export DB_PASSWORD=s3 4\n', '.env', 'export DB_PASSWORD=[redacted]\n'],
  ['url = "https://me:s3@host/x"', '.py', 'url = "https://host/x"'],
  ['password = ""', '.py', 'password = ""'],
])('in %j of %s secrets are masked', (text, extension, masked) => {
  expect(new Redactor().document(text, extension)).toBe(masked)
})
