import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

/** A UUIDv7 (RFC 9562, section 5.7) of this moment: runs sort by their ids. */
export function mintRunId(clock: Clock): string {
  return v7({ msecs: Number(clock.wall() / 1_000_000n), random: clock.random(16) })
}
