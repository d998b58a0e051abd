import type { NeededPackage, RerunNeeds } from './needs.ts'

/** What there is now. */
export interface Surroundings {
  /** Versions of packages that are installed, by the package URL that the run had. */
  versions: ReadonlyMap<string, string>
  /** Types of package URLs that were looked for; of others nothing is known. */
  looked: ReadonlySet<string>
  machine: Readonly<Record<string, string | undefined>>
  variables: Readonly<Record<string, string>>
}

/** Something that is not as it was, and what that may do. */
export interface SurroundingDifference {
  aspect: 'package' | 'machine' | 'variable'
  name: string
  /** Absent: it was not there. */
  was?: string
  /** Absent: it is not there. */
  is?: string
  may: string
}

/** What a difference of the machine may do. */
const machineEffects: Readonly<Record<string, string>> = {
  operatingSystem: 'system libraries may round or sort otherwise',
  machine: 'the last digits of floating-point numbers may differ',
  cpuModel: 'other vector instructions may change the last digits',
  cpuCount: 'sums in parallel may add in another order; times differ',
  memoryBytes: 'it may not suffice, or be used otherwise',
  container: 'other files and limits may apply',
}
const machineNames: Readonly<Record<string, string>> = {
  operatingSystem: 'operating system',
  machine: 'machine',
  cpuModel: 'processor',
  cpuCount: 'processors',
  memoryBytes: 'memory in bytes',
  container: 'container',
}

const variableEffects: readonly (readonly [name: RegExp, may: string])[] = [
  [/^(LANG|LC_)/, 'texts may be sorted, written and decoded otherwise'],
  [/^(TZ|SOURCE_DATE_EPOCH)$/, 'times and dates may differ'],
  [/^PYTHONHASHSEED$/, 'sets may come in another order'],
  [/THREADS|^OMP_|^GOMAXPROCS$|CPU/, 'sums in parallel may add in another order'],
  [/^(VIRTUAL_ENV|CONDA_)/, 'other packages may be loaded'],
  [/./, 'programs that read it may do something else'],
]

/** Numbers of a scheduler's jobs are never the same. */
const neverTheSame = /_JOB_?ID$|^SLURM_PROCID$/

/** What is not as it was when the run ran; what counts most first. */
export function surroundingDifferences(needs: RerunNeeds, now: Surroundings): SurroundingDifference[] {
  return [
    ...needs.packages.flatMap((each) => packageDifference(each, now) ?? []),
    ...variableDifferences(needs.variables, now.variables),
    ...Object.keys(machineNames).flatMap((fact): SurroundingDifference[] => {
      const [before, after] = [needs.machine[fact], now.machine[fact]]
      if (before === after) return []
      return [difference('machine', machineNames[fact]!, before, after, machineEffects[fact]!)]
    }),
  ]
}

/** Packages that nothing here can look for. */
export function packagesNotLookedFor(needs: RerunNeeds, now: Surroundings): NeededPackage[] {
  return needs.packages.filter(({ url }) => !now.looked.has(typeOf(url)))
}

function packageDifference(
  { url, name, version }: NeededPackage,
  { versions, looked }: Surroundings,
): SurroundingDifference | undefined {
  const now = versions.get(url)
  if (!looked.has(typeOf(url)) || version === undefined || now === version) return undefined
  const may =
    now === undefined
      ? 'what loads it will fail'
      : now.split('.')[0] === version.split('.')[0]
        ? 'it may compute otherwise'
        : 'it may compute otherwise, and lack what was called'
  return difference('package', name, version, now, may)
}

function variableDifferences(
  then: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): SurroundingDifference[] {
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].toSorted().flatMap((name) => {
    if (then[name] === now[name] || neverTheSame.test(name)) return []
    const [, may = ''] = variableEffects.find(([pattern]) => pattern.test(name)) ?? []
    return [difference('variable', name, then[name], now[name], may)]
  })
}

function difference(
  aspect: SurroundingDifference['aspect'],
  name: string,
  was: string | undefined,
  is: string | undefined,
  may: string,
): SurroundingDifference {
  return { aspect, name, ...(was !== undefined && { was }), ...(is !== undefined && { is }), may }
}

function typeOf(url: string): string {
  return /^pkg:([^/]+)/.exec(url)?.[1] ?? ''
}
