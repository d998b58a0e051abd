import { countOf } from '../count-of.ts'
import { UsageError } from '../errors.ts'
import { didYouMean } from '../near-word.ts'
import type { RunEntry } from './store.ts'

const SHOWN = 5

type Named = Pick<RunEntry, 'id' | 'name'>

/**
 * The run that people mean: `last`, `last~1` (the one before it), the name of a pipeline (its latest run; `name~1` the
 * one before that), or a UUID, its beginning or its IRI.
 *
 * @param entries oldest first
 * @throws UsageError that lists what it could have been
 */
export function resolveRun<Entry extends Named>(entries: readonly Entry[], text: string): Entry {
  const last = entries.at(-1)
  if (last === undefined) {
    throw new UsageError('The store has no runs yet', {
      advice: 'Record one with `vampira run -- python …`.',
    })
  }
  const named = entries.filter(({ name }) => name === text)
  if (named.length > 0) return named.at(-1)!
  const [, word, back] = /^(.+?)(?:~(\d{1,9}))?$/s.exec(text) ?? []
  const meant = word === 'last' ? entries : entries.filter(({ name }) => name === word)
  if (meant.length > 0) return goBack(meant, text, Number(back ?? 0))
  const prefix = `urn:uuid:${text.replace(/^urn:uuid:/i, '').replace(/#.*$/, '')}`.toLowerCase()
  const matching = prefix === 'urn:uuid:' ? [] : entries.filter((entry) => entry.id.startsWith(prefix))
  if (matching.length === 1) return matching[0]!
  if (matching.length > 1) {
    throw new UsageError(`‹${text}› begins the names of ${matching.length} runs: ${listRuns(matching)}`, {
      advice: 'Write more of it.',
    })
  }
  throw new UsageError(`There is no run ‹${text}›`, { advice: adviceFor(entries, text) })
}

function goBack<Entry extends Named>(entries: readonly Entry[], text: string, steps: number): Entry {
  const found = entries.at(-1 - steps)
  if (found !== undefined && steps < entries.length) return found
  const count =
    entries.length === 1 ? 'there is only one run' : `there are only ${countOf(entries.length, 'run')}`
  throw new UsageError(`There is no run ‹${text}›: ${count} to count from`, {
    advice: '`vampira list` shows them.',
  })
}

/** What else to write: names that begin like this, else the nearest name, else what can be written at all. */
function adviceFor(entries: readonly Named[], text: string): string {
  const names = [...new Set(entries.map((entry) => entry.name))]
  const begun = names.filter((name) => name.toLowerCase().startsWith(text.toLowerCase()))
  if (begun.length > 0) return `Did you mean ${begun.slice(0, SHOWN).join(', ')}?`
  const otherwise = `Use last, last~1, a name (${names.slice(-SHOWN).join(', ')}), or the beginning of an id, as in \`vampira list\`.`
  return didYouMean(text, names, otherwise)
}

function listRuns(entries: readonly Named[]): string {
  const shown = entries.slice(-SHOWN).map((entry) => `${entry.id.slice('urn:uuid:'.length)} (${entry.name})`)
  return shown.join(', ') + (entries.length > SHOWN ? ', …' : '')
}
