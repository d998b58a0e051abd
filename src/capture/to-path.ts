import type { JournalText } from '../journal/line.ts'

/** The path that Node's file functions take, whatever its encoding. */
export function toPath(text: JournalText): string | Buffer {
  return typeof text === 'string' ? text : Buffer.from(text.v, 'base64')
}
