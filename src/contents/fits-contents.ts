import {
  addCard,
  axesOf,
  block,
  card,
  cellTypes,
  dataSize,
  keywordOf,
  numberOf,
  pixelTypes,
  scalingOf,
  type Header,
} from '../capture/describers/fits-header.ts'
import { numberReader, scaled } from '../capture/describers/numbers-in-file.ts'
import { placeIn } from './numpy-contents.ts'
import { medianSize, rootMeanSquare } from './number-tolerance.ts'
import type { ContentsReader, Part, Value } from './parts.ts'

/** Cards that say when the file was written, or sum up its bytes. */
const passing = new Set(['DATE', 'CHECKSUM', 'DATASUM'])

/**
 * Headers, pixels and columns of a FITS file, part by part, without the cards that say when it was written:
 * https://fits.gsfc.nasa.gov/standard40/fits_standard40aa-le.pdf
 */
export const fitsContents: ContentsReader = {
  formats: ['image/fits', 'application/fits'],
  by: 'numbers',
  read(bytes) {
    const parts: Part[] = []
    for (let position = 0, unit = 0; position + block <= bytes.length; unit++) {
      const { cards, header, end } = readHeader(bytes, position)
      const size = dataSize(header)
      const data = bytes.subarray(end, end + size)
      const name = unit === 0 ? 'first part' : (header.get('EXTNAME') ?? `extension ${unit}`)
      parts.push(headerPart(`header of ${name} (${unit})`, cards))
      if (size > 0) parts.push(...dataParts(`${name} (${unit})`, header, data))
      position = end + Math.ceil(size / block) * block
    }
    return parts
  },
}

function readHeader(bytes: Buffer, start: number): { cards: string[]; header: Header; end: number } {
  const cards: string[] = []
  const header = new Map<string, string>()
  for (let at = start; at + card <= bytes.length; at += card) {
    const text = bytes.toString('latin1', at, at + card)
    if (keywordOf(text) === 'END')
      return { cards, header, end: start + Math.ceil((at + card - start) / block) * block }
    if (text.trim() !== '') cards.push(text)
    addCard(header, text)
  }
  throw new Error('a header without END')
}

function headerPart(name: string, cards: readonly string[]): Part {
  const kept = cards.filter((text) => !passing.has(keywordOf(text)))
  return {
    name,
    values: kept.map((text) => text.trimEnd()),
    place: (index) => `${keywordOf(kept[index] ?? '')} in the ${name}`,
    counts: true,
  }
}

function dataParts(name: string, header: Header, data: Buffer): Part[] {
  if (header.get('XTENSION') === 'BINTABLE') return tableParts(name, header, data)
  const type = pixelTypes[header.get('BITPIX') ?? '']
  const reader = header.get('XTENSION') === 'TABLE' ? undefined : numberReader(type ?? '', false)
  if (reader === undefined) return [bytesPart(name, data)]
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const read = scaled(reader.read, scalingOf(header, 'BLANK', 'BZERO', 'BSCALE'))
  const pixels = Float64Array.from({ length: data.length / reader.width }, (_, at) =>
    read(view, at * reader.width),
  )
  const shape = axesOf(header).toReversed()
  const isFloat = type!.startsWith('float')
  return [
    {
      name,
      values: pixels,
      place: (index) => `pixel ${placeIn(shape, index)} of the ${name}`,
      ...(isFloat && { scale: rootMeanSquare(pixels) }),
      counts: !isFloat,
    },
  ]
}

function tableParts(name: string, header: Header, data: Buffer): Part[] {
  const [rowWidth, rows] = [numberOf(header, 'NAXIS1'), numberOf(header, 'NAXIS2')]
  const table = data.subarray(0, rowWidth * rows)
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength)
  const parts: Part[] = []
  let offset = 0
  for (let n = 1; n <= numberOf(header, 'TFIELDS'); n++) {
    const [, count = '', letter = ''] = /^(\d*)([A-Z])/.exec(header.get(`TFORM${n}`) ?? '') ?? []
    const repeat = count === '' ? 1 : Number(count)
    const [width, elementType] = cellTypes[letter] ?? []
    // What lies after a column of an unknown type cannot be found.
    if (width === undefined) return [bytesPart(name, data)]
    const reader = elementType === undefined ? undefined : numberReader(elementType, false)
    const read = reader && scaled(reader.read, scalingOf(header, `TNULL${n}`, `TZERO${n}`, `TSCAL${n}`))
    const start = offset
    const values: Value[] = []
    for (let row = 0; row < rows; row++) {
      const from = row * rowWidth + start
      if (read === undefined) {
        const cell = table.subarray(from, from + Math.ceil(repeat * width))
        values.push(letter === 'A' ? cell.toString('latin1').replace(/[\0 ]+$/, '') : cell.toString('hex'))
      } else for (let at = 0; at < repeat; at++) values.push(read(view, from + at * width))
    }
    const column = header.get(`TTYPE${n}`) ?? `column ${n}`
    const perRow = read === undefined ? 1 : Math.max(1, repeat)
    parts.push({
      name: `${column} of ${name}`,
      values,
      place: (index) => `row ${Math.floor(index / perRow) + 1} of ${column}`,
      ...(read !== undefined && { scale: medianSize(values) }),
      counts: elementType !== undefined && !elementType.startsWith('float'),
    })
    offset += Math.ceil(repeat * width)
  }
  if (data.length > table.length) parts.push(bytesPart(`heap of ${name}`, data.subarray(table.length)))
  return parts
}

function bytesPart(name: string, data: Buffer): Part {
  return { name, values: [data.toString('latin1')], place: () => name, counts: true }
}
