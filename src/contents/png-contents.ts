import { inflateSync } from 'node:zlib'
import type { ContentsReader, Part } from './parts.ts'

/** Chunks that decide what is seen; the others say when and by which program it was drawn, and how large to print it. */
const seen = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'iCCP', 'sRGB', 'acTL', 'fcTL', 'fdAT'])
const samplesByColour: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** The samples of a PNG's pixels, however they are filtered and compressed: https://www.w3.org/TR/png-3 */
export const pngContents: ContentsReader = {
  formats: ['image/png'],
  by: 'pixels',
  read(bytes) {
    const chunks = chunksOf(bytes)
    const header = chunks.find(({ type }) => type === 'IHDR')?.data
    if (header === undefined) throw new Error('no IHDR')
    const [width, height, depth] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8]!]
    const samples = samplesByColour[header[9]!] ?? 1
    const isInterlaced = header[12] !== 0
    const data = inflateSync(
      Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)),
    )
    const bytesOfPixel = Math.max(1, (samples * depth) >> 3)
    const bytesOfLine = Math.ceil((width * samples * depth) / 8)
    // Interlaced pictures are seven small ones; they are compared as they are filtered.
    const pixels = isInterlaced ? data : withoutFilters(data, height, bytesOfLine, bytesOfPixel)
    return [
      ...chunks
        .filter(({ type }) => seen.has(type))
        .map(({ type, data: chunk }, at): Part => {
          const name = type === 'IHDR' ? 'size' : `${type} ${at}`
          const value =
            type === 'IHDR' ? `${width} × ${height}, ${samples} × ${depth} bits` : chunk.toString('hex')
          return { name, values: [value], place: () => name, counts: true }
        }),
      {
        name: 'pixels',
        values: pixels,
        place: (index) =>
          isInterlaced
            ? `byte ${index}`
            : `pixel (${Math.floor((index % bytesOfLine) / bytesOfPixel)}, ${Math.floor(index / bytesOfLine)})`,
        counts: true,
      },
    ]
  },
}

function chunksOf(bytes: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    })
    at += 12 + length
  }
  return chunks
}

/** Section 9 of the specification: each line says how its bytes were made smaller by those before and above. */
function withoutFilters(data: Buffer, height: number, bytesOfLine: number, bytesOfPixel: number): Buffer {
  const pixels = Buffer.alloc(height * bytesOfLine)
  for (let line = 0; line < height; line++) {
    const from = line * (bytesOfLine + 1)
    const to = line * bytesOfLine
    const filter = data[from]
    for (let at = 0; at < bytesOfLine; at++) {
      const left = at < bytesOfPixel ? 0 : pixels[to + at - bytesOfPixel]!
      const above = line === 0 ? 0 : pixels[to + at - bytesOfLine]!
      const corner = line === 0 || at < bytesOfPixel ? 0 : pixels[to + at - bytesOfLine - bytesOfPixel]!
      pixels[to + at] = data[from + 1 + at]! + predicted(filter, left, above, corner)
    }
  }
  return pixels
}

function predicted(filter: number | undefined, left: number, above: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return (left + above) >> 1
  if (filter !== 4) return 0
  const estimate = left + above - corner
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - above), Math.abs(estimate - corner)]
  return a <= b && a <= c ? left : b <= c ? above : corner
}
