import { UsageError } from '../../errors.ts'
import { didYouMean } from '../../near-word.ts'

/**
 * The component that a word means: its IRI, its name, or the end of its name where only one ends so (`sextractor` for
 * `survey.sextractor`).
 * @param names by IRI
 * @throws UsageError for a word that means none, or several
 */
export function meantComponent(word: string, names: ReadonlyMap<string, string>): string {
  if (names.has(word)) return word
  const exact = [...names].filter(([, name]) => name === word)
  const meant = exact.length > 0 ? exact : [...names].filter(([, name]) => name.endsWith(`.${word}`))
  const [only] = meant
  if (only === undefined) {
    const candidates = [...names.values()].flatMap((name) => [name, name.replace(/^.*\./, '')])
    throw new UsageError(`No completed run used a component ‹${word}›`, {
      advice: didYouMean(word, candidates, '`vampira query components` shows the names.'),
    })
  }
  if (meant.length > 1)
    throw new UsageError(
      `‹${word}› may be ${meant.map(([iri, name]) => (name === word ? iri : name)).join(' or ')}`,
      {
        advice: exact.length > 1 ? 'Give the IRI.' : 'Give the whole name.',
      },
    )
  return only[0]
}
