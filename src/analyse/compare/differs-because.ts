import type { Divergence } from '../divergence/divergence.ts'
import { pathOfUrl } from '../../path-of-url.ts'
import { NamesOfFiles } from '../names-of-files.ts'
import type { DifferenceCause } from './difference-cause.ts'
import { settingCauses } from './setting-causes.ts'
import type { RunComparison } from './compare-runs.ts'
import type { ResourceComparison } from './compare-resources.ts'
import type { FileDifference } from './compare-files.ts'
import type { Sides } from './run-differences.ts'

/** Facts of the environment that are of the machine and not of what is installed on it. */
const machineFacts = new Set(['machine', 'CPU model', 'CPUs', 'memory in bytes'])

/**
 * What two runs differ by, before anything that follows from it: settings where they were set, and not where they were
 * passed on to; packages, and not the files of theirs that were read.
 *
 * @param outermost names of components that nothing called
 * @param paths of the files that each run read or wrote: settings that name them are no causes
 */
export function differsBecause(
  comparison: RunComparison,
  divergence: Divergence | undefined,
  resources: readonly ResourceComparison[],
  outermost: ReadonlySet<string>,
  paths: readonly [readonly string[], readonly string[]],
): DifferenceCause[] {
  const { facts, inputs, environment, code, components } = comparison
  const name = facts.find(({ fact }) => fact === 'pipeline name')
  const packages = environment.filter(({ aspect }) => aspect === 'package')
  const codeCauses = [
    ...code.map(({ path, otherPath, sha256 }) => ({
      kind: 'code' as const,
      what: otherPath === undefined ? path : `${path} → ${otherPath}`,
      values: [sha256[0]?.slice(0, 8), sha256[1]?.slice(0, 8)] as const,
    })),
    // Code that is of no source file of the user's: a program, or a function of a package.
    ...(code.length > 0 ? [] : components)
      .filter(
        ({ versionChanged, versions }) =>
          versionChanged && packages.every(({ name: each }) => !isOf(each, versions)),
      )
      .map(({ name: what, versions }) => ({
        kind: 'code' as const,
        what,
        values: [versions[0]?.map(shortened).join(', '), versions[1]?.map(shortened).join(', ')] as const,
      })),
  ]
  const given = inputs.filter((file) => !isOfPackage(file))
  // What the body of a script passes on is a setting where its code differs; else it may have been computed.
  const isComputed = given.length > 0 || (code.length === 0 && divergence?.first !== undefined)
  const causes: DifferenceCause[] = [
    ...(name === undefined ? [] : [{ kind: 'pipeline' as const, what: 'pipeline', values: name.values }]),
    ...given.map(inputCause),
    ...settingCauses(comparison, outermost, new NamesOfFiles(paths), isComputed),
    ...codeCauses,
    ...environment
      .filter((each) => !isOfOneProgram(each, components))
      .map(({ aspect, name: what, values }) => ({
        kind:
          aspect === 'package'
            ? ('package' as const)
            : machineFacts.has(aspect)
              ? ('machine' as const)
              : ('environment' as const),
        what: what || aspect,
        values,
      })),
    ...facts
      .filter(({ fact }) => fact.startsWith('lock file '))
      .map(({ fact, values }) => ({
        kind: 'environment' as const,
        what: fact,
        values: [values[0]?.slice(-8), values[1]?.slice(-8)] as const,
      })),
  ]
  if (causes.length > 0) return causes
  const busy = busyMachine(resources)
  if (busy !== undefined) causes.push(busy)
  if (!comparison.same && divergence?.first !== undefined)
    causes.push({ kind: 'unrecorded', what: divergence.first.name, values: [undefined, undefined] })
  return causes
}

function inputCause({ url, otherUrl, contents }: FileDifference): DifferenceCause {
  const path = pathOfUrl(url)
  const other = otherUrl === undefined ? path : pathOfUrl(otherUrl)
  return {
    kind: 'input',
    what: path === other ? path : `${path} → ${other}`,
    values: [shortened(contents[0]), shortened(contents[1])],
  }
}

function isOfPackage({ url }: FileDifference): boolean {
  return /\.(dist|egg)-info\//.test(url)
}

/** Whether a package is known for a program that one run alone called, which follows from something else. */
function isOfOneProgram(
  { name, values }: RunComparison['environment'][number],
  components: RunComparison['components'],
): boolean {
  return (
    values.includes(undefined) &&
    components.some(({ calls, versions }) => calls.includes(undefined) && isOf(name, versions))
  )
}

/** Whether these are versions of functions of a package: `pkg:pypi/numpy@2.4.6#…`. */
function isOf(name: string, versions: Sides<readonly string[]>): boolean {
  return versions.some(
    (list) => list?.some((version) => version.startsWith(`pkg:`) && version.includes(`/${name}@`)) === true,
  )
}

function shortened(name: string): string
function shortened(name: string | undefined): string | undefined
function shortened(name: string | undefined): string | undefined {
  return name?.replace(/ni:\/\/\/sha-256;([\w-]{8})[\w-]*/g, '$1')
}

/** Elapsed time grew and processor time did not as much. */
function busyMachine(resources: readonly ResourceComparison[]): DifferenceCause | undefined {
  const of = (name: ResourceComparison['resource']) => resources.find(({ resource }) => resource === name)
  const wall = of('wallSeconds')
  if (wall?.differs !== true) return undefined
  const ratio = ({ values: [one = Number.NaN, other = Number.NaN] }: ResourceComparison) => other / one
  const cpu = of('cpuSeconds')
  const more = ratio(wall)
  const work = cpu === undefined ? Number.NaN : ratio(cpu)
  const isMore = more > 1 ? work >= Math.sqrt(more) : work <= Math.sqrt(more)
  if (isMore) return undefined
  const load = of('loadAtEnd')?.values
  return {
    kind: 'machine',
    what: load === undefined ? 'load' : 'load average',
    values: [load?.[0]?.toFixed(1), load?.[1]?.toFixed(1)],
  }
}
