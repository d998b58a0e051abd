import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { JournalLine } from './line.ts'
import { parseLine } from './parse-line.ts'
import { SpoolText } from './spool-text.ts'

const blockBytes = 128 << 10

/**
 * The lines of one spool, in the order they were written, in constant memory. The torn tail of an interrupted
 * process is not part of it: a last line without its newline, a character cut in two, the zero bytes of a
 * preallocated file.
 * @throws JournalError at a whole line that breaks the contract.
 */
export function* readSpool(file: string): Generator<JournalLine, void, void> {
  const descriptor = openSync(file, 'r')
  try {
    const text = new SpoolText()
    const block = Buffer.allocUnsafe(Math.min(blockBytes, fstatSync(descriptor).size + 1))
    let line = 0
    for (;;) {
      const read = readSync(descriptor, block, 0, block.length, null)
      if (read === 0) return
      for (const written of text.take(block.subarray(0, read))) yield parseLine(written, file, ++line)
      if (text.reachedPadding) return
    }
  } finally {
    closeSync(descriptor)
  }
}
