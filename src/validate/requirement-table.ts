import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../package-root.ts'

/** How much a use case needs a requirement; of those marked `one-of:x` alike, one is enough. */
export type Level = 'mandatory' | 'optional' | `one-of:${string}`

export interface Cell {
  level: Level
  /** Who says so: the study itself, or our reading of it. */
  basis: string
  /** Name of the property shape that is asked here instead of the requirement's usual one. */
  asks?: string
}

export interface UseCase {
  /** UC1 … UC9. */
  id: string
  group: string
  name: string
}

export interface Requirement {
  id: string
  name: string
  group: string
  /** What its shape checks, in the terms of the record. */
  satisfiedWhen: string
  /** By use case; a use case that is absent does not need it. */
  cells: Readonly<Record<string, Cell>>
}

/** Which of the nine use cases needs which of the seventeen requirements: contract/requirement-table.json. */
export interface RequirementTable {
  note: string
  useCases: readonly UseCase[]
  groups: Readonly<Record<string, string>>
  requirements: readonly Requirement[]
}

export async function readRequirementTable(): Promise<RequirementTable> {
  const text = await readFile(join(packageRoot, 'contract', 'requirement-table.json'), 'utf8')
  return JSON.parse(text) as RequirementTable
}
