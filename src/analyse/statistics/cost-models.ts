import { fitLinear } from './least-squares.ts'
import { middle } from './middle.ts'

/** Something that was measured, on a logarithmic scale: what doubles is as far off as what halves. */
export interface Observation {
  /** What was measured together and is left out together: a run. */
  group: string
  /** What may explain it, the logarithm of the size first. All rows are equally long. */
  row: readonly number[]
  /** Its logarithm. */
  value: number
}

/** Expects the logarithm of a value from a row. */
export type Fitted = (row: readonly number[]) => number

/** A way to expect a value from earlier ones. */
export interface CostModel {
  /** `nearest 5`. */
  name: string
  /** Which places of the row it looks at. */
  uses: readonly number[]
  /** @returns undefined where the observations do not determine it */
  fit(observations: readonly Observation[]): Fitted | undefined
}

const neighbours = 5

/** The mean of what was measured, not of its logarithms: what plain averages say, to be set beside. */
export const mean: CostModel = {
  name: 'mean',
  uses: [],
  fit(observations) {
    if (observations.length === 0) return undefined
    const total = observations.reduce((sum, { value }) => sum + Math.exp(value), 0)
    const expected = Math.log(total / observations.length)
    return () => expected
  },
}

export const median: CostModel = {
  name: 'median',
  uses: [],
  fit(observations) {
    if (observations.length === 0) return undefined
    const expected = middle(observations.map(({ value }) => value))
    return () => expected
  },
}

/** A power of the size: a straight line of logarithms, and exponential in what else is given. */
export function linear(uses: readonly number[] = [0]): CostModel {
  return {
    name: 'linear',
    uses,
    fit(observations) {
      const fit = fitLinear(
        observations.map(({ row }) => uses.map((at) => row[at]!)),
        observations.map(({ value }) => value),
      )
      return fit && ((row) => fit.at(uses.map((at) => row[at]!)).expected)
    },
  }
}

/** The same, which never expects more or less than was ever measured: a line through few sizes runs far off. */
export function boundedLinear(uses: readonly number[] = [0]): CostModel {
  const free = linear(uses)
  return {
    name: 'bounded line',
    uses,
    fit(observations) {
      const fitted = free.fit(observations)
      if (fitted === undefined) return undefined
      let [low, high] = [Infinity, -Infinity]
      for (const { value } of observations) [low, high] = [Math.min(low, value), Math.max(high, value)]
      return (row) => Math.min(high, Math.max(low, fitted(row)))
    },
  }
}

/** The median of the five that were nearest in size; where the fifth has equals, of all of these. */
export const nearest: CostModel = {
  name: `nearest ${neighbours}`,
  uses: [0],
  fit(observations) {
    if (observations.length === 0) return undefined
    const sizes = observations.map(({ row, value }) => ({ size: row[0] ?? 0, value }))
    return (row) => {
      const near = sizes
        .map(({ size, value }) => ({ distance: Math.abs(size - (row[0] ?? 0)), value }))
        .toSorted((a, b) => a.distance - b.distance)
      const reach = near[Math.min(neighbours, near.length) - 1]!.distance + 1e-9
      return middle(near.filter(({ distance }) => distance <= reach).map(({ value }) => value))
    }
  },
}
