/** Where capture takes its times and its chance from; a test passes its own. */
export interface Clock {
  /** Nanoseconds since 1970 UTC. */
  wall(): bigint
  /** Nanoseconds of CLOCK_MONOTONIC, the clock the agents use too. */
  monotonic(): bigint
  /** So many random bytes. */
  random(size: number): Uint8Array
}

export const systemClock: Clock = {
  wall: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
  monotonic: () => process.hrtime.bigint(),
  random: (size) => crypto.getRandomValues(new Uint8Array(size)),
}
