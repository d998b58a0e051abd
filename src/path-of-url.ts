/** The path of a file on this machine, from its URL `file:///…`; anything else decoded only. */
export function pathOfUrl(url: string): string {
  return decodeURIComponent(url.replace(/^file:\/\//, ''))
}
