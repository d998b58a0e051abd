import type { Describer } from './describer.ts'

/** Height, width and channels of PNG, JPEG and GIF, from their headers. */
export const imageDescriber: Describer = {
  name: 'ImageDescriber',
  formats: ['image/png', 'image/jpeg', 'image/gif'],
  async describe({ head, format }) {
    if (format === 'image/png') return describePng(head)
    if (format === 'image/gif') {
      return { shape: [head.readUInt16LE(8), head.readUInt16LE(6)], elementType: 'uint8' }
    }
    return describeJpeg(head)
  },
}

/** IHDR: https://www.w3.org/TR/png-3/#11IHDR */
function describePng(head: Buffer) {
  if (head.toString('latin1', 12, 16) !== 'IHDR') throw new Error('no IHDR')
  const [width, height, depth, colour] = [
    head.readUInt32BE(16),
    head.readUInt32BE(20),
    head[24] ?? 0,
    head[25] ?? 0,
  ]
  const channels = { 2: 3, 4: 2, 6: 4 }[colour] ?? 1
  return {
    shape: channels === 1 ? [height, width] : [height, width, channels],
    elementType: depth === 16 ? 'uint16' : 'uint8',
  }
}

/** The first frame header (SOF), ITU-T T.81, B.2.2. */
function describeJpeg(head: Buffer) {
  for (let at = 2; at + 9 < head.length;) {
    const marker = head.readUInt16BE(at)
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (isFrame) {
      const channels = head[at + 9] ?? 1
      const [height, width] = [head.readUInt16BE(at + 5), head.readUInt16BE(at + 7)]
      return { shape: channels === 1 ? [height, width] : [height, width, channels], elementType: 'uint8' }
    }
    at += 2 + head.readUInt16BE(at + 2)
  }
  throw new Error('no frame header')
}
