import type { Scaling } from './numbers-in-file.ts'

/** What the headers of FITS files say: https://fits.gsfc.nasa.gov/standard40/fits_standard40aa-le.pdf */

/** Bytes of a block, of which headers and data have whole ones, and of a card. */
export const block = 2880
export const card = 80

/** Values by keyword. */
export type Header = ReadonlyMap<string, string>

/** Types of pixels by BITPIX: section 4.4.1.1, table 8. */
export const pixelTypes: Readonly<Record<string, string>> = {
  8: 'uint8',
  16: 'int16',
  32: 'int32',
  64: 'int64',
  '-32': 'float32',
  '-64': 'float64',
}

/** Bytes of one element by the letter of its column's format, and the type of those that are numbers: section 7.3.1, table 18. */
export const cellTypes: Readonly<Record<string, readonly [width: number, elementType?: string]>> = {
  L: [1],
  X: [1 / 8],
  B: [1, 'uint8'],
  I: [2, 'int16'],
  J: [4, 'int32'],
  K: [8, 'int64'],
  A: [1],
  E: [4, 'float32'],
  D: [8, 'float64'],
  C: [8],
  M: [16],
  P: [8],
  Q: [16],
}

/** Adds the value of a card, unless an earlier card has its keyword. */
export function addCard(header: Map<string, string>, text: string): void {
  const keyword = keywordOf(text)
  if (text.slice(8, 10) === '= ' && !header.has(keyword)) header.set(keyword, valueOf(text.slice(10)))
}

export function keywordOf(text: string): string {
  return text.slice(0, 8).trimEnd()
}

function valueOf(field: string): string {
  const quoted = /^\s*'((?:[^']|'')*)'/.exec(field)?.[1]
  return quoted === undefined ? (field.split('/')[0]?.trim() ?? '') : quoted.replaceAll("''", "'").trimEnd()
}

/** A finite number; 0 where there is none. */
export function numberOf(header: Header, keyword: string): number {
  const value = Number(header.get(keyword) ?? 0)
  return Number.isFinite(value) ? value : 0
}

/** @param prefix Z for the image that a table holds compressed */
export function axesOf(header: Header, prefix: '' | 'Z' = ''): number[] {
  return Array.from({ length: numberOf(header, `${prefix}NAXIS`) }, (_, n) =>
    numberOf(header, `${prefix}NAXIS${n + 1}`),
  )
}

/** Bytes of the data without padding: sections 4.4.1.1 and 7.3.3. */
export function dataSize(header: Header): number {
  const axes = axesOf(header)
  if (axes.length === 0) return 0
  const elements = axes.reduce((product, length) => product * length, 1) + numberOf(header, 'PCOUNT')
  return (Math.abs(numberOf(header, 'BITPIX')) / 8) * elements * (numberOf(header, 'GCOUNT') || 1)
}

/** BLANK, BZERO and BSCALE of an image (section 4.4.2.5), or those of a column. */
export function scalingOf(header: Header, nothing: string, zero: string, scale: string): Scaling {
  return {
    nothing: header.has(nothing) ? numberOf(header, nothing) : undefined,
    zero: numberOf(header, zero),
    scale: header.has(scale) ? numberOf(header, scale) : 1,
  }
}
