import type { RepositoryLine } from '../../journal/line.ts'
import { hashTracked, readGit } from './git.ts'
import { findProject } from './project.ts'
import type { Redactor } from '../redact.ts'

/** The project that the code in a folder belongs to, and its git state at this moment. */
export async function readRepository(folder: string, redactor: Redactor): Promise<RepositoryLine> {
  const state = await readGit(folder)
  const { name, root } = await findProject(folder, state?.root, state?.origin)
  if (state === undefined) return { kind: 'repository', project: name, root }
  const { origin, commit, dirty, diff } = state
  return {
    kind: 'repository',
    project: name,
    root,
    ...(origin !== undefined && { origin: redactor.text(origin) }),
    ...(commit !== undefined && { commit }),
    dirty,
    ...(diff !== undefined && { diff: redactor.text(diff) }),
    files: await hashTracked(root),
  }
}
