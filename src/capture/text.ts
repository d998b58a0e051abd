/** A path or argument of the operating system as the journal writes it: base64 where it is not UTF-8. */
export type Text = string | { $: 'bytes'; v: string }

/** The bytes as a path that Node's file functions take, whatever their encoding. */
export function toPath(text: Text): string | Buffer {
  return typeof text === 'string' ? text : Buffer.from(text.v, 'base64')
}

/** For people: undecodable bytes become U+FFFD. */
export function showText(text: Text): string {
  return typeof text === 'string' ? text : Buffer.from(text.v, 'base64').toString('utf8')
}
