import { delimiter } from 'node:path'
import { agents } from './agents.ts'

/** What agents read from the program's environment. */
export interface AgentOrders {
  /** Absolute path of the journal's folder. */
  journal: string
  /** Folders whose code is the user's. */
  roots: readonly string[]
  detail: string
  /** Packages to record besides, and modules not to record. */
  include: readonly string[]
  exclude: readonly string[]
  /** Regular expression that fits paths of files that are no data. */
  ignored?: string | undefined
  /** Spool and spawn that the program is in the journal, should it have no agent: `name:1`. */
  parent: string
}

/** The environment to run a program in, so that every interpreter in it that has an agent starts it. */
export function agentEnvironment(environment: NodeJS.ProcessEnv, orders: AgentOrders): NodeJS.ProcessEnv {
  // Of a run around this one, nothing but the agents' folder is for us.
  const {
    VAMPIRA_INCLUDE: _include,
    VAMPIRA_EXCLUDE: _exclude,
    VAMPIRA_IGNORED: _ignored,
    ...own
  } = environment
  return {
    ...own,
    ...Object.fromEntries(agents.flatMap((agent) => Object.entries(agent.start(environment)))),
    VAMPIRA_JOURNAL: orders.journal,
    VAMPIRA_ROOTS: orders.roots.join(delimiter),
    VAMPIRA_DETAIL: orders.detail,
    VAMPIRA_PARENT: orders.parent,
    ...(orders.include.length > 0 && { VAMPIRA_INCLUDE: orders.include.join(',') }),
    ...(orders.exclude.length > 0 && { VAMPIRA_EXCLUDE: orders.exclude.join(',') }),
    ...(orders.ignored !== undefined && { VAMPIRA_IGNORED: orders.ignored }),
  }
}
