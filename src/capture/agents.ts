import type { Agent } from './agents/agent.ts'
import { python } from './agents/python.ts'

/** The agents that start inside of recorded programs, one a language. */
export const agents: readonly Agent[] = [python]
