import { numberReader } from '../capture/describers/numbers-in-file.ts'
import { rootMeanSquare } from './number-tolerance.ts'
import type { ContentsReader, Part } from './parts.ts'

const kinds: Readonly<Record<string, string>> = { f: 'float', i: 'int', u: 'uint', b: 'bool', c: 'complex' }

/** The numbers of a .npy file: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export const numpyContents: ContentsReader = {
  formats: ['application/x-npy'],
  by: 'numbers',
  read(bytes) {
    const long = (bytes[6] ?? 1) >= 2
    const start = long ? 12 : 10
    const end = start + (long ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8))
    const header = bytes.toString('latin1', start, end)
    const [, order = '', kind = '', width = ''] = /'descr':\s*'([<>|=]?)([a-z])(\d+)'/.exec(header) ?? []
    const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '')
      .split(',')
      .filter((length) => length.trim() !== '')
      .map(Number)
    // The parts of a complex number lie side by side.
    const parts = kind === 'c' ? 2 : 1
    const type = kind === 'c' ? `float${(Number(width) * 8) / 2}` : `${kinds[kind]}${Number(width) * 8}`
    const count = shape.reduce((product, length) => product * length, parts)
    const numbers = readNumbers(bytes, end, kind === 'b' ? 'bool' : type, order !== '>', count)
    const inFortranOrder = /'fortran_order':\s*True/.test(header)
    const whole: Part = {
      name: 'array',
      values: numbers,
      place: (index) => placeIn(shape, Math.floor(index / parts), inFortranOrder),
      ...(/[fc]/.test(kind) && { scale: rootMeanSquare(numbers) }),
      counts: !/[fc]/.test(kind),
    }
    const facts: Part = {
      name: 'header',
      values: [shape.join(' × '), `${kind}${width}`, String(inFortranOrder)],
      place: (index) => ['shape', 'element type', 'Fortran order'][index] ?? '',
      counts: true,
    }
    return [facts, whole]
  },
}

/** Numbers that lie in a row. @throws for a type that is not one of numbers */
export function readNumbers(
  bytes: Buffer,
  start: number,
  elementType: string,
  littleEndian: boolean,
  count: number,
): Float64Array {
  const reader = numberReader(elementType, littleEndian)
  if (reader === undefined) throw new Error(`no numbers: ${elementType}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float64Array.from({ length: count }, (_, at) => reader.read(view, start + at * reader.width))
}

/** `[3, 17]`, from zero, slowest axis first. */
export function placeIn(shape: readonly number[], index: number, fastestFirst = false): string {
  const place: number[] = []
  let rest = index
  for (const length of fastestFirst ? shape : shape.toReversed()) {
    place.push(rest % length)
    rest = Math.floor(rest / length)
  }
  return `[${(fastestFirst ? place : place.toReversed()).join(', ')}]`
}
