import { groupBy } from '../group-by.ts'
import type { Level, RequirementTable, UseCase } from './requirement-table.ts'

/**
 * `satisfied`: no violation. `nothing-to-check`: neither, because the run has nothing of the kind (it read no file).
 * `not-asked`: about stored records, and no store was given.
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
  /** Lines to copy that record it, with names of this run. */
  lines?: readonly string[]
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
  /** The run holds the facts: of what is mandatory, and of each set of alternatives, nothing is missing. */
  answered: boolean
  /**
   * What stands in the way: one list of requirements for each need; more than one in a list: any of them will do.
   * Also what the run has nothing of: without components, or without all data and parameters, it serves nothing.
   */
  missing: readonly (readonly string[])[]
  /** Mandatory requirements that the store does not meet, which is not the run's fault. */
  lackingInStore: readonly string[]
  /** Optional requirements that are missing: the answer will be poorer. */
  warnings: readonly string[]
  needs: readonly NeedResult[]
}

/** How complete one run's record is, by requirement and by use case. */
export interface CompletenessReport {
  /** IRI of the run; absent when the graph holds none. */
  run: string | undefined
  requirements: readonly RequirementResult[]
  useCases: readonly UseCaseResult[]
  /** "holds the facts for UC2, UC5; to unlock UC4 record …" */
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
      ...mandatory
        .filter(({ requirement, status }) => status === 'missing' && !isAboutStore(requirement))
        .map((need) => [need]),
      ...nothingToServe(mandatory),
      ...[...alternatives.values()].filter((set) => set.every(({ status }) => status === 'missing')),
    ].map((set) => set.map(({ requirement }) => requirement))
    if (!isOneRun && !missing.flat().includes('pipeline-runs')) missing.unshift(['pipeline-runs'])
    const lackingInStore = mandatory
      .filter(({ requirement, status }) => status === 'missing' && isAboutStore(requirement))
      .map(({ requirement }) => requirement)
    const warnings = needs
      .filter(({ level, status }) => level === 'optional' && status === 'missing')
      .map(({ requirement }) => requirement)
    const answered = missing.length === 0
    return { id, group, name, answered, missing, lackingInStore, warnings, needs }
  })
}

/** Requirements about what went through a run. */
const ofData = new Set([
  'data-sources',
  'data-products',
  'intermediate-results',
  'parameters',
  'data-source-metadata',
  'data-product-metadata',
  'intermediate-result-metadata',
  'data-flow',
])

/** Needs that a run does not meet because it has nothing of the kind: it called nothing, or nothing went through it. */
function nothingToServe(mandatory: readonly NeedResult[]): NeedResult[][] {
  const isEmpty = ({ status }: NeedResult): boolean => status === 'nothing-to-check'
  const components = mandatory.filter((need) => need.requirement === 'components' && isEmpty(need))
  if (components.length > 0) return [components]
  const data = mandatory.filter(({ requirement }) => ofData.has(requirement))
  return data.length > 0 && data.every(isEmpty) ? [data] : []
}

/** "holds the facts for UC2, UC5; to unlock UC4 record quality metrics or resource consumption" */
export function formatReadiness(table: RequirementTable, useCases: readonly UseCaseResult[]): string {
  const name = (id: string): string =>
    (table.requirements.find((requirement) => requirement.id === id)?.name ?? id).toLowerCase()
  const ids = (group: readonly UseCaseResult[]): string => group.map(({ id }) => id).join(', ')
  const answered = useCases.filter((useCase) => useCase.answered)
  const parts = [`holds the facts for ${answered.length === 0 ? 'none of the use cases' : ids(answered)}`]
  const sets = ({ missing, needs }: UseCaseResult, empty: boolean): readonly (readonly string[])[] =>
    missing.filter((set) => empty === set.every((id) => statusIn(needs, id) === 'nothing-to-check'))
  const locked = groupBy(useCases, (useCase) =>
    sets(useCase, false)
      .map((set) => set.map(name).join(' or '))
      .join(', '),
  )
  for (const [what, group] of locked) if (what !== '') parts.push(`to unlock ${ids(group)} record ${what}`)
  const empty = groupBy(useCases, (useCase) => sets(useCase, true).flat().map(name).join(', no '))
  for (const [what, group] of empty) if (what !== '') parts.push(`has for ${ids(group)} no ${what}`)
  const lacking = groupBy(useCases, ({ lackingInStore }) => lackingInStore.map(name).join(', no '))
  for (const [what, group] of lacking)
    if (what !== '') parts.push(`the store has for ${ids(group)} no ${what}`)
  return parts.join('; ')
}

function statusIn(needs: readonly NeedResult[], requirement: string): RequirementStatus | undefined {
  return needs.find((need) => need.requirement === requirement)?.status
}

/** What is not asked of a record, but of the store that keeps it. */
export function isAboutStore(requirement: string): boolean {
  return requirement.startsWith('records-of-')
}
