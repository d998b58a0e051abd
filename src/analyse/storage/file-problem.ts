import { middle } from '../statistics/middle.ts'
import { findBestPlan } from './best-plan.ts'
import { planEachAlone } from './local-search.ts'
import { costToMake, isOpen, stepsToMake, totalCost } from './plan-problem.ts'
import type { Plan, PlanDatum } from './plan-problem.ts'
import { rangeOf, type PlanRange } from './plan-range.ts'
import type { PresentFiles } from './present-files.ts'
import type { StoragePrices } from './prices.ts'
import { secondsOfOne, type RemakeStep } from './remake-steps.ts'
import type { Remakings } from './remaking.ts'
import { splitProblem, type ProblemPart } from './split-problem.ts'
import type { PlannedFile, StorageCosts, StoragePlan } from './planned-file.ts'
import type { UseRate } from './use-rate.ts'

/** The plan, asked of each file. */
interface SolvedProblem {
  costs: StorageCosts
  gap: number
  holds: StoragePlan['holds']
  isDropped(content: string): boolean
  /** @returns undefined for what is not part of the plan */
  remakeOf(content: string): PlannedFile['remake']
}

interface Given {
  /** What is still there and may be dropped if it can be made again. */
  contents: readonly string[]
  remakings: Remakings
  present: PresentFiles
  uses: ReadonlyMap<string, UseRate>
  prices: StoragePrices
}

const bytesOfPrice = 2 ** 30

/** Files and the steps that make them, as a problem of keeping and making with prices. */
export class FileProblem {
  readonly #given: Given
  readonly #data: PlanDatum[] = []
  readonly #steps: { cost: number; seconds: number; inputs: number[]; needs: number[] }[] = []
  readonly #indexes = new Map<string, number>()
  readonly #stepIndexes = new Map<RemakeStep, number>()
  readonly #open: ReadonlySet<string>

  constructor(given: Given) {
    this.#given = given
    this.#open = new Set(given.contents)
    for (const content of given.contents) this.#add(content)
  }

  /** At all places. */
  bytesOf(content: string): number {
    const { remakings, present } = this.#given
    const size = remakings.makingsOf(content).find(({ sizeBytes }) => sizeBytes !== undefined)?.sizeBytes ?? 0
    return size * (present.places.get(content)?.length ?? 0)
  }

  keepCostOf(content: string): number {
    return (this.bytesOf(content) / bytesOfPrice) * this.#given.prices.keep
  }

  async solve(): Promise<SolvedProblem> {
    const { contents, prices } = this.#given
    const whole = { data: this.#data, steps: this.#steps }
    const parts = splitProblem(whole)
    const plan = whole.data.map(() => false)
    const inPart = new Map<number, { part: ProblemPart; at: number; plan: Plan }>()
    let [best, notBelow, eachAlone, dropAll] = [0, 0, 0, 0]
    const range: PlanRange = { from: 0 }
    for (const part of parts) {
      const found = await findBestPlan(part)
      part.places.forEach((place, at) => {
        plan[place] = found.plan[at] === true
        inPart.set(place, { part, at, plan: found.plan })
      })
      const cost = totalCost(part, found.plan)
      best += cost
      notBelow += cost * (1 - found.gap)
      eachAlone += totalCost(part, planEachAlone(part))
      dropAll += totalCost(
        part,
        part.data.map(() => false),
      )
      const { from, to = Infinity } = await rangeOf(part, found.plan)
      range.from = Math.max(range.from, from)
      if (to < (range.to ?? Infinity)) range.to = to
    }
    const keeping = (list: readonly string[]) =>
      list.reduce((sum, content) => sum + this.keepCostOf(content), 0)
    const fixed = keeping(contents.filter((content) => !this.#indexes.has(content)))
    return {
      costs: {
        plan: fixed + best,
        keepAll: keeping(contents),
        dropAll: fixed + dropAll,
        eachAlone: fixed + eachAlone,
      },
      gap: best === 0 ? 0 : 1 - notBelow / best,
      holds: {
        keep: {
          from: range.from * prices.keep,
          ...(range.to !== undefined && { to: range.to * prices.keep }),
        },
        uses: {
          from: range.to === undefined ? 0 : 1 / range.to,
          ...(range.from > 0 && { to: 1 / range.from }),
        },
      },
      isDropped: (content) => {
        const index = this.#indexes.get(content)
        return index !== undefined && plan[index] === false
      },
      remakeOf: (content) => {
        const place = inPart.get(this.#indexes.get(content) ?? -1)
        if (place === undefined) return undefined
        const { part, at } = place
        const all = part.data.map(isOpen)
        const steps = stepsToMake(part, all, at)
        const { compute, keep } = prices
        const cost = costToMake(part, all, at)
        const saved = savedByKeeping(part, place.plan, at)
        const bytes = this.bytesOf(content)
        return {
          seconds: compute === 0 ? this.#secondsOf(content) : (cost / compute) * 3600,
          steps: steps.size,
          cost: part.data[at]!.uses * costToMake(part, place.plan, at),
          keepUpTo: bytes === 0 ? keep : saved / (bytes / bytesOfPrice),
        }
      },
    }
  }

  #secondsOf(content: string): number {
    const index = this.#indexes.get(content)!
    const all = this.#data.map(isOpen)
    let seconds = 0
    for (const step of stepsToMake({ data: this.#data, steps: this.#steps }, all, index))
      seconds += this.#steps[step]!.seconds
    return seconds
  }

  /** @returns undefined for what is kept in any case, or has no part in the plan */
  #add(content: string): number | undefined {
    const known = this.#indexes.get(content)
    if (known !== undefined) return known
    const { remakings, uses } = this.#given
    const isOpenHere = this.#open.has(content)
    // What is there and not asked about stays there.
    if (!isOpenHere && remakings.isThere(content)) return undefined
    const remaking = remakings.of(content)
    if (!('step' in remaking)) return undefined
    const index = this.#data.length
    this.#indexes.set(content, index)
    const datum = {
      keepCost: isOpenHere ? this.keepCostOf(content) : Infinity,
      uses: isOpenHere ? (uses.get(content)?.perMonth ?? 0) : 0,
      maker: -1,
    }
    this.#data.push(datum)
    datum.maker = this.#addStep(remaking.step, medianSeconds(remakings, content, remaking.making.component))
    return index
  }

  /** @param seconds what several runs say, where it is the one that wrote a file */
  #addStep(step: RemakeStep, seconds = step.seconds): number {
    const known = this.#stepIndexes.get(step)
    if (known !== undefined) return known
    const index = this.#steps.length
    this.#stepIndexes.set(step, index)
    const cost = (seconds / 3600) * this.#given.prices.compute
    const added = { cost, seconds, inputs: [] as number[], needs: [] as number[] }
    this.#steps.push(added)
    for (const input of step.inputs) {
      const at = this.#add(input)
      if (at !== undefined) added.inputs.push(at)
    }
    added.needs = step.needs.map((need) => this.#addStep(need))
    return index
  }
}

/** Money a month that the others cost less because this one is kept, and its own making. */
function savedByKeeping(part: ProblemPart, plan: Plan, at: number): number {
  const making = (isKept: boolean) => {
    const changed = plan.map((each, index) => (index === at ? isKept : each))
    const free: readonly PlanDatum[] = part.data.map((datum) => ({
      ...datum,
      keepCost: isOpen(datum) ? 0 : Infinity,
    }))
    return totalCost({ data: free, steps: part.steps }, changed)
  }
  return making(false) - making(true)
}

/** Of all times that this component made it: one of them may have had to wait for others on the machine. */
function medianSeconds(remakings: Remakings, content: string, component: string): number | undefined {
  const seconds = remakings
    .makingsOf(content)
    .filter((making) => making.component === component && making.run.status === 'Completed')
    .flatMap((making) => secondsOfOne(making) ?? [])
  return seconds.length < 2 ? undefined : middle(seconds)
}
