import type { Bytes, Describer, Facts, NumberFacts } from './describer.ts'
import { describeFitsColumns } from './fits-columns.ts'
import type { Header } from './fits-columns.ts'
import { numberReader, scaled, tallyNumbers } from './numbers-in-file.ts'

const block = 2880
const card = 80
const maximumBlocks = 400
const maximumUnits = 50

const elementTypes: Readonly<Record<string, string>> = {
  8: 'uint8',
  16: 'int16',
  32: 'int32',
  64: 'int64',
  '-32': 'float32',
  '-64': 'float64',
}

/**
 * Facts of the first part of a FITS file that holds data: an image's shape, type and unit, or a table's columns and
 * rows, and what the numbers in it are like: https://fits.gsfc.nasa.gov/standard40/fits_standard40aa-le.pdf, sections 4.4 and 7.
 */
export const fitsDescriber: Describer = {
  name: 'FitsDescriber',
  formats: ['image/fits', 'application/fits'],
  async describe({ file, size }) {
    let position = 0
    for (let unit = 0; unit < maximumUnits && position < size; unit++) {
      const { header, end } = await readHeader(file, position)
      const facts = describeUnit(header)
      if (facts !== undefined) return { ...facts, ...(await describeData(file, header, end)) }
      position = end + dataSize(header)
    }
    return {}
  },
}

/** Whether the file's first header says that it has an image; a table has its data in an extension. */
export function isFitsImage(head: Buffer): boolean {
  const text = head.toString('latin1', 0, Math.min(head.length, block))
  return !/^NAXIS {3}= +0 /m.test(text.replace(/(.{80})/g, '$1\n'))
}

async function readHeader(file: Bytes, start: number): Promise<{ header: Header; end: number }> {
  const header = new Map<string, string>()
  const buffer = Buffer.alloc(block)
  for (let read = 1; read <= maximumBlocks; read++) {
    const { bytesRead } = await file.read(buffer, 0, block, start + (read - 1) * block)
    if (bytesRead < block) throw new Error('a header without END')
    for (let at = 0; at < block; at += card) {
      const text = buffer.toString('latin1', at, at + card)
      const keyword = text.slice(0, 8).trimEnd()
      if (keyword === 'END') return { header, end: start + read * block }
      if (text.slice(8, 10) === '= ' && !header.has(keyword)) header.set(keyword, valueOf(text.slice(10)))
    }
  }
  throw new Error('a header without END')
}

function valueOf(field: string): string {
  const quoted = /^\s*'((?:[^']|'')*)'/.exec(field)?.[1]
  return quoted === undefined ? (field.split('/')[0]?.trim() ?? '') : quoted.replaceAll("''", "'").trimEnd()
}

function describeUnit(header: Header): Facts | undefined {
  const extension = header.get('XTENSION')
  const axes = axesOf(header)
  if (axes.length === 0) return undefined
  if (extension === 'BINTABLE' || extension === 'TABLE') {
    if (header.get('ZIMAGE') === 'T') return describeImage(header, 'Z')
    const fields = Array.from({ length: numberOf(header, 'TFIELDS') }, (_, n) => n + 1)
    return {
      rowCount: numberOf(header, 'NAXIS2'),
      columns: fields.map((n) => header.get(`TTYPE${n}`) ?? `column${n}`),
    }
  }
  return describeImage(header, '')
}

function describeImage(header: Header, prefix: '' | 'Z'): Facts {
  const elementType = elementTypes[header.get(`${prefix}BITPIX`) ?? '']
  const unit = header.get('BUNIT')
  return {
    shape: axesOf(header, prefix).toReversed(),
    ...(elementType !== undefined && { elementType }),
    ...(unit !== undefined && unit !== '' && { unit }),
  }
}

/** Of compressed images and ASCII tables nothing more is known than their headers say. */
async function describeData(file: Bytes, header: Header, start: number): Promise<Facts> {
  const extension = header.get('XTENSION')
  if (extension === 'BINTABLE' && header.get('ZIMAGE') !== 'T')
    return describeFitsColumns(file, header, start)
  if (extension !== undefined && extension !== 'IMAGE') return {}
  return { ...(await describePixels(file, header, start)) }
}

/** BZERO, BSCALE and BLANK: section 4.4.2.5. */
async function describePixels(file: Bytes, header: Header, start: number): Promise<NumberFacts> {
  const reader = numberReader(elementTypes[header.get('BITPIX') ?? ''] ?? '', false)
  if (reader === undefined) return {}
  const count = axesOf(header).reduce((product, length) => product * length, 1)
  const read = scaled(reader.read, {
    nothing: header.has('BLANK') ? numberOf(header, 'BLANK') : undefined,
    zero: numberOf(header, 'BZERO'),
    scale: header.has('BSCALE') ? numberOf(header, 'BSCALE') : 1,
  })
  return tallyNumbers(file, { start, count, width: reader.width, read })
}

function axesOf(header: Header, prefix = ''): number[] {
  return Array.from({ length: numberOf(header, `${prefix}NAXIS`) }, (_, n) =>
    numberOf(header, `${prefix}NAXIS${n + 1}`),
  )
}

function dataSize(header: Header): number {
  const axes = axesOf(header)
  if (axes.length === 0) return 0
  const elements = axes.reduce((product, length) => product * length, 1) + numberOf(header, 'PCOUNT')
  const bytes = (Math.abs(numberOf(header, 'BITPIX')) / 8) * elements * (numberOf(header, 'GCOUNT') || 1)
  return Math.ceil(bytes / block) * block
}

function numberOf(header: Header, keyword: string): number {
  const value = Number(header.get(keyword) ?? 0)
  return Number.isFinite(value) ? value : 0
}
