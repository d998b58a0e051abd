import { openSources } from '../../src/index.ts'
import type { Sources, WantedSources } from '../../src/index.ts'
import type { Progress } from './progress.ts'
import type { Terminal } from './terminal.ts'

/** Opened sources, with the progress line of the work on them; `close` also takes the line away. */
export interface SourcesWithProgress extends Sources {
  progress: Progress
}

/** Opens what a command's `--store` and `--source` name; notices and progress go to the terminal. */
export async function openWithProgress(
  terminal: Terminal,
  wanted: WantedSources,
): Promise<SourcesWithProgress> {
  const progress = terminal.progress('Asking')
  const opened = await openSources(wanted, {
    onNotice: (sentence) => terminal.note(sentence),
    onProgress: (loaded, total) => progress.update(loaded < total ? `loaded ${loaded} of ${total} runs` : ''),
  }).catch((error: unknown) => {
    progress.done()
    throw error
  })
  return {
    ...opened,
    progress,
    close() {
      progress.done()
      return opened.close()
    },
  }
}
