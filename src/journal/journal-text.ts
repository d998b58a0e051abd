import type { JournalText } from './line.ts'

/** Text of the operating system as a string; bytes that are not UTF-8 become U+FFFD, as in a terminal. */
export function textOf(text: JournalText): string {
  return typeof text === 'string' ? text : Buffer.from(text.v, 'base64').toString('utf8')
}

/** The path that Node's file functions take, whatever its encoding. */
export function toPath(text: JournalText): string | Buffer {
  return typeof text === 'string' ? text : Buffer.from(text.v, 'base64')
}
