import { countLines } from '../count-lines.ts'
import type { Describer } from './describer.ts'

const bound = 64 << 20

/** Counts the lines of plain text, up to 64 MiB. */
export const textDescriber: Describer = {
  name: 'TextDescriber',
  formats: ['text/plain'],
  async describe({ file, size }) {
    const { lines, whole } = await countLines(file, size, bound)
    return whole ? { rowCount: lines } : {}
  },
}
