import { pointerOf } from '../json-pointer.ts'
import type { ContentsReader, Part, Value } from './parts.ts'

/** Values by their JSON pointer, whatever the order of members and the white space. */
export const jsonContents: ContentsReader = {
  formats: ['application/json', 'application/geo+json', 'application/jsonl'],
  by: 'values',
  read(bytes, format) {
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
    if (format !== 'application/jsonl') return partsOf('', parse(text))
    return text
      .split('\n')
      .flatMap((line, at) => (line.trim() === '' ? [] : partsOf(`line ${at + 1} `, parse(line))))
  },
}

/** NaN and infinities are no JSON, and Python writes them. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const named = text.replace(/(?<=[[:,\s])(NaN|-?Infinity)(?=\s*[,\]}\s])/g, '"‹$1›"')
    return JSON.parse(named)
  }
}

/** A list of numbers and texts is one part; every other member is one of its own. */
function partsOf(name: string, value: unknown): Part[] {
  if (typeof value !== 'object' || value === null) return [partOf(name, [value as Value])]
  const members = Object.entries(value)
  if (Array.isArray(value) && (value as unknown[]).every((each) => typeof each !== 'object' || each === null))
    return [partOf(name, value as Value[], true)]
  return members.length === 0
    ? [partOf(name, ['{}'])]
    : members.flatMap(([member, inside]) =>
        partsOf(name + (Array.isArray(value) ? `/${member}` : pointerOf(member)), inside),
      )
}

function partOf(name: string, values: readonly Value[], isList = false): Part {
  const called = name.trim() || 'the document'
  return { name: called, values, place: (index) => (isList ? `${called}/${index}` : called), counts: true }
}
