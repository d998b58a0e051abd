import { expect, test } from 'vitest'
import { mintRunId } from '../../src/capture/run-id.ts'
import { systemClock } from '../../src/capture/clock.ts'

test('A run is named by the UUIDv7 of its moment: the example of RFC 9562, appendix A.6', () => {
  const random = Buffer.from('0000000000000cc318c4dc0c0c07398f', 'hex')
  const clock = { ...systemClock, wall: () => 0x017f22e279b0n * 1_000_000n, random: () => random }
  expect(mintRunId(clock)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('Runs of one moment have different names', () => {
  const clock = { ...systemClock, wall: () => 1_795_726_309_853_000_000n }
  const ids = Array.from({ length: 100 }, () => mintRunId(clock))
  expect(new Set(ids).size).toBe(100)
  for (const id of ids)
    expect(id).toMatch(/^01a2[0-9a-f]{4}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
