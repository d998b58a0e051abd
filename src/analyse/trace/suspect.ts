import { readVersionRange, type VersionRange } from './version-range.ts'

/** What may be wrong and is no file: its runs are not named by it, but found. */
export type Suspect =
  { parameter: string; value: string; component?: string } | { person: string } | { machine: string }

/** A component or a package by name, all of its versions or some, or with one value of a parameter. */
export interface NamedSuspect {
  name: string
  versions?: VersionRange
  parameter?: string
  value?: string
}

/** Reads `survey.fourierTransform`, `survey.fourierTransform(std=2.5)`, `numpy<2.1` and `source-extractor@2.25.0`. */
export function readSuspect(text: string): NamedSuspect {
  const [, called, parameter, value] = /^([^\s()]+)\(\s*([\w.]+)\s*=\s*(.*?)\s*\)$/.exec(text) ?? []
  if (called !== undefined && parameter !== undefined && value !== undefined)
    return { name: called, parameter, value: unquoted(value) }
  const [, name, range] = /^([^<>=!~^\s]+?)\s*((?:[<>=!~^@]).*)$/.exec(text) ?? []
  const versions = range === undefined ? undefined : readVersionRange(range.replace(/^@/, '=='))
  return name === undefined || versions === undefined ? { name: text } : { name, versions }
}

/** Numbers that are equal are one value, however they are written. */
export function isSameValue(recorded: string, asked: string): boolean {
  if (recorded === asked) return true
  if (recorded.trim() === '' || asked.trim() === '') return false
  return Number(recorded) === Number(asked)
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text
}
