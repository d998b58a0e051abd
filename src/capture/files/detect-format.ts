import { extname } from 'node:path'
import { isFitsImage } from '../describers/fits.ts'

/** Formats that say at a fixed place what they are. */
const signatures: readonly (readonly [offset: number, bytes: string, format: string])[] = [
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF8', 'image/gif'],
  [0, '\x93NUMPY', 'application/x-npy'],
  [0, '\x89HDF\r\n\x1a\n', 'application/x-hdf5'],
  [0, 'CDF\x01', 'application/x-netcdf'],
  [0, 'CDF\x02', 'application/x-netcdf'],
  [0, 'SQLite format 3\0', 'application/vnd.sqlite3'],
  [0, 'PAR1', 'application/vnd.apache.parquet'],
  [0, 'ARROW1', 'application/vnd.apache.arrow.file'],
  [0, '%PDF-', 'application/pdf'],
  [0, '%!PS', 'application/postscript'],
  [0, 'PK\x03\x04', 'application/zip'],
  [0, '\x1f\x8b', 'application/gzip'],
  [0, 'BZh', 'application/x-bzip2'],
  [0, '\xfd7zXZ\0', 'application/x-xz'],
  [0, '\x28\xb5\x2f\xfd', 'application/zstd'],
  [0, 'II*\0', 'image/tiff'],
  [0, 'MM\0*', 'image/tiff'],
  [257, 'ustar', 'application/x-tar'],
]

/** Formats of text that only the file's name shows. */
const textFormats: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.json': 'application/json',
  '.geojson': 'application/geo+json',
  '.jsonl': 'application/jsonl',
  '.ndjson': 'application/jsonl',
  '.xml': 'application/xml',
  '.vot': 'application/x-votable+xml',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
  '.htm': 'text/html',
  '.md': 'text/markdown',
  '.py': 'text/x-python',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.ts': 'text/x-typescript',
  '.sh': 'application/x-sh',
  '.c': 'text/x-c',
  '.r': 'text/x-r',
  '.jl': 'text/x-julia',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
  '.toml': 'application/toml',
  '.ttl': 'text/turtle',
  '.nt': 'application/n-triples',
}

/** Binary formats without a signature of their own that the file's name shows. */
const binaryFormats: Readonly<Record<string, string>> = {
  '.npz': 'application/x-npz',
  '.pkl': 'application/x-python-pickle',
  '.pickle': 'application/x-python-pickle',
}

/** A file's media type by its first bytes, and by its name where they do not show it. */
export function detectFormat(path: string, head: Buffer): string {
  const extension = extname(path).toLowerCase()
  const text = head.toString('latin1', 0, 512)
  if (text.startsWith('SIMPLE  =')) return isFitsImage(head) ? 'image/fits' : 'application/fits'
  const signature = signatures.find(([offset, bytes]) => text.startsWith(bytes, offset))
  const named = binaryFormats[extension]
  if (signature !== undefined) return named !== undefined ? named : signature[2]
  if (!isText(head)) return named ?? 'application/octet-stream'
  if (text.startsWith('#!') && textFormats[extension] === undefined) return shebangFormat(text)
  return textFormats[extension] ?? named ?? 'text/plain'
}

function shebangFormat(text: string): string {
  const line = text.split('\n')[0] ?? ''
  if (/\bpython/.test(line)) return 'text/x-python'
  return /\b(ba|da|z|k)?sh\b/.test(line) ? 'application/x-sh' : 'text/plain'
}

/** UTF-8 without control characters other than white space and escapes; a character cut at the end is forgiven. */
function isText(head: Buffer): boolean {
  if (
    head.some((byte) => byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27)
  ) {
    return false
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
