import type { Bytes } from './describers/describer.ts'

const chunk = 1 << 20
const newline = 0x0a

/** Lines in a file's first `bound` bytes, and whether that was all of it; a last line may lack its end. */
export async function countLines(
  file: Bytes,
  size: number,
  bound: number,
): Promise<{ lines: number; whole: boolean }> {
  const buffer = Buffer.allocUnsafe(Math.min(chunk, bound, size))
  let lines = 0
  let last = newline
  let position = 0
  while (position < Math.min(size, bound)) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) break
    const bytes = buffer.subarray(0, bytesRead)
    for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) lines++
    last = buffer[bytesRead - 1] ?? last
    position += bytesRead
  }
  if (last !== newline) lines++
  return { lines, whole: position >= size }
}
