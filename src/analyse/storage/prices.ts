import { UsageError } from '../../errors.ts'

/** What keeping and computing cost, in any currency, and how often things are used. */
export interface StoragePrices {
  /** To keep 2³⁰ bytes for a month. */
  keep: number
  /** An hour of one processor. */
  compute: number
  /** How often a month each file is used; where absent, as often as runs read it. */
  uses?: number
}

/**
 * US dollars, list prices of Amazon Web Services in the region us-east-1: S3 Standard, $0.023 per GB-month
 * (https://aws.amazon.com/s3/pricing/), and an m5.large on demand, $0.096 an hour for two processors
 * (https://aws.amazon.com/ec2/pricing/on-demand/).
 */
export const usualPrices: StoragePrices = { keep: 0.023, compute: 0.048 }

/** @throws UsageError for a price or a rate below 0 */
export function checkPrices(prices: StoragePrices): void {
  const names = {
    keep: 'The price of keeping',
    compute: 'The price of computing',
    uses: 'The rate of use',
  } as const
  for (const [name, what] of Object.entries(names)) {
    const value = prices[name as keyof StoragePrices]
    if (value === undefined || (Number.isFinite(value) && value >= 0)) continue
    throw new UsageError(`${what} must be a number from 0, and is ${value}`)
  }
}
