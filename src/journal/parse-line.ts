import { JournalError } from '../errors.ts'
import { fieldsOf } from './line-fields.ts'
import type { JournalLine } from './line.ts'

/**
 * One line of a spool, checked against the contract cheaply: known kind, required fields, no unknown field,
 * and the form of every field down to values' tags.
 * @throws JournalError naming file and line.
 */
export function parseLine(text: string, file: string, line: number): JournalLine {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw refuse(file, line, 'is not JSON', cause)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw refuse(file, line, 'is not a JSON object')
  }
  const fields = parsed as Record<string, unknown>
  const kind = fields['kind']
  const known = typeof kind === 'string' ? fieldsOf.get(kind) : undefined
  if (known === undefined) throw refuse(file, line, `has no known kind (${JSON.stringify(kind) ?? 'none'})`)
  for (const name of known.required) {
    if (fields[name] === undefined) throw refuse(file, line, `is a ${String(kind)} without "${name}"`)
  }
  for (const name in fields) {
    if (name === 'kind') continue
    const holds = known.checks.get(name)
    if (holds === undefined) throw refuse(file, line, `is a ${String(kind)} with an unknown field "${name}"`)
    if (!holds(fields[name])) throw refuse(file, line, `is a ${String(kind)} whose "${name}" is malformed`)
  }
  return parsed as JournalLine
}

function refuse(file: string, line: number, what: string, cause?: unknown): JournalError {
  return new JournalError(`Cannot read journal ${file}: line ${line} ${what}`, {
    place: { file, line },
    advice:
      'See contract/journal.schema.json for what a line may be; an agent of another version may have written it.',
    cause,
  })
}
