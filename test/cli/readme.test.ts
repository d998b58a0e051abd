import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { addTo } from '../../cli/command.ts'
import { commands } from '../../cli/commands.ts'
import type { Terminal } from '../../cli/terminal/terminal.ts'
import { packageRoot } from '../../src/package-root.ts'

const pages = [
  'README.md',
  'docs/remote-stores.md',
  'examples/first-run/README.md',
  'examples/astronomy/README.md',
]

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(packageRoot, page), 'utf8')
  const blocks = [...text.matchAll(/^```\w*\n([^]*?)^```/gm)].map(([, block]) => block ?? '')
  const lines = blocks.flatMap((block) => [...block.matchAll(/^(?:\$ )?vampira (.*?)(?:\s+#.*)?$/gm)])

  test('names only commands and options that there are', async () => {
    expect(lines.length).toBeGreaterThan(0)
    for (const [line, rest = ''] of lines) {
      const [name = '', ...words] = rest.split(/\s+/)
      const found = commands[name]
      expect(found, line).toBeDefined()
      const command = new Command(name)
      addTo(command, (await found!.load()).command, {} as Terminal, () => {})
      const known = command.options.flatMap(({ long, short }) => [long, short])
      const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
      for (const option of own.filter((word) => /^--?[a-z]/.test(word))) {
        expect(known, line).toContain(option.replace(/=.*$/, ''))
      }
    }
  })

  test('links only to what is there', () => {
    const folder = join(packageRoot, page, '..')
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target ?? '')
    expect(targets.filter((target) => !existsSync(join(folder, target)))).toEqual([])
  })
})
