import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../src/capture/clock.ts'
import { mintRunId } from '../../src/capture/run-id.ts'

/**
 * Copies the runs of a store under new ids, in turn, until there are so many: one a minute, as if recorded before.
 * @param store the `.vampira` folder
 */
export function copyRuns(store: string, count: number): void {
  const index = join(store, 'runs.jsonl')
  const lines = readFileSync(index, 'utf8').trimEnd().split('\n')
  const runs = lines.map((line) => {
    const id = (JSON.parse(line) as { id: string }).id.replace('urn:uuid:', '')
    const folder = join(store, 'runs', id)
    // The digests would be those of other bytes.
    const names = readdirSync(folder).filter((name) => name !== 'SHA256SUMS')
    const files = names.map((name) => ({
      name,
      text: readFileSync(join(folder, name), 'utf8'),
    }))
    return { id, line, files }
  })
  const copies: string[] = []
  for (let n = 1; n <= count - runs.length; n++) {
    const { id, line, files } = runs[n % runs.length]!
    const copy = mintRunId({ ...systemClock, wall: () => systemClock.wall() - BigInt(n) * 60_000_000_000n })
    mkdirSync(join(store, 'runs', copy))
    for (const { name, text } of files) {
      writeFileSync(join(store, 'runs', copy, name), text.replaceAll(id, copy))
    }
    copies.unshift(line.replaceAll(id, copy))
  }
  writeFileSync(index, `${[...copies, ...lines].join('\n')}\n`)
}
