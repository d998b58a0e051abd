import type { Describer } from './describer.ts'

const bound = 4 << 20

/** For an array its length (and the columns of an array of objects), for an object its keys; up to 4 MiB. */
export const jsonDescriber: Describer = {
  name: 'JsonDescriber',
  formats: ['application/json', 'application/geo+json'],
  async describe({ file, head, size }) {
    if (size > bound) return {}
    const buffer = size > head.length ? Buffer.alloc(size) : head
    if (buffer !== head) await file.read(buffer, 0, size, 0)
    const value: unknown = JSON.parse(buffer.toString('utf8'))
    if (Array.isArray(value)) {
      const [first] = value as unknown[]
      return { rowCount: value.length, ...(isObject(first) && { columns: Object.keys(first) }) }
    }
    return isObject(value) ? { columns: Object.keys(value).slice(0, 100) } : {}
  },
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
