/** A file that a shell's command names, and what for. */
export interface ShellFile {
  name: string
  op: 'read' | 'write' | 'unknown'
}

const shells = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash'])

/** The command of `sh -c COMMAND`, if that is what these arguments are. */
export function shellCommand([program = '', option, command]: readonly string[]): string | undefined {
  return shells.has(program.slice(program.lastIndexOf('/') + 1)) && option === '-c' ? command : undefined
}

/**
 * Words of a shell's command that may be files, and those that it redirects from and to. Variables, patterns and what a
 * `cd` changes are not followed: such words name no file that is there.
 */
export function shellFiles(command: string): ShellFile[] {
  const files: ShellFile[] = []
  let redirection: string | undefined
  let isProgram = true
  for (const [text = '', operator] of command.matchAll(token)) {
    if (operator !== undefined) {
      redirection =
        /^\d*[<>]/.test(operator) || operator.startsWith('&>') ? operator.replace(/^\d+/, '') : undefined
      isProgram ||= redirection === undefined
      continue
    }
    const name = text.replace(/\\(.)|["']/g, '$1')
    if (redirection !== undefined) {
      if (redirection === '<') files.push({ name, op: 'read' })
      else if (!redirection.startsWith('<') && !/^(\d+|-)$/.test(name)) files.push({ name, op: 'write' })
      redirection = undefined
    } else if (isProgram) {
      // Assignments may stand before the program.
      isProgram = /^\w+=/.test(name)
    } else files.push({ name, op: 'unknown' })
  }
  return files
}

/** An operator, or a word with its quotes. */
const token =
  /(&>>?|\d*>>?[&|]?|\d*<{1,3}[&>]?|[;&|()\n]+)|((?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s;&|()<>"'\\])+)/g
