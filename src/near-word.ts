/** Fewer letters begin too many words. */
const fewestOfBeginning = 3

/** The candidate that a mistyped word most likely meant, if any is near; else the shortest that it is the beginning of. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates]
  let best: string | undefined
  let least = Math.max(2, Math.ceil(word.length * 0.4)) + 1
  for (const candidate of all) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  if (best !== undefined || word.length < fewestOfBeginning) return best
  const longer = all.filter((candidate) => candidate.toLowerCase().startsWith(word.toLowerCase()))
  return longer.toSorted((a, b) => a.length - b.length)[0]
}

/** "Did you mean X?", or what else there is to do. */
export function didYouMean(word: string, candidates: Iterable<string>, otherwise: string): string {
  const near = closest(word, candidates)
  return near === undefined ? otherwise : `Did you mean ${near}?`
}

// Optimal string alignment: insertions, deletions, substitutions, and neighbours swapped.
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same)
      // Before the first letter there is undefined, which is no letter of the other word.
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      }
      row.push(least)
    }
    before = above
    above = row
  }
  return above[b.length] ?? 0
}
