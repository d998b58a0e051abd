import { Command, CommanderError } from 'commander'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../src/package-root.ts'
import { addTo } from './command.ts'
import { commands } from './commands.ts'
import { describeError, exitCodeOf, exitCodes } from './exit-codes.ts'
import { printable } from './terminal/columns.ts'
import type { Terminal } from './terminal/terminal.ts'

/**
 * Does what a command line asks, and says on the terminal what came of it or went wrong.
 * @param argv the words after `vampira`
 * @returns the exit code
 */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = exitCodes.fine
  const program = new Command('vampira')
    .description(
      'Records what a data-processing pipeline did as W3C PROV, and answers what people ask of such a record.',
    )
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show the help of a command')
    .usage('<command> [options]')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => void terminal.write(text), writeErr() {}, outputError() {} })
    .addHelpText(
      'after',
      '\nEvery command has --help with examples. Start with: vampira run -- python pipeline.py',
    )
  try {
    const words = argv[0] === 'help' ? argv.slice(1) : argv
    for (const [name, { summary, load }] of Object.entries(commands)) {
      const command = commandNamed(program, name).summary(summary).description(summary)
      if (name.split(' ').every((word, at) => word === words[at]))
        addTo(command, (await load()).command, terminal, (ended) => (code = ended))
    }
    const [asked] = words
    const found = program.commands.find((each) => each.name() === asked)
    if (argv[0] === 'help' && asked !== undefined && found === undefined) {
      terminal.note(`vampira: unknown command '${printable(asked)}'. See vampira --help.`)
      return exitCodes.usage
    }
    if (argv.length === 0 || (argv.length === 1 && found !== undefined && found.commands.length > 0)) {
      terminal.note((found ?? program).helpInformation())
      return exitCodes.usage
    }
    await program.parseAsync(argv[0] === 'help' && words.length > 0 ? [...words, '--help'] : [...argv], {
      from: 'user',
    })
    return code
  } catch (error) {
    if (terminal.signal.aborted) return exitCodes.interrupted
    if (error instanceof CommanderError) return await commanderEnd(error, argv, terminal)
    terminal.note(describeError(error, process.env['VAMPIRA_DEBUG'] === '1'))
    return exitCodeOf(error)
  }
}

async function commanderEnd(
  error: CommanderError,
  argv: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (error.exitCode === 0) return exitCodes.fine
  const known = Object.keys(commands).filter((each) => each.split(' ').every((word, at) => word === argv[at]))
  const name = known.length > 0 ? ` ${known[0]}` : ''
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')
  const query = error.code === 'commander.unknownCommand' ? await queryCalled(argv[0]) : undefined
  const more = query === undefined ? `vampira${name} --help` : `vampira query ${query}, or vampira --help`
  terminal.note(`vampira: ${message}. See ${more}.`)
  return exitCodes.usage
}

/** A name of two words is a command of a group: `recommend parameters` is one of those that recommend. */
function commandNamed(program: Command, name: string): Command {
  const [first = name, second] = name.split(' ')
  if (second === undefined) return program.command(first)
  const summaries = Object.entries(commands).flatMap(([each, { summary }]) =>
    each.startsWith(`${first} `) ? [summary] : [],
  )
  const group =
    program.commands.find((each) => each.name() === first) ??
    program.command(first).description(summaries.join('; ')).usage('<what> [options]').helpCommand(false)
  return group.command(second)
}

/** People type the names of ready-made queries as if they were commands. */
async function queryCalled(word = ''): Promise<string | undefined> {
  const { catalogue } = await import('../src/index.ts')
  return (await catalogue()).find(({ name }) => name.startsWith(word.toLowerCase()))?.name
}

function version(): string {
  const text = readFileSync(join(packageRoot, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
