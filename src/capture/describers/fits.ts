import type { Bytes, Describer, Facts, NumberFacts } from './describer.ts'
import { describeFitsColumns } from './fits-columns.ts'
import {
  addCard,
  axesOf,
  block,
  card,
  dataSize,
  keywordOf,
  numberOf,
  pixelTypes,
  scalingOf,
  type Header,
} from './fits-header.ts'
import { numberReader, scaled, tallyNumbers } from './numbers-in-file.ts'

const maximumBlocks = 400
const maximumUnits = 50

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
      position = end + Math.ceil(dataSize(header) / block) * block
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
      if (keywordOf(text) === 'END') return { header, end: start + read * block }
      addCard(header, text)
    }
  }
  throw new Error('a header without END')
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
  const elementType = pixelTypes[header.get(`${prefix}BITPIX`) ?? '']
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

async function describePixels(file: Bytes, header: Header, start: number): Promise<NumberFacts> {
  const reader = numberReader(pixelTypes[header.get('BITPIX') ?? ''] ?? '', false)
  if (reader === undefined) return {}
  const count = axesOf(header).reduce((product, length) => product * length, 1)
  const read = scaled(reader.read, scalingOf(header, 'BLANK', 'BZERO', 'BSCALE'))
  return tallyNumbers(file, { start, count, width: reader.width, read })
}
