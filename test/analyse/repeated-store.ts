import { randomUUID } from 'node:crypto'
import { LocalEngine } from '../../src/query/local-engine.ts'
import { initStore } from '../../src/open/init-store.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entryOf, textOf } from '../queries/cases.ts'

/**
 * Recorded runs of first-run, of which the store kept the source files. One that is named again is there once more under
 * another id, as if repeated.
 */
export async function repeatedStore(
  runs: readonly string[],
): Promise<{ engine: LocalEngine; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-repeated-'))
  const store = await initStore(folder)
  for (const [index, fixture] of runs.entries()) {
    const entry = entryOf(fixture)
    const uuid = entry.id.replace('urn:uuid:', '')
    const id = runs.indexOf(fixture) === index ? uuid : `${uuid.slice(0, 24)}${randomUUID().slice(24)}`
    const writer = await store.begin(`urn:uuid:${id}`)
    const record = textOf(fixture, 'record.trig.gz').replace(
      /dcterms:hasPart (<[^>]+>) \.\n/,
      (line, source: string) => `${line}${source} vam:kept true .\n`,
    )
    await writer.write('record', record.replaceAll(uuid, id))
    await writer.write('summary', textOf(fixture, 'summary.nq.gz').replaceAll(uuid, id))
    await writer.commit({ ...entry, id: `urn:uuid:${id}` })
  }
  const engine = new LocalEngine([store])
  return {
    engine,
    async close() {
      await engine.close()
      rmSync(folder, { recursive: true })
    },
  }
}
