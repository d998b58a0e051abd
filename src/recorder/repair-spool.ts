import { appendFile, copyFile, mkdir, open, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { JournalError } from '../errors.ts'
import type { GapLine } from '../journal/line.ts'
import { recorderSpool } from '../journal/spool-names.ts'

const newline = 0x0a
const chunk = 1 << 20

/**
 * Takes a damaged spool out of a reader's way: what stands before the damage stays, with a gap that says what
 * happened, and the spool as it was is put aside.
 * @param aside folder for it
 * @returns false when nothing can be kept
 */
export async function repairSpool(error: JournalError, aside: string): Promise<boolean> {
  const { file, line } = error.place ?? {}
  if (file === undefined || line === undefined) return false
  // What was run stands nowhere else.
  if (line === 1 && basename(file) === recorderSpool) return false
  await mkdir(aside, { recursive: true })
  const kept = join(aside, basename(file))
  const gap: GapLine = {
    kind: 'gap',
    at: 0,
    reason: `The journal is damaged at line ${line} of ${basename(file)}; nothing after it could be read.`,
  }
  if (line === 1) {
    await rename(file, kept)
    // Without its first line a spool is none; the recorder's own says it.
    await appendFile(join(dirname(file), recorderSpool), `${JSON.stringify(gap)}\n`)
    return true
  }
  await copyFile(file, kept)
  const end = await findLine(file, line)
  const spool = await open(file, 'r+')
  await spool.truncate(end)
  await spool.close()
  await appendFile(file, `${JSON.stringify(gap)}\n`)
  return true
}

/** Where a line begins, in bytes. */
async function findLine(file: string, line: number): Promise<number> {
  const spool = await open(file)
  try {
    const buffer = Buffer.alloc(chunk)
    let seen = 1
    for (let position = 0; ;) {
      const { bytesRead } = await spool.read(buffer, 0, chunk, position)
      if (bytesRead === 0) return position
      const bytes = buffer.subarray(0, bytesRead)
      for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
        if (++seen === line) return position + at + 1
      }
      position += bytesRead
    }
  } finally {
    await spool.close()
  }
}
