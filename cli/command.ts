import type { Command } from 'commander'
import type { Terminal } from './terminal/terminal.ts'

/** What each file of a command exports as `command`. */
export interface CliCommand<Options extends object = object> {
  /** What it takes, in commander's notation: `<run>`, `[files...]`. */
  arguments?: string
  /** The first lines of its help: what it does, in a sentence or two. */
  description: string
  /** Command lines that work, and what each does. */
  examples: readonly (readonly [line: string, does: string])[]
  /** Where its exit codes mean more than the usual: code → meaning. */
  exitCodes?: Readonly<Record<string, string>>
  /** False for a command that opens no store: it takes no `--store`. */
  store?: false
  /** Adds its own options; `--store` and `--json` are there. */
  configure?(command: Command): void
  /**
   * @param words the command line after `vampira`, as it can be given again
   * @returns the exit code; nothing means 0.
   */
  run(
    terminal: Terminal,
    args: readonly string[],
    options: Options & StandardOptions,
    words: readonly string[],
  ): Promise<number | void>
}

/** Options that every command has, but for `--store` where it opens none. */
export interface StandardOptions {
  /** A path, an endpoint's URL, or a name in vampira.toml; absent: the nearest .vampira upwards. */
  store?: string
  json?: boolean
}

const usualExitCodes = {
  0: 'fine',
  1: 'findings: it worked, and there is something to look at',
  2: 'asked wrongly: an unknown option, run, query or format',
  3: 'could not be done',
}

/** Gives a commander command the arguments, options, help and action of ours. */
export function addTo(
  command: Command,
  ours: CliCommand,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  command.description(ours.description)
  if (ours.arguments !== undefined) command.arguments(ours.arguments)
  ours.configure?.(command)
  if (ours.store !== false) {
    command.option(
      '--store <where>',
      'a folder, an endpoint (URL) or a name in vampira.toml (default: the nearest .vampira)',
    )
  }
  command.option('--json', 'answer in JSON')
  command.addHelpText('after', `\n${exampleText(ours)}\n\n${exitCodeText(ours)}`)
  command.action(async () => {
    end((await ours.run(terminal, command.args, command.opts(), wordsOf(command))) ?? 0)
  })
}

/** The command, after its group where it is in one, with its arguments and the options that were given. */
function wordsOf(command: Command): string[] {
  const given = command.options.flatMap((option): string[] => {
    if (command.getOptionValueSource(option.attributeName()) !== 'cli') return []
    const values = [command.getOptionValue(option.attributeName()) as unknown].flat()
    const name = option.long ?? option.flags
    return values.flatMap((value) => (typeof value === 'boolean' ? [name] : [name, String(value)]))
  })
  const group = command.parent
  return [...(group?.parent ? [group.name()] : []), command.name(), ...command.args, ...given]
}

function exampleText(ours: CliCommand): string {
  return ['Examples:', ...ours.examples.flatMap(([line, does]) => [`  $ ${line}`, `      ${does}`])].join(
    '\n',
  )
}

function exitCodeText(ours: CliCommand): string {
  const codes = Object.entries(ours.exitCodes ?? usualExitCodes)
  return ['Exit codes:', ...codes.map(([code, meaning]) => `  ${code.padEnd(3)} ${meaning}`)].join('\n')
}
