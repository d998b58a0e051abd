/** Why a file cannot be read, in words for people: what follows `Cannot read a.ttl: `. */
export function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  return (code !== undefined && reasons[code]) || code || String(error)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  Z_DATA_ERROR: 'it is not compressed by gzip',
  Z_BUF_ERROR: 'it ends too early',
}
