import type { Row } from '../../sparql/answer.ts'
import { askInBatches, text } from '../ask.ts'
import type { Asking } from './trace.ts'

/** A file's version in a run. */
export interface FileVersion {
  file: string
  run: string
  /** Absent where its bytes were not hashed. */
  content: string | undefined
  /** The call or run that wrote it; absent for a data source. */
  maker: string | undefined
}

/** Those of these nodes that are versions of files. */
export async function filesAmong(asking: Asking, nodes: readonly string[]): Promise<FileVersion[]> {
  const rows = await askInBatches(asking, 'file-makers', 'node', nodes)
  return rows.map((row) => readVersion(row, 'node'))
}

/** The versions of files, in these runs, that hold these contents. */
export async function versionsOf(
  asking: Asking,
  contents: readonly string[],
  runs: readonly string[],
): Promise<FileVersion[]> {
  const rows = await askInBatches(asking, 'file-versions', 'content', contents, { run: runs })
  return rows.map((row) => readVersion(row, 'file'))
}

function readVersion(row: Row, name: string): FileVersion {
  return {
    file: text(row, name),
    run: text(row, 'run'),
    content: row['content']?.value,
    maker: row['maker']?.value,
  }
}
