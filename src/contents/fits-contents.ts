import { numberReader, scaled } from '../capture/describers/numbers-in-file.ts'
import { placeIn } from './numpy-contents.ts'
import { medianSize, rootMeanSquare } from './number-tolerance.ts'
import type { ContentsReader, Part, Value } from './parts.ts'

const block = 2880
const card = 80
/** Cards that say when the file was written, or sum up its bytes. */
const passing = new Set(['DATE', 'CHECKSUM', 'DATASUM'])
const pixelTypes: Readonly<Record<string, string>> = {
  8: 'uint8',
  16: 'int16',
  32: 'int32',
  64: 'int64',
  '-32': 'float32',
  '-64': 'float64',
}
/** Bytes and type of an element by the letter of its column's format: section 7.3.1, table 18. */
const cellTypes: Readonly<Record<string, readonly [width: number, elementType: string]>> = {
  B: [1, 'uint8'],
  I: [2, 'int16'],
  J: [4, 'int32'],
  K: [8, 'int64'],
  E: [4, 'float32'],
  D: [8, 'float64'],
}
const otherWidths: Readonly<Record<string, number>> = { L: 1, X: 1 / 8, A: 1, C: 8, M: 16, P: 8, Q: 16 }

type Header = ReadonlyMap<string, string>

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
      const size = sizeOf(header)
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
    const keyword = text.slice(0, 8).trimEnd()
    if (keyword === 'END')
      return { cards, header, end: start + Math.ceil((at + card - start) / block) * block }
    if (text.trim() !== '') cards.push(text)
    const [, quoted] = /^= +'((?:[^']|'')*)'/.exec(text.slice(8)) ?? []
    if (text.slice(8, 10) === '= ' && !header.has(keyword))
      header.set(keyword, quoted?.replaceAll("''", "'").trimEnd() ?? text.slice(10).split('/')[0]!.trim())
  }
  throw new Error('a header without END')
}

function headerPart(name: string, cards: readonly string[]): Part {
  const kept = cards.filter((text) => !passing.has(text.slice(0, 8).trimEnd()))
  return {
    name,
    values: kept.map((text) => text.trimEnd()),
    place: (index) => `${kept[index]?.slice(0, 8).trimEnd()} in the ${name}`,
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
    const type = cellTypes[letter]
    const width = type?.[0] ?? otherWidths[letter]
    // What lies after a column of an unknown type cannot be found.
    if (width === undefined) return [bytesPart(name, data)]
    const reader = type && numberReader(type[1], false)
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
      counts: type !== undefined && !type[1].startsWith('float'),
    })
    offset += Math.ceil(repeat * width)
  }
  if (data.length > table.length) parts.push(bytesPart(`heap of ${name}`, data.subarray(table.length)))
  return parts
}

function bytesPart(name: string, data: Buffer): Part {
  return { name, values: [data.toString('latin1')], place: () => name, counts: true }
}

function scalingOf(header: Header, nothing: string, zero: string, scale: string) {
  return {
    nothing: header.has(nothing) ? numberOf(header, nothing) : undefined,
    zero: numberOf(header, zero),
    scale: header.has(scale) ? numberOf(header, scale) : 1,
  }
}

function axesOf(header: Header): number[] {
  return Array.from({ length: numberOf(header, 'NAXIS') }, (_, n) => numberOf(header, `NAXIS${n + 1}`))
}

/** Bytes without padding: section 4.4.1.1 and 7.3.3. */
function sizeOf(header: Header): number {
  const axes = axesOf(header)
  if (axes.length === 0) return 0
  const elements = axes.reduce((product, length) => product * length, 1) + numberOf(header, 'PCOUNT')
  return (Math.abs(numberOf(header, 'BITPIX')) / 8) * elements * (numberOf(header, 'GCOUNT') || 1)
}

function numberOf(header: Header, keyword: string): number {
  const value = Number(header.get(keyword) ?? 0)
  return Number.isFinite(value) ? value : 0
}
