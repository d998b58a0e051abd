import type { Row } from '../../sparql/answer.ts'
import { askInBatches, text } from '../ask.ts'
import type { Asking } from './trace.ts'

/** A node of a record that is a file's version, with what a walk needs to know of it. */
export interface FileNode {
  iri: string
  run: string
  /** Absent where its bytes were not hashed. */
  content: string | undefined
  /** The call or run that wrote it; absent for a data source. */
  maker: string | undefined
  /** Where it was, as a URL. */
  url: string | undefined
  /** Whether it was overwritten, moved or removed in the run. */
  isGone: boolean
}

/** Those of these nodes that are files. */
export async function filesAmong(asking: Asking, nodes: readonly string[]): Promise<FileNode[]> {
  const rows = await askInBatches(asking, 'file-makers', 'node', nodes)
  return rows.map((row) => readFileNode(row, 'node'))
}

/** The files, in these runs, that hold these contents. */
export async function filesHolding(
  asking: Asking,
  contents: readonly string[],
  runs: readonly string[],
): Promise<FileNode[]> {
  const rows = await askInBatches(asking, 'file-versions', 'content', contents, { run: runs })
  return rows.map((row) => readFileNode(row, 'file'))
}

function readFileNode(row: Row, name: string): FileNode {
  return {
    iri: text(row, name),
    run: text(row, 'run'),
    content: row['content']?.value,
    maker: row['maker']?.value,
    url: row['url']?.value,
    isGone: row['gone']?.value !== undefined,
  }
}
