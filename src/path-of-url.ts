import { decoded } from './decoded.ts'

/** The path of a file on this machine, from its URL `file:///…`; anything else decoded only. */
export function pathOfUrl(url: string): string {
  return decoded(url.replace(/^file:\/\//, ''))
}
