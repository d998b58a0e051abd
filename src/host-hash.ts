import { createHash } from 'node:crypto'
import { hostname } from 'node:os'

/** Six hex digits that stand for a host: the same in every run and every store, and not its name. */
export function hashHost(name: string = hostname()): string {
  return createHash('sha256').update(`vampira host ${name}`).digest('hex').slice(0, 6)
}
