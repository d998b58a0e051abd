import type { StoragePrices } from './prices.ts'
import type { MustKeep } from './remaking.ts'
import type { UseRate } from './use-rate.ts'

/** What a plan says of a content that a run made and that is still there. */
export interface PlannedFile {
  content: string
  /** `file:` URLs of where it is. */
  places: readonly string[]
  /** Of all places together. */
  sizeBytes: number
  format?: string
  /** An intermediate was read by a run. */
  kind: 'product' | 'intermediate'
  /** The run by which it is made again, or that made it last; what wrote it there, and how to start that run. */
  run: string
  component: string
  commandLine?: readonly string[]
  workingDirectory?: string
  decision: 'keep' | 'drop'
  /** Why it has to be kept, whatever that costs. */
  mustKeep?: MustKeep
  /** How often the code that made it made the same again, from the same. */
  equalRepeats: number
  uses: UseRate
  /** Money a month. */
  keepCost: number
  /** To make this one again from what is kept now; absent where that is not sure to work. */
  remake?: {
    seconds: number
    /** Calls and starts of programs. */
    steps: number
    /** Money a month, with the plan. */
    cost: number
    /** The price of keeping, as in `prices`, up to which it is kept if nothing else changes. */
    keepUpTo: number
  }
}

/** Money a month for all files. */
export interface StorageCosts {
  plan: number
  keepAll: number
  /** All that can be made again. */
  dropAll: number
  /** The rule of thumb: each file by itself, as if all others were kept. */
  eachAlone: number
}

export interface StoragePlan {
  prices: StoragePrices
  files: readonly PlannedFile[]
  costs: StorageCosts
  keptBytes: number
  droppedBytes: number
  /** How much dearer it may be than the cheapest plan, as a share: 0 for the cheapest. */
  gap: number
  /** Prices of keeping between which no other plan is cheaper, and the same as factors of all rates of use. */
  holds: {
    keep: { from: number; to?: number }
    uses: { from: number; to?: number }
  }
}
