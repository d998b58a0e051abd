import { digestIri, sha256Of } from '../../rdf/digest-iri.ts'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'

/** The latest run that made each of these contents, by digest; those that no run made are not in it. */
export async function makersOf(
  questions: Questions,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (digests.length === 0) return new Map()
  const content = digests.map((sha256) => digestIri(Buffer.from(sha256, 'hex')))
  // Latest last, so that it is the one that stays.
  const rows = await questions.ask('who-used-a-file', { content, role: 'generated' })
  return new Map(
    rows.flatMap((row) => {
      const sha256 = sha256Of(text(row, 'content'))
      return sha256 === undefined ? [] : [[sha256, text(row, 'run')] as const]
    }),
  )
}
