import { ColumnTally } from './column-tally.ts'
import type { Describer, Facts } from './describer.ts'
import { NumberTally } from './number-tally.ts'

const bound = 4 << 20
const mostColumns = 200

/**
 * For an array its length, and what its numbers or the columns of its objects are like; for an object its keys
 * and numbers; up to 4 MiB.
 */
export const jsonDescriber: Describer = {
  name: 'JsonDescriber',
  formats: ['application/json', 'application/geo+json'],
  async describe({ file, head, size }) {
    if (size > bound) return {}
    const buffer = size > head.length ? Buffer.alloc(size) : head
    if (buffer !== head) await file.read(buffer, 0, size, 0)
    const value: unknown = JSON.parse(buffer.toString('utf8'))
    if (Array.isArray(value)) return { rowCount: value.length, ...describeItems(value) }
    return isObject(value) ? describeMembers(value) : {}
  },
}

/** An object is a table of one row, of which the numbers are told. */
function describeMembers(value: object): Facts {
  const members = Object.entries(value).slice(0, 100) as [string, unknown][]
  const columnStatistics = members.flatMap(([name, member]) => {
    if (typeof member !== 'number') return []
    const tally = new ColumnTally(name)
    tally.addNumber(member)
    return [tally.read()]
  })
  return {
    columns: members.map(([name]) => name),
    ...(columnStatistics.length > 0 && { columnStatistics }),
  }
}

function describeItems(items: readonly unknown[]): Facts {
  const [first] = items
  if (!isObject(first)) {
    const tally = new NumberTally()
    for (const item of items) if (typeof item === 'number') tally.add(item)
    return { ...tally.read() }
  }
  const columns = Object.keys(first)
  const tallies = columns.slice(0, mostColumns).map((name) => [name, new ColumnTally(name)] as const)
  for (const item of items) {
    for (const [name, tally] of tallies) {
      const cell = isObject(item) ? (item as Record<string, unknown>)[name] : undefined
      if (typeof cell === 'number') tally.addNumber(cell)
      else
        tally.addText(
          typeof cell === 'string' ? cell : cell === undefined || cell === null ? '' : JSON.stringify(cell),
        )
    }
  }
  return { columns, columnStatistics: tallies.map(([, tally]) => tally.read()) }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
