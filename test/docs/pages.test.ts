import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { addTo } from '../../cli/command.ts'
import { commands } from '../../cli/commands.ts'
import type { Terminal } from '../../cli/terminal/terminal.ts'
import { packageRoot } from '../../src/package-root.ts'
import { listCommandLines, pages, splitWords } from './command-lines.ts'

const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

// That the command lines work is tested where all is that they need: test/integration/docs.test.ts.
describe.each(pages)('%s', (page) => {
  const lines = listCommandLines(page)

  test('names only commands and options that there are', async () => {
    for (const { text } of lines.filter(({ needs }) => needs !== 'clone')) {
      const all = splitWords(text.replace(/^(?:\w+=\S+ )*vampira /, ''))
      const length = all.slice(0, 2).join(' ') in commands ? 2 : 1
      const [name, words] = [all.slice(0, length).join(' '), all.slice(length)]
      const found = commands[name]
      expect(found, text).toBeDefined()
      const command = new Command(name)
      addTo(command, (await found!.load()).command, {} as Terminal, () => {})
      const known = command.options.flatMap(({ long, short }) => [long, short])
      const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
      for (const option of own.filter((word) => /^--?[a-z]/.test(word))) {
        expect(known, text).toContain(option.replace(/=.*$/, ''))
      }
    }
  })

  test('names only npm scripts that there are', () => {
    for (const { text: line } of lines.filter(
      ({ needs, text }) => needs === 'clone' && text.startsWith('npm '),
    )) {
      expect(Object.keys(scripts)).toContain(/^npm (?:run )?([\w:]+)/.exec(line)?.[1])
    }
  })

  test('links only to what is there', () => {
    const text = readFileSync(join(packageRoot, page), 'utf8')
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target ?? '')
    expect(targets.filter((target) => !existsSync(join(packageRoot, page, '..', target)))).toEqual([])
  })
})
