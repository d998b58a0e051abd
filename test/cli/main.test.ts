import { describe, expect, test } from 'vitest'
import { commands } from '../../cli/commands.ts'
import { vampiraHere } from './here.ts'

describe('every command helps', () => {
  test.each(Object.keys(commands))('vampira %s --help says what it does, with an example', async (name) => {
    const { command } = await commands[name]!.load()
    expect(command.description.length).toBeGreaterThan(20)
    expect(command.examples.length).toBeGreaterThan(0)
    for (const [line, does] of command.examples) {
      expect(line).toContain(`vampira ${name}`)
      expect(does.length).toBeGreaterThan(5)
    }
    const help = await vampiraHere([...name.split(' '), '--help'])
    expect(help.code).toBe(0)
    for (const part of ['Usage: vampira', 'Examples:', 'Exit codes:', '--json'])
      expect(help.stdout).toContain(part)
    expect(help.stdout.includes('--store')).toBe(command.store !== false)
  })
})

test('vampira help COMMAND is vampira COMMAND --help', async () => {
  expect((await vampiraHere(['help', 'show'])).stdout).toBe((await vampiraHere(['show', '--help'])).stdout)
})

test('vampira --help names every command with its summary', async () => {
  const { code, stdout } = await vampiraHere(['--help'])
  expect(code).toBe(0)
  for (const [name, { summary }] of Object.entries(commands)) {
    expect(stdout).toContain(name.split(' ')[0])
    expect(stdout.replace(/\s+/g, ' ')).toContain(summary)
  }
})

test('vampira --version is the version of the package', async () => {
  expect((await vampiraHere(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

describe('what cannot be asked is one line on standard error and exit code 2', () => {
  test.each([
    [[], /^Usage: vampira/],
    [['lst'], /^vampira: unknown command 'lst' \(Did you mean list\?\)\. See vampira --help\.\n$/],
    [
      ['uc3'],
      /^vampira: unknown command 'uc3'\. See vampira query uc3-cost-and-inputs, or vampira --help\.\n$/,
    ],
    [['help', 'lst'], /^vampira: unknown command 'lst'\. See vampira --help\.\n$/],
    [
      ['list', '--stor', 'x'],
      /^vampira: unknown option '--stor' \(Did you mean --store\?\)\. See vampira list --help\.\n$/,
    ],
    [
      ['list', '--store'],
      /^vampira: option '--store <where>' argument missing\. See vampira list --help\.\n$/,
    ],
  ] as const)('vampira %j', async (args, message) => {
    const { code, stdout, stderr } = await vampiraHere(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })
})
