import type { ContentsReader } from './parts.ts'

/** Lines. Whether the last one ends in a line break says nothing, nor do the line breaks of another system. */
export const textContents: ContentsReader = {
  formats: [
    'text/',
    'application/xml',
    'application/yaml',
    'application/toml',
    'application/x-sh',
    'application/x-votable+xml',
    'application/n-triples',
  ],
  by: 'lines',
  read: (bytes) => [
    {
      name: 'lines',
      values: bytes
        .toString('utf8')
        .replace(/\r?\n$/, '')
        .split(/\r?\n/),
      place: (index) => `line ${index + 1}`,
      counts: true,
    },
  ],
}
