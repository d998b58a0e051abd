import type { Level, RequirementTable, UseCase } from './requirement-table.ts'

/**
 * `satisfied`: no violation. `nothing-to-check`: neither, because the run has nothing of the kind (it read no file).
 * `not-asked`: about stored records, and no store was given; or the record is too large to load, and its summary does
 * not say.
 */
export type RequirementStatus = 'satisfied' | 'missing' | 'not-asked' | 'nothing-to-check'

/** What is missing or worth knowing, at one node. */
export interface Finding {
  /** IRI of the node: a call, component version, file version, package, the run. */
  node: string
  /** What people call it. */
  label?: string
  /** Source it came from, `file:line`. */
  place?: string
  /** What to do to record it. */
  message: string
  severity: 'Violation' | 'Info'
  requirement: string
}

export interface RequirementResult {
  id: string
  name: string
  group: string
  status: RequirementStatus
  findings: readonly Finding[]
}

/** One use case and one requirement that it needs. */
export interface NeedResult {
  requirement: string
  level: Level
  status: RequirementStatus
}

export interface UseCaseResult {
  id: string
  group: string
  name: string
  /** Every mandatory requirement, and one of each set of alternatives, was looked at and has no violation. */
  answered: boolean
  /** What stands in the way: one list of requirements for each need; more than one in a list: any of them will do. */
  missing: readonly (readonly string[])[]
  /** Mandatory requirements about which the summary says nothing, where it stands for a record too large to load. */
  unknown: readonly string[]
  /** Optional requirements that are missing: the answer will be poorer. */
  warnings: readonly string[]
  needs: readonly NeedResult[]
}

/** How complete one run's record is, by requirement and by use case. */
export interface CompletenessReport {
  /** IRI of the run; absent when the graph holds none. */
  run: string | undefined
  /** What was read: the record, or for one too large to load, its summary. */
  basis: 'record' | 'summary'
  requirements: readonly RequirementResult[]
  useCases: readonly UseCaseResult[]
  /** "answers UC2, UC5; to unlock UC4 record …" */
  sentence: string
}

/**
 * Derives the use cases' results from the requirements': statusOf gives that of one requirement in one cell of the table.
 * Every use case needs a graph of exactly one run.
 */
export function judgeUseCases(
  table: RequirementTable,
  useCases: readonly UseCase[],
  isOneRun: boolean,
  statusOf: (requirement: string, asks: string | undefined) => RequirementStatus,
): UseCaseResult[] {
  return useCases.map(({ id, group, name }) => {
    const needs = table.requirements.flatMap((requirement): NeedResult[] => {
      const cell = requirement.cells[id]
      if (cell === undefined) return []
      return [{ requirement: requirement.id, level: cell.level, status: statusOf(requirement.id, cell.asks) }]
    })
    const mandatory = needs.filter(({ level }) => level === 'mandatory')
    const alternatives = groupBy(
      needs.filter(({ level }) => level.startsWith('one-of')),
      ({ level }) => level,
    )
    const missing = [
      ...mandatory.filter(({ status }) => status === 'missing').map((need) => [need]),
      ...[...alternatives.values()].filter((set) => set.every(({ status }) => status === 'missing')),
    ].map((set) => set.map(({ requirement }) => requirement))
    if (!isOneRun && !missing.flat().includes('pipeline-runs')) missing.unshift(['pipeline-runs'])
    const unknown = mandatory
      .filter(({ requirement, status }) => status === 'not-asked' && !isAboutStore(requirement))
      .map(({ requirement }) => requirement)
    const warnings = needs
      .filter(({ level, status }) => level === 'optional' && status === 'missing')
      .map(({ requirement }) => requirement)
    const answered = missing.length === 0 && unknown.length === 0
    return { id, group, name, answered, missing, unknown, warnings, needs }
  })
}

/** "answers UC2, UC5; to unlock UC4 record quality metrics or resource consumption" */
export function formatReadiness(table: RequirementTable, useCases: readonly UseCaseResult[]): string {
  const name = (id: string): string =>
    table.requirements.find((requirement) => requirement.id === id)?.name ?? id
  const answered = useCases.filter((useCase) => useCase.answered).map(({ id }) => id)
  const parts = [answered.length === 0 ? 'answers none of the use cases' : `answers ${answered.join(', ')}`]
  const locked = groupBy(
    useCases.filter(({ missing }) => missing.length > 0),
    ({ missing }) => missing.map((set) => set.map(name).join(' or ').toLowerCase()).join(', '),
  )
  for (const [what, group] of locked)
    parts.push(`to unlock ${group.map(({ id }) => id).join(', ')} record ${what}`)
  const unknown = useCases.filter(({ missing, unknown: open }) => missing.length === 0 && open.length > 0)
  if (unknown.length > 0)
    parts.push(
      `of ${unknown.map(({ id }) => id).join(', ')} the summary of so large a record does not say enough`,
    )
  return parts.join('; ')
}

/** What is not asked of a record, but of the store that keeps it. */
export function isAboutStore(requirement: string): boolean {
  return requirement.startsWith('records-of-')
}

export function groupBy<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
