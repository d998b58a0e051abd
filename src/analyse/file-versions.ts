import { askInBatches, text } from './ask.ts'
import { nodesPerRequest, type Asking } from './trace.ts'

/** A file's version in a run, as queries/file-versions.rq tells it. */
export interface FileVersion {
  file: string
  run: string
  content: string
  maker: string | undefined
}

/** Versions of files, by their own IRIs or by contents in runs. */
export async function fileVersions(
  asking: Asking,
  by:
    | { file: readonly string[] }
    | { content: readonly string[]; run: readonly string[] }
    | { run: readonly string[] },
): Promise<FileVersion[]> {
  const [parameter, terms, more] =
    'file' in by
      ? (['file', by.file, {}] as const)
      : 'content' in by
        ? (['content', by.content, { run: by.run }] as const)
        : (['run', by.run, {}] as const)
  const rows = await askInBatches(
    asking.engine,
    'file-versions',
    parameter,
    terms,
    nodesPerRequest,
    more,
    asking.signal,
  )
  return rows.map((row) => ({
    file: text(row, 'file'),
    run: text(row, 'run'),
    content: text(row, 'content'),
    maker: row['maker']?.value,
  }))
}
