import { openSources, UsageError } from '../../src/index.ts'
import type { Sources, WantedSources } from '../../src/index.ts'
import { countOf, formatCount } from '../../src/count-of.ts'
import { describeError } from '../exit-codes.ts'
import { printable } from './columns.ts'
import type { Progress } from './progress.ts'
import type { Terminal } from './terminal.ts'

/**
 * Opened sources, with the progress line of the work on them. `close` also takes the line away, and tells of the stored
 * runs that were left out because they are damaged.
 */
export interface SourcesWithProgress extends Sources {
  progress: Progress
}

/**
 * Opens what a command's `--store` and `--source` name; notices and progress go to the terminal.
 * @param wanted.partial takes what a server says is only a part of its answer, and says so loudly
 */
export async function openWithProgress(
  terminal: Terminal,
  wanted: WantedSources & { partial?: boolean },
): Promise<SourcesWithProgress> {
  if (wanted.store !== undefined && wanted.source !== undefined) {
    throw new UsageError('--store and --source are both given', {
      advice: `Name every place to ask by --source: --source ${wanted.store} …`,
    })
  }
  const progress = terminal.progress('Asking')
  const parts = new Set<string>()
  const opened = await openSources(wanted, {
    onNotice: (sentence) => terminal.note(printable(`vampira: ${sentence}`)),
    ...(wanted.partial === true && {
      onPartial: (sentence: string) => {
        if (!parts.has(sentence)) terminal.note(printable(`vampira: PARTIAL ANSWER. ${sentence}`))
        parts.add(sentence)
      },
    }),
    onProgress: (loaded, total) =>
      progress.update(loaded < total ? `loaded ${loaded} of ${countOf(total, 'run')}` : ''),
    onReading: (read, total) =>
      progress.update(`read ${formatCount(read)} of ${countOf(total, 'triple')} of a large record`),
  }).catch((error: unknown) => {
    progress.done()
    throw error
  })
  return {
    ...opened,
    progress,
    close() {
      progress.done()
      for (const problem of opened.stores.flatMap(({ problems }) => problems))
        terminal.note(describeError(problem, false))
      return opened.close()
    },
  }
}
