import type { CompletenessReport, RequirementStatus } from './completeness-report.ts'
import type { Level } from './requirement-table.ts'

/** Use case × requirement, ready to be drawn: a row a requirement, a column a use case. */
export interface CompletenessMatrix {
  columns: readonly { id: string; name: string; answered: boolean }[]
  rows: readonly {
    id: string
    name: string
    group: string
    status: RequirementStatus
    /** In the order of the columns; undefined where the use case does not need the requirement. */
    cells: readonly (MatrixCell | undefined)[]
  }[]
}

export interface MatrixCell {
  level: Level
  status: RequirementStatus
  /** It stands in the way of the use case: it is mandatory, or no alternative is there, or the run has nothing of it. */
  blocks: boolean
}

export function matrix(report: CompletenessReport): CompletenessMatrix {
  return {
    columns: report.useCases.map(({ id, name, answered }) => ({ id, name, answered })),
    rows: report.requirements.map(({ id, name, group, status }) => ({
      id,
      name,
      group,
      status,
      cells: report.useCases.map(({ needs, missing }) => {
        const need = needs.find(({ requirement }) => requirement === id)
        if (need === undefined) return undefined
        return { level: need.level, status: need.status, blocks: missing.flat().includes(id) }
      }),
    })),
  }
}
