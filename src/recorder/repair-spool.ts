import { appendFile, copyFile, mkdir, open, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { JournalError } from '../errors.ts'
import type { GapLine } from '../journal/line.ts'
import { recorderSpool } from '../journal/spool-names.ts'

const newline = 0x0a
const chunk = 1 << 20

/**
 * Repairs a damaged spool, so that the journal can be read. The lines before the damage stay; a gap after them gives
 * the reason. The spool as it was is kept in another folder.
 * @param error what the reader threw, with the file and line of the damage
 * @param aside folder for the spool as it was
 * @returns false when this cannot be repaired; then nothing is changed
 */
export async function repairSpool(error: JournalError, aside: string): Promise<boolean> {
  const { file, line } = error.place ?? {}
  if (file === undefined || line === undefined) return false
  // This line alone says what was run: without it there is no run.
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
    // A spool without its first line cannot be read at all, so the gap goes into the recorder's spool.
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
