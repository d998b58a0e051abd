import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { moved, within } from './layout.ts'
import type { Moves } from './layout.ts'

/**
 * Files that a failed program names in what it says, that are in the folder of the run and not in the fresh one: it read
 * them, and the record does not know.
 * @param directory the run's working directory
 */
export function unrecordedInputs(said: string, directory: string, moves: Moves): string[] {
  const now = moved(directory, moves)
  const words = said.match(/[^\s'"`()[\]<>,;:]+/g) ?? []
  const found = words.flatMap((word) => {
    const path = resolve(now, word)
    const back = moves.flatMap(([from, to]) => (within(to, path) ? [from + path.slice(to.length)] : []))
    const [was] = back
    return was !== undefined && was !== directory && !existsSync(path) && existsSync(was) ? [was] : []
  })
  return [...new Set(found)]
}
