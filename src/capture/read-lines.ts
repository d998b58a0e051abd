import type { FileHandle } from 'node:fs/promises'

const chunk = 1 << 20

/**
 * Lines of a file's first `bound` bytes, without their ends.
 * @returns whether that was all of it, when the generator is done
 */
export async function countLines(
  file: FileHandle,
  size: number,
  bound: number,
): Promise<{ lines: number; whole: boolean }> {
  const buffer = Buffer.allocUnsafe(Math.min(chunk, bound))
  let lines = 0
  let last = 0x0a
  let position = 0
  while (position < Math.min(size, bound)) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) break
    for (let at = buffer.indexOf(0x0a); at !== -1 && at < bytesRead; at = buffer.indexOf(0x0a, at + 1)) lines++
    last = buffer[bytesRead - 1] ?? last
    position += bytesRead
  }
  if (last !== 0x0a) lines++
  return { lines, whole: position >= size }
}
