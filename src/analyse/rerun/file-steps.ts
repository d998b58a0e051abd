import { fileURLToPath } from 'node:url'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import { textOf } from '../read-row.ts'

/** What one component of a run read and wrote, by absolute path. */
export interface FileStep {
  function: string
  read: ReadonlySet<string>
  wrote: ReadonlySet<string>
}

/** Which components of a run read and wrote which files. */
export async function readFileSteps(questions: Questions, run: string): Promise<FileStep[]> {
  const steps = new Map<string, { function: string; read: Set<string>; wrote: Set<string> }>()
  for (const row of await questions.ask('file-flow', { run: [run] })) {
    const path = pathOf(textOf(row, 'url'))
    if (path === undefined) continue
    const part = text(row, 'part')
    const step = steps.get(part) ?? { function: text(row, 'function'), read: new Set(), wrote: new Set() }
    steps.set(part, step)
    ;(text(row, 'role') === 'used' ? step.read : step.wrote).add(path)
  }
  return [...steps.values()]
}

function pathOf(url: string | undefined): string | undefined {
  try {
    return url === undefined ? undefined : fileURLToPath(url)
  } catch {
    // A file of another machine.
    return undefined
  }
}

/** The files among these that were made from nothing else among them: where a difference began. */
export function firstOf(paths: readonly string[], steps: readonly FileStep[]): string[] {
  const set = new Set(paths)
  const first = paths.filter((path) => {
    const makers = steps.filter(({ wrote }) => wrote.has(path))
    return !makers.some(({ read }) => [...read].some((each) => each !== path && set.has(each)))
  })
  // A circle of files has no beginning.
  return first.length === 0 ? [...paths] : first
}

/** The files among `same` that were made from this one: what differs in it is gone there. */
export function healedAt(path: string, same: ReadonlySet<string>, steps: readonly FileStep[]): string[] {
  const readers = steps.filter(({ read }) => read.has(path))
  return [...new Set(readers.flatMap(({ wrote }) => [...wrote].filter((each) => same.has(each))))].toSorted()
}
