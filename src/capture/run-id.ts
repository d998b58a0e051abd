import type { Clock } from './clock.ts'

/**
 * A UUIDv7 of this moment: milliseconds since 1970 in 48 bits, version, 12 random bits, variant, 62 random bits (RFC
 * 9562, section 5.7). Runs sort by their ids.
 */
export function mintRunId(clock: Clock): string {
  // Written out: the package that does it takes 15 ms to load, while the program waits to be started.
  const bytes = Buffer.from(clock.random(16))
  bytes.writeUIntBE(Number(clock.wall() / 1_000_000n), 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
