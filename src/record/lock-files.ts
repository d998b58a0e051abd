import { textOf } from '../journal/journal-text.ts'
import type { Contents } from './contents.ts'
import type { RecorderFacts } from './recorder-facts.ts'
import type { SourceFile } from './run.ts'
import { pathWithin } from './user-module.ts'

/** The lock files of a run's code, of those that could be read. */
export function readLockFiles({ run, environment }: RecorderFacts, contents: Contents): SourceFile[] {
  const directory = textOf(run.directory)
  return (environment?.locks ?? []).flatMap(({ path, stat }) => {
    const place = textOf(path)
    const { content } = contents.find([place], stat)
    if (content === undefined) return []
    const { sha256, size, kept } = content
    return [{ path: pathWithin(directory, place) ?? place, sha256, size, kept }]
  })
}
