import { groupBy } from '../../group-by.ts'
import { sourcesOf, type Making, type StorageFacts, type StoredRun } from './storage-facts.ts'

/** How often a version of a component made from the same what it had made before, and how often something else. */
export interface Repeats {
  equal: number
  different: number
}

/**
 * What repeats say of each version of a component: runs of the same version of a pipeline by the same command on the
 * same sources, and in them files at the same places that were made from the same files. Contents that several runs made
 * count too, however these were started.
 */
export function seenRepeats({ runs }: StorageFacts): ReadonlyMap<string, Repeats> {
  const repeats = new Map<string, Repeats>()
  const count = (version: string | undefined, kind: keyof Repeats, times: number) => {
    if (version === undefined || times === 0) return
    const known = repeats.get(version) ?? { equal: 0, different: 0 }
    known[kind] += times
    repeats.set(version, known)
  }
  const completed = [...runs.values()].filter(({ status }) => status === 'Completed')
  const counted = new Set<Making>()
  for (const alike of groupBy(completed, startOf).values()) {
    if (alike.length < 2) continue
    const byPlace = groupBy(
      alike.flatMap(({ makings }) => makings.filter(({ isSeen, isScratch }) => isSeen && !isScratch)),
      (making) => `${making.url}\n${making.version}\n${inputsOf(making).join(' ')}`,
    )
    for (const same of byPlace.values()) {
      if (same.length < 2) continue
      const distinct = new Set(same.map(({ content }) => content)).size
      count(same[0]!.version, distinct === 1 ? 'equal' : 'different', same.length - 1)
      for (const making of same) counted.add(making)
    }
  }
  const others = completed.flatMap(({ makings }) =>
    makings.filter((making) => making.isSeen && !making.isScratch && !counted.has(making)),
  )
  for (const same of groupBy(others, ({ version, content }) => `${version}\n${content}`).values()) {
    const inRuns = new Set(same.map(({ run }) => run)).size
    count(same[0]!.version, 'equal', inRuns - 1)
  }
  return repeats
}

/** Equal for runs that should come to the same. */
function startOf(run: StoredRun): string {
  const { version, commandLine, workingDirectory } = run
  const sources = new Set(sourcesOf(run).map(({ content }) => content))
  return [version ?? run.run, commandLine, workingDirectory, ...[...sources].toSorted()].join('\n')
}

/** Contents that the part read and did not make itself. */
function inputsOf({ run, part }: Making): string[] {
  const own = new Set(run.makings.filter((making) => making.part === part).map(({ content }) => content))
  const read = run.readings.filter((reading) => reading.part === part && !own.has(reading.content))
  return [...new Set(read.map(({ content }) => content))].toSorted()
}
