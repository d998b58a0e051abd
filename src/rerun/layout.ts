import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { homedir } from 'node:os'
import { patternOfText } from '../pattern-of-text.ts'
import type { NeededFile, RerunNeeds } from '../analyse/rerun/needs.ts'

/** A file that a run needs, with the absolute path that it had. */
export interface PlacedFile extends NeededFile {
  was: string
  role: 'source' | 'input' | 'lock file'
}

/** Where the files of a run lay, and which of them lie together so that they can lie together elsewhere. */
export interface Layout {
  /** The folder that is made anew: that of the sources, the working directory, and what was named from there. */
  base: string
  files: readonly PlacedFile[]
}

/** Of the system and of installed packages. */
const system =
  /^\/(usr|lib\w*|bin|sbin|etc|opt|proc|sys|dev|run|nix)\/|\/(site|dist)-packages\/|\.dist-info\/|\/node_modules\//

/**
 * @param made absolute paths of what the run made
 * @param texts of its arguments and its code: what they name by its absolute path was found by it
 */
export function layoutOf(needs: RerunNeeds, made: readonly string[], texts: readonly string[]): Layout {
  const { directory } = needs
  const root = sourceRoot(needs)
  const files: PlacedFile[] = [
    ...needs.sources.map((file) => placed(file, 'source', root)),
    ...needs.inputs.map((file) => placed(file, 'input', directory)),
    ...needs.lockFiles.map((file) => placed(file, 'lock file', root)),
  ]
  const mustMove = files.filter(({ role, path }) => role === 'source' && !isAbsolute(path))
  let base = [root, ...mustMove.map(({ was }) => dirname(was))].reduce(commonFolder, directory)
  for (const path of [...files.map(({ was }) => was), ...made]) {
    if (within(base, path) || isOfSystem(path)) continue
    const common = commonFolder(base, dirname(path))
    // Not the root, nor what everybody's folders lie in.
    if (common.split(sep).length < 3 || common === homedir() || common === dirname(homedir())) continue
    if (!texts.some((text) => text.includes(path) || text.includes(dirname(path)))) base = common
  }
  return { base, files }
}

/** Whether a file came with the system or a package, which are looked at as packages. */
export function isOfSystem(path: string): boolean {
  return system.test(path)
}

function placed(file: NeededFile, role: PlacedFile['role'], folder: string): PlacedFile {
  return { ...file, role, was: resolve(folder, file.path) }
}

/** The folder that the paths of sources begin at: where the command's script or module is one of them. */
function sourceRoot({ command, directory, sources }: RerunNeeds): string {
  const named = command.flatMap((word, at) =>
    command[at - 1] === '-m'
      ? [`${word.replaceAll('.', '/')}.py`, `${word.replaceAll('.', '/')}/__main__.py`]
      : [word],
  )
  for (const word of named) {
    const path = resolve(directory, word)
    const source = sources.find((each) => !isAbsolute(each.path) && path.endsWith(`${sep}${each.path}`))
    if (source !== undefined) return path.slice(0, -source.path.length - 1) || sep
  }
  return directory
}

export function within(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function commonFolder(a: string, b: string): string {
  let common = a
  while (!within(common, b)) common = dirname(common)
  return common
}

/** What lies elsewhere in a rerun: old path and new one, the innermost first. */
export type Moves = readonly (readonly [from: string, to: string])[]

/** Where a path of the run is in the rerun. */
export function moved(path: string, moves: Moves): string {
  const move = moves.find(([from]) => within(from, path))
  return move === undefined ? path : join(move[1], relative(move[0], path))
}

/** Words of a command line that name something of the old place by its absolute path, as they must be now. */
export function moveWords(words: readonly string[], moves: Moves): string[] {
  return words.map((word) =>
    moves.reduce((text, [from, to]) => {
      const path = patternOfText(from)
      // At the beginning of a word, of an option's value, or of a word within a shell's script.
      const named = new RegExp(String.raw`(?<=^|^-\w|[=:,;'"\s(])${path}(?=$|[/:,;'"\s)])`, 'g')
      return text.replace(named, () => to)
    }, word),
  )
}
