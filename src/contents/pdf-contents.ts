import type { ContentsReader } from './parts.ts'

/** Dates of the document and the name of this copy of it: https://pdfa.org/resource/iso-32000-2, 14.3.3 and 14.4. */
const passing =
  /\/(?:CreationDate|ModDate)\s*\(D:[^)]*\)|\/ID\s*\[[^\]]*\]|<xmp:\w*Date>[^<]*<\/xmp:\w*Date>/g

/** Lines of a PDF file, its streams as they are compressed, without when it was written. */
export const pdfContents: ContentsReader = {
  formats: ['application/pdf'],
  by: 'lines',
  read: (bytes) => [
    {
      name: 'lines',
      values: bytes.toString('latin1').replace(passing, '‹time›').split('\n'),
      place: (index) => `line ${index + 1} of the file`,
      counts: true,
    },
  ],
}
