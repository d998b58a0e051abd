import type { Describer } from './describer.ts'
import { numberReader, tallyNumbers } from './numbers-in-file.ts'

const kinds: Readonly<Record<string, string>> = { f: 'float', i: 'int', u: 'uint', c: 'complex' }

/** Shape, element type and numbers of a .npy file: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export const numpyDescriber: Describer = {
  name: 'NumpyDescriber',
  formats: ['application/x-npy'],
  async describe({ file, head }) {
    const long = (head[6] ?? 1) >= 2
    const start = long ? 12 : 10
    const end = start + (long ? head.readUInt32LE(8) : head.readUInt16LE(8))
    const header = head.toString('latin1', start, end)
    const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]
    if (shape === undefined) throw new Error('no shape')
    const lengths = shape
      .split(',')
      .filter((length) => length.trim() !== '')
      .map(Number)
    const described = /'descr':\s*'([<>|=]?)([a-z?])(\d*)'/.exec(header)
    if (described === null) return { shape: lengths }
    const elementType = typeName(described[2] ?? '', Number(described[3]))
    const reader = numberReader(elementType, described[1] !== '>')
    const count = lengths.reduce((product, length) => product * length, 1)
    return {
      shape: lengths,
      elementType,
      ...(reader !== undefined && count > 0 && (await tallyNumbers(file, { start: end, count, ...reader }))),
    }
  },
}

function typeName(kind: string, bytes: number): string {
  if (kind === 'b' || kind === '?') return 'bool'
  const name = kinds[kind]
  return name === undefined ? `${kind}${bytes}` : `${name}${bytes * 8}`
}
