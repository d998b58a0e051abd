import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { JournalError } from '../../src/errors.ts'
import { readSpool } from '../../src/journal/read-spool.ts'

function spoolFile(content: string | Buffer): string {
  const file = join(mkdtempSync(join(tmpdir(), 'vampira-spool-')), '1-a.jsonl')
  writeFileSync(file, content)
  return file
}

const memory = (resident: number) => `{"kind":"memory","at":1,"resident":${resident}}\n`
const note = '{"kind":"note","at":2,"type":"metadata","name":"ö","value":"é🌟"}\n'

describe('reading a spool', () => {
  const tails: [string, Buffer][] = [
    ['a line without its newline', Buffer.from('{"kind":"memory","at":2,"resident":5}')],
    ['a character cut in two', Buffer.from(note).subarray(0, Buffer.byteLength(note) - 5)],
    ['the zero bytes of a preallocated file', Buffer.alloc(5000)],
    ['a torn line before zero bytes', Buffer.concat([Buffer.from('{"kind":'), Buffer.alloc(100)])],
    ['nothing', Buffer.alloc(0)],
  ]
  test.each(tails)('leaves out %s at its end', (_, tail) => {
    const file = spoolFile(Buffer.concat([Buffer.from(memory(1) + note), tail]))
    expect([...readSpool(file)]).toMatchObject([{ resident: 1 }, { name: 'ö', value: 'é🌟' }])
  })

  test('gives every line of a spool that is longer than it reads at once', () => {
    const long = `{"kind":"note","at":2,"type":"metadata","name":"n","value":"${'é'.repeat(700_000)}"}\n`
    const lines = Array.from({ length: 30_000 }, (_, i) => memory(i))
    const read = [...readSpool(spoolFile(lines.join('') + long + memory(7)))]
    expect(read).toHaveLength(30_002)
    expect(read[29_999]).toMatchObject({ resident: 29_999 })
    expect(read[30_000]).toMatchObject({ value: 'é'.repeat(700_000) })
    expect(read[30_001]).toMatchObject({ resident: 7 })
  })

  const refused: [string, string, RegExp][] = [
    ['not JSON', '{"kind":"memory",\n', /line 2 is not JSON/],
    ['not an object', '[1]\n', /line 2 is not a JSON object/],
    ['of an unknown kind', '{"kind":"end","at":1}\n', /line 2 has no known kind \("end"\)/],
    ['without a required field', '{"kind":"memory","at":1}\n', /line 2 is a memory without "resident"/],
    ['with an unknown field', '{"kind":"memory","at":1,"resident":1,"x":1}\n', /line 2 .*unknown field "x"/],
    [
      'with a field of another type',
      '{"kind":"memory","at":-1,"resident":1}\n',
      /line 2 .*"at" is malformed/,
    ],
    [
      'with an unknown tag',
      '{"kind":"return","call":1,"at":1,"value":{"$":"x"}}\n',
      /line 2 .*"value" is malformed/,
    ],
  ]
  test.each(refused)('refuses a whole line that is %s, and says where', (_, line, message) => {
    const file = spoolFile(memory(1) + line + memory(2))
    const read = () => [...readSpool(file)]
    expect(read).toThrow(message)
    try {
      read()
    } catch (error) {
      expect(error).toBeInstanceOf(JournalError)
      expect((error as JournalError).place).toEqual({ file, line: 2 })
      expect((error as JournalError).advice).toBeDefined()
    }
  })
})
