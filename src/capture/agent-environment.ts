import { delimiter, join } from 'node:path'
import { packageRoot } from '../package-root.ts'

/** What agents are told, through the program's environment. */
export interface AgentOrders {
  /** Absolute path of the journal's folder. */
  journal: string
  /** Folders whose code is the user's. */
  roots: readonly string[]
  detail: string
  /** Packages to record besides, and modules not to record. */
  include: readonly string[]
  exclude: readonly string[]
  /** Spool and spawn that the program is in the journal, should it have no agent: `name:1`. */
  parent: string
}

/** The environment to run a program in, so that every Python interpreter in it starts its agent. */
export function agentEnvironment(environment: NodeJS.ProcessEnv, orders: AgentOrders): NodeJS.ProcessEnv {
  const site = join(packageRoot, 'agents', 'python', 'site')
  const path = environment['PYTHONPATH']
  // Of a run around this one, nothing but the agents' folder is for us.
  const { VAMPIRA_INCLUDE: _include, VAMPIRA_EXCLUDE: _exclude, ...own } = environment
  return {
    ...own,
    PYTHONPATH: path === undefined || path === '' ? site : `${site}${delimiter}${path}`,
    VAMPIRA_JOURNAL: orders.journal,
    VAMPIRA_ROOTS: orders.roots.join(delimiter),
    VAMPIRA_DETAIL: orders.detail,
    VAMPIRA_PARENT: orders.parent,
    ...(orders.include.length > 0 && { VAMPIRA_INCLUDE: orders.include.join(',') }),
    ...(orders.exclude.length > 0 && { VAMPIRA_EXCLUDE: orders.exclude.join(',') }),
  }
}
