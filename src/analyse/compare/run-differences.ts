import { groupBy } from '../../group-by.ts'
import { decoded } from '../../decoded.ts'
import type { Row } from '../../sparql/answer.ts'
import { text } from '../ask.ts'
import { numberOf, textOf } from '../read-row.ts'

/** Something of the first run beside that of the second; undefined where a run has none. */
export type Sides<T> = readonly [T | undefined, T | undefined]

export interface ParameterDifference {
  parameter: string
  componentName: string
  /** Without its component's: `config.alpha`. */
  parameterName: string
  /** Calls by value, of the values whose counts differ. */
  values: readonly { value: string; calls: Sides<number> }[]
}

export interface ComponentDifference {
  component: string
  name: string
  calls: Sides<number>
  /** Versions of the component that each run called; they differ only where its source or package does. */
  versions: Sides<readonly string[]>
  versionChanged: boolean
}

export interface FactDifference {
  fact: string
  values: Sides<string>
}

export interface EnvironmentDifference {
  /** `package`, or the fact of the machine. */
  aspect: string
  /** Of the package; empty for a fact. */
  name: string
  values: Sides<string>
}

const comparedFacts = new Set([
  'status',
  'exitCode',
  'signal',
  'name',
  'version',
  'commandLine',
  'workingDirectory',
  'commit',
  'uncommittedChanges',
  'repository',
  'agent',
])

export function compareFacts(ids: readonly [string, string], rows: readonly Row[]): FactDifference[] {
  const ofRun = (id: string) =>
    groupBy(
      rows.filter((row) => text(row, 'run') === id && isCompared(row)),
      (row) => `${text(row, 'group')} ${text(row, 'fact')}`,
    )
  return differingKeys(ofRun(ids[0]), ofRun(ids[1]), (facts) =>
    facts
      .map((row) => text(row, 'value'))
      .toSorted()
      .join(', '),
  ).map(({ key, values }) => ({ fact: key.replace(/^run /, ''), values }))
}

/** Metadata are people's own, and the environment has a section of its own. */
function isCompared(row: Row): boolean {
  const [group, fact] = [text(row, 'group'), text(row, 'fact')]
  if (group === 'variable') return !isJobNumber(fact)
  if (group === 'seed' || group === 'lock file') return true
  return ['run', 'pipeline', 'operator'].includes(group) && comparedFacts.has(fact)
}

/**
 * @param grouped names of components of which some calls were only counted. Their parameters are compared where each run
 *   had one value: of several, it is chance which calls were looked at
 */
export function compareParameters(
  [one, other]: Sides<readonly Row[]>,
  grouped: ReadonlySet<string> = new Set(),
): ParameterDifference[] {
  const rows = [...(one ?? []), ...(other ?? [])]
  const valuesOf = (side: readonly Row[] | undefined, parameter: string) =>
    new Map(
      (side ?? [])
        .filter((row) => text(row, 'thing') === parameter)
        .map((row) => [text(row, 'value'), numberOf(row, 'count')]),
    )
  const differences: ParameterDifference[] = []
  for (const [parameter, [row]] of groupBy(rows, (each) => text(each, 'thing'))) {
    const sides = [valuesOf(one, parameter), valuesOf(other, parameter)] as const
    const values = [...new Set([...sides[0].keys(), ...sides[1].keys()])]
      .map((value) => ({ value, calls: [sides[0].get(value), sides[1].get(value)] as const }))
      .filter(({ calls }) => calls[0] !== calls[1])
    if (values.length === 0) continue
    const componentName = row === undefined ? '' : text(row, 'name')
    if (grouped.has(componentName) && sides.some(({ size }) => size !== 1)) continue
    differences.push({
      parameter,
      componentName,
      parameterName: nameWithin(componentName, parameter),
      values,
    })
  }
  return differences
}

/** What the IRI of a parameter says after its component's name, else its last word. */
function nameWithin(component: string, parameter: string): string {
  const name = decoded(parameter.split('/').at(-1) ?? '')
  return name.startsWith(`${component}.`) ? name.slice(component.length + 1) : name.replace(/^.*[.:]/, '')
}

/** A scheduler's job never has the same number. */
export function isJobNumber(variable: string): boolean {
  return /_JOB_?ID$/.test(variable)
}

export function compareComponents([one, other]: Sides<readonly Row[]>): ComponentDifference[] {
  const sides = [
    groupBy(one ?? [], (row) => text(row, 'thing')),
    groupBy(other ?? [], (row) => text(row, 'thing')),
  ] as const
  const differences: ComponentDifference[] = []
  for (const component of new Set([...sides[0].keys(), ...sides[1].keys()])) {
    const rows = sides.map((side) => side.get(component))
    const calls = rows.map((list) => list?.reduce((sum, row) => sum + (numberOf(row, 'count') ?? 0), 0))
    const versions = rows.map(
      (list) => list && [...new Set(list.flatMap((row) => textOf(row, 'value') ?? []))].toSorted(),
    )
    const versionChanged =
      versions[0] !== undefined && versions[1] !== undefined && versions[0].join() !== versions[1].join()
    if (calls[0] === calls[1] && !versionChanged) continue
    const name = text(rows[0]?.[0] ?? rows[1]?.[0] ?? {}, 'name')
    differences.push({
      component,
      name,
      calls: [calls[0], calls[1]],
      versions: [versions[0], versions[1]],
      versionChanged,
    })
  }
  return differences
}

export function compareEnvironments(
  ids: readonly [string, string],
  rows: readonly Row[],
): EnvironmentDifference[] {
  const ofRun = (id: string) =>
    groupBy(
      rows.filter((row) => text(row, 'run') === id),
      (row) => `${text(row, 'aspect')}\n${text(row, 'name')}`,
    )
  return differingKeys(ofRun(ids[0]), ofRun(ids[1]), (facts) =>
    facts
      .map((row) => text(row, 'value'))
      .toSorted()
      .join(', '),
  ).map(({ key, values }) => {
    const [aspect = '', name = ''] = key.split('\n')
    return { aspect, name, values }
  })
}

function differingKeys(
  one: ReadonlyMap<string, readonly Row[]>,
  other: ReadonlyMap<string, readonly Row[]>,
  format: (rows: readonly Row[]) => string,
): { key: string; values: Sides<string> }[] {
  const found: { key: string; values: Sides<string> }[] = []
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    const rows = [one.get(key), other.get(key)] as const
    const values = [rows[0] && format(rows[0]), rows[1] && format(rows[1])] as const
    if (values[0] !== values[1]) found.push({ key, values })
  }
  return found.toSorted((a, b) => (a.key < b.key ? -1 : 1))
}
