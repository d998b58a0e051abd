import type { Language } from './language.ts'
import { python } from './python.ts'

const byInterpreter = new Map<string, Language>([
  ['cpython', python],
  ['pypy', python],
])

/** The language of an interpreter, by its name in lower case; Python where nobody knows better. */
export function languageOf(interpreter: string): Language {
  return byInterpreter.get(interpreter) ?? python
}
