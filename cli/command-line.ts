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
    const asked = argv[0] === 'help' ? argv[1] : argv[0]
    for (const [name, { summary, load }] of Object.entries(commands)) {
      const command = program.command(name).summary(summary).description(summary)
      if (name === asked) addTo(command, (await load()).command, terminal, (ended) => (code = ended))
    }
    if (argv[0] === 'help' && asked !== undefined && !(asked in commands)) {
      terminal.note(`vampira: unknown command '${printable(asked)}'. See vampira --help.`)
      return exitCodes.usage
    }
    if (argv.length === 0) {
      terminal.note(program.helpInformation())
      return exitCodes.usage
    }
    await program.parseAsync([...argv], { from: 'user' })
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
  const name = argv[0] !== undefined && argv[0] in commands ? ` ${argv[0]}` : ''
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')
  const query = error.code === 'commander.unknownCommand' ? await queryCalled(argv[0]) : undefined
  const more = query === undefined ? `vampira${name} --help` : `vampira query ${query}, or vampira --help`
  terminal.note(`vampira: ${message}. See ${more}.`)
  return exitCodes.usage
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
