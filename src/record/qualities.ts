import type { JournalValue, QualityRule } from '../journal/line.ts'
import { valueAt } from '../json-pointer.ts'
import type { Frame } from './frame.ts'
import { literalOf, numberOf, plainJson } from './literals.ts'
import type { Literal, Quality, SettingValue } from './run.ts'

/** Measurements that a run lists. */
const listed = 10_000

/** Links from measurements to the settings that they were made with. */
const linked = 20_000

/** Quality metrics: those the program notes, and what components return that were declared to measure. */
export class Qualities {
  readonly all: Quality[] = []
  readonly #rules = new Map<string, QualityRule[]>()
  readonly #directions = new Map<string, QualityRule['better']>()
  readonly #settingsFor: (measured: Frame | undefined) => readonly SettingValue[]
  #links = 0

  /** @param settingsFor what the parameters were, as far as they had to do with this call, or at all */
  constructor(
    declared: readonly QualityRule[] | undefined,
    settingsFor: (measured: Frame | undefined) => readonly SettingValue[],
  ) {
    this.#settingsFor = settingsFor
    for (const { metric, better } of declared ?? []) this.#directions.set(metric, better)
    for (const rule of declared ?? []) {
      if (rule.component === undefined) continue
      this.#rules.set(rule.component, [...(this.#rules.get(rule.component) ?? []), rule])
    }
  }

  /** Whether what a call returned has a measurement that is still listed. */
  measures(frame: Frame, result: JournalValue): boolean {
    if (this.all.length >= listed) return false
    return this.#rules.get(frame.component.name)?.some((rule) => measured(rule, result)) ?? false
  }

  addResult(frame: Frame, result: JournalValue): void {
    if (!frame.isKept) return
    for (const rule of this.#rules.get(frame.component.name) ?? []) {
      const value = measured(rule, result)
      const call = { call: frame.n }
      const { metric, unit } = rule
      if (value !== undefined)
        this.add({ metric, value, unit, on: call, by: call, summary: frame.pair.n }, frame)
    }
  }

  /** Settings that become known when everything was measured. */
  addSettings(settings: readonly SettingValue[]): void {
    this.all.forEach((quality, index) => {
      if (this.#links >= linked) return
      this.#links += settings.length
      this.all[index] = { ...quality, settings: [...(quality.settings ?? []), ...settings] }
    })
  }

  /** @param frame the call that measured, where that is known */
  add(quality: Quality, frame?: Frame): void {
    if (this.all.length >= listed) return
    const settings = this.#links < linked ? this.#settingsFor(frame) : []
    this.#links += settings.length
    const better = this.#directions.get(quality.metric)
    this.all.push({ ...quality, settings, ...(better !== undefined && { better }) })
  }
}

/** The number that a rule means in what was returned: itself, or a member of a mapping, a list or an object. */
function measured({ metric, pointer }: QualityRule, result: JournalValue): Literal | undefined {
  const whole = pointer === undefined ? literalOf(result) : undefined
  if (whole !== undefined && numberOf(whole) !== undefined) return whole
  if (typeof result !== 'object' || result === null || result.$ !== 'object') return undefined
  const content = plainJson(result.fields ?? result.v)
  const found = valueAt(content, pointer ?? [metric])
  return typeof found === 'number' ? literalOf(found) : undefined
}
