import type { Row } from '../sparql/answer.ts'
import { text } from './ask.ts'
import { textOf } from './read-row.ts'

/** What a row of the query `uc7-settings-and-outcomes` is of: a field of an object, or the parameter itself. */
export function settingOf(row: Row): string {
  return textOf(row, 'setting') ?? text(row, 'parameter')
}

/** `survey.smooth std`: the setting with the name of its component. */
export function settingKey(row: Row): string {
  return `${text(row, 'name')} ${settingOf(row)}`
}
