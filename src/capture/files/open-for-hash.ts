import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { BigIntStats } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Bytes } from '../describers/describer.ts'
import type { Stat } from '../../journal/line.ts'

/** A file that is open for reading. */
export interface OpenedFile extends Bytes {
  stat(): Promise<BigIntStats>
  close(): Promise<void>
}

/** Non-blocking: never waits for a writer of a named pipe that took the file's place. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK
const small = 256 << 10

/**
 * Opens a file to read it once. Five calls to another thread take more than four times as long as to read a small file,
 * so one that was small is read at once; whoever reads many lets others have a turn in between.
 */
export async function openForHash(path: string | Buffer, seen: Stat | undefined): Promise<OpenedFile> {
  if (seen !== undefined && seen.size <= small) return new SmallFile(openSync(path, flags))
  const file = await open(path, flags)
  return {
    stat: () => file.stat({ bigint: true }),
    read: (buffer, offset, length, position) => file.read(buffer, offset, length, position),
    close: () => file.close(),
  }
}

/** Reads the first bytes of a file, as many as there are of so many. @returns how many */
export async function readBeginning(file: Bytes, buffer: Buffer, size: number): Promise<number> {
  let length = 0
  for (let bytesRead = -1; bytesRead !== 0 && length < size; length += bytesRead) {
    bytesRead = (await file.read(buffer, length, size - length, length)).bytesRead
  }
  return length
}

class SmallFile implements OpenedFile {
  readonly #descriptor: number

  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  async stat(): Promise<BigIntStats> {
    return fstatSync(this.#descriptor, { bigint: true })
  }

  async read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }> {
    return { bytesRead: readSync(this.#descriptor, buffer, offset, length, position) }
  }

  async close(): Promise<void> {
    closeSync(this.#descriptor)
  }
}
