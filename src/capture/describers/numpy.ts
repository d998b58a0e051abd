import type { Describer } from './describer.ts'

const kinds: Readonly<Record<string, string>> = { f: 'float', i: 'int', u: 'uint', c: 'complex' }

/** Shape and element type of a .npy file: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export const numpyDescriber: Describer = {
  name: 'NumpyDescriber',
  formats: ['application/x-npy'],
  async describe({ head }) {
    const long = (head[6] ?? 1) >= 2
    const start = long ? 12 : 10
    const header = head.toString(
      'latin1',
      start,
      start + (long ? head.readUInt32LE(8) : head.readUInt16LE(8)),
    )
    const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]
    if (shape === undefined) throw new Error('no shape')
    const elementType = /'descr':\s*'[<>|=]?([a-z?])(\d*)'/.exec(header)
    return {
      shape: shape
        .split(',')
        .filter((length) => length.trim() !== '')
        .map(Number),
      ...(elementType !== null && { elementType: typeName(elementType[1] ?? '', Number(elementType[2])) }),
    }
  },
}

function typeName(kind: string, bytes: number): string {
  if (kind === 'b' || kind === '?') return 'bool'
  const name = kinds[kind]
  return name === undefined ? `${kind}${bytes}` : `${name}${bytes * 8}`
}
