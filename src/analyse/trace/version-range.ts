/** Whether a version is one of those that are meant. */
export type VersionRange = (version: string) => boolean

const clause = /^(===?|!=|<=|>=|<|>|~=|\^|=)?\s*([A-Za-z0-9]\S*)$/

/**
 * Reads `<2.1`, `>=1.2,<2`, `==7.2.0`, `~=1.4` (PEP 440) or `^1.4` (semver).
 * @returns undefined for what is no range
 */
export function readVersionRange(text: string): VersionRange | undefined {
  const clauses: VersionRange[] = []
  for (const part of text.split(',')) {
    const [, operator = '==', version = ''] = clause.exec(part.trim()) ?? []
    if (version === '') return undefined
    clauses.push((given) => holds(given, operator, version))
  }
  return (version) => clauses.every((each) => each(version))
}

function holds(given: string, operator: string, version: string): boolean {
  const isPrefix = version.endsWith('.*')
  const wanted = isPrefix ? version.slice(0, -2) : version
  const order = compareVersions(given, wanted)
  const isSame = isPrefix ? given === wanted || given.startsWith(`${wanted}.`) : order === 0
  switch (operator) {
    case '!=':
      return !isSame
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '~=':
      return order >= 0 && startsAlike(given, wanted, releaseOf(wanted).length - 1)
    case '^':
      return (
        order >= 0 && startsAlike(given, wanted, Math.max(1, releaseOf(wanted).findIndex((n) => n > 0) + 1))
      )
    default:
      return isSame
  }
}

/**
 * The order of two versions: epoch, release numbers, then development, alpha, beta and candidate releases before the
 * release itself, and post-releases after it, as PEP 440 and semver order them. What follows `+` counts not.
 */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [keyOf(one), keyOf(other)]
  for (let at = 0; at < Math.max(a.release.length, b.release.length); at++) {
    const difference = (a.release[at] ?? 0) - (b.release[at] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return Math.sign(a.stage - b.stage || a.count - b.count)
}

const stages: Readonly<Record<string, number>> = {
  dev: -4,
  a: -3,
  alpha: -3,
  b: -2,
  beta: -2,
  rc: -1,
  c: -1,
  pre: -1,
  post: 1,
}

function keyOf(version: string): { release: readonly number[]; stage: number; count: number } {
  const [, word = '', count = '0'] =
    /[-_.]?(dev|alpha|beta|post|pre|rc|a|b|c)[-_.]?(\d*)/i.exec(rest(version)) ?? []
  return { release: releaseOf(version), stage: stages[word.toLowerCase()] ?? 0, count: Number(count || 0) }
}

/** Epoch and release numbers. */
function releaseOf(version: string): number[] {
  const [, epoch = '0', numbers = ''] = /^v?(?:(\d+)[!:])?(\d+(?:\.\d+)*)/i.exec(version) ?? []
  return [Number(epoch), ...numbers.split('.').map(Number)]
}

function rest(version: string): string {
  return version.replace(/\+.*$/, '').replace(/^v?(?:\d+[!:])?\d+(?:\.\d+)*/i, '')
}

/** @param count of numbers of the release that are the same, epoch not counted */
function startsAlike(given: string, wanted: string, count: number): boolean {
  const [a, b] = [releaseOf(given), releaseOf(wanted)]
  return b.slice(0, count).every((number, at) => a[at] === number)
}
