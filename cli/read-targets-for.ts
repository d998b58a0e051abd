import { openRecords, readTargets } from '../src/index.ts'
import type { Target } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { printable } from './terminal/columns.ts'
import type { Terminal } from './terminal/terminal.ts'

/** The records that a command is given, one at a time, with a progress line while each is read. */
export async function* readTargetsFor(
  terminal: Terminal,
  given: readonly string[],
  { store, lenient }: { store?: string; lenient?: boolean },
): AsyncGenerator<Target> {
  const progress = terminal.progress('Reading')
  try {
    for await (const target of readTargets(given, {
      openStore: () => openRecords(store),
      isStoreNamed: store !== undefined,
      onProgress: (name, triples) => progress.update(`${name} · ${countOf(triples, 'triple')}`),
      ...(lenient === true && {
        onLeftOut: (sentence: string) => terminal.note(printable(`vampira: ${sentence}`)),
      }),
    })) {
      progress.hide()
      yield target
    }
  } finally {
    progress.done()
  }
}
