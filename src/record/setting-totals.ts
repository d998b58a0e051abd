import type { JournalValue } from '../journal/line.ts'
import { fieldsOf } from './fields.ts'
import { Histogram } from './histogram.ts'
import { literalOf, numberOf } from './literals.ts'
import type { Literal, Setting, SettingValue } from './run.ts'

/** Distinct values of a parameter that are listed; beyond them numbers become a histogram. */
const listed = 50

/** Fields of parameters that are told apart. Objects with ever new names are no settings. */
const named = 200

/**
 * What the parameters of a component were over many calls: literals, and the fields of objects that hold settings.
 * Other objects are no settings.
 */
export class SettingTotals {
  readonly #parameters: (ParameterValues | undefined)[] = []
  readonly #fields = new Map<string, { position: number; path: string; values: ParameterValues }>()

  /** @param defaults positions of the values that the caller left to their defaults */
  add(arguments_: readonly JournalValue[] | undefined, defaults: readonly number[] = []): void {
    arguments_?.forEach((value, position) => {
      if (typeof value === 'number' && this.#parameters[position]?.addNumber(value) === true) return
      const isDefault = defaults.includes(position)
      if (this.#addFields(value, position, isDefault)) return
      const isSecret = typeof value === 'object' && value !== null && value.$ === 'redacted'
      const literal = isSecret ? undefined : literalOf(value)
      if (literal === undefined && !isSecret) return
      const values = (this.#parameters[position] ??= new ParameterValues())
      if (literal === undefined) values.redacted = true
      else values.add(literal, isDefault)
    })
  }

  /** The values of the call that began last, where they are listed. */
  current(): SettingValue[] {
    const all = [...this.#parameters, ...[...this.#fields.values()].map(({ values }) => values)]
    return all.flatMap((values) => values?.current ?? [])
  }

  read(): Setting[] {
    const settings: Setting[] = []
    this.#parameters.forEach((values, position) => {
      if (values !== undefined) settings.push(values.read(position))
    })
    for (const { position, path, values } of this.#fields.values()) {
      settings.push({ ...values.read(position), field: path })
    }
    return settings
  }

  /** Adds the fields of an object; false where it has none, or no more of them can be told apart. */
  #addFields(value: JournalValue, position: number, isDefault: boolean): boolean {
    const fields = fieldsOf(value)
    if (fields === undefined) return false
    const keys = fields.map(({ path }) => `${position} ${path}`)
    if (this.#fields.size + keys.filter((key) => !this.#fields.has(key)).length > named) return false
    fields.forEach(({ path, literal }, index) => {
      const key = keys[index]!
      let field = this.#fields.get(key)
      if (field === undefined) {
        this.#fields.set(key, (field = { position, path, values: new ParameterValues() }))
      }
      if (literal === undefined) field.values.redacted = true
      else field.values.add(literal, isDefault)
    })
    return true
  }
}

class ParameterValues {
  redacted = false
  current: SettingValue | undefined
  #sampled = 0
  readonly #counts = new Map<string, SettingValue>()
  #histogram: Histogram | undefined

  add(literal: Literal, isDefault: boolean): void {
    this.#sampled++
    const key = `${literal.type} ${literal.lexical}`
    const known = this.#counts.get(key)
    this.current = known
    if (known !== undefined) {
      known.count++
      if (!isDefault) known.isDefault = undefined
      return
    }
    if (this.#histogram === undefined && this.#counts.size < listed) {
      this.current = { literal, count: 1, ...(isDefault && { isDefault }) }
      this.#counts.set(key, this.current)
      return
    }
    this.#spread()
    const number = numberOf(literal)
    if (number !== undefined) this.#histogram?.add(number, 1)
    // Texts beyond the bound are counted in sampledCount only.
  }

  /** Adds a number to the histogram, if it has come to that. */
  addNumber(value: number): boolean {
    if (this.#histogram === undefined) return false
    this.current = undefined
    this.#sampled++
    this.#histogram.add(value, 1)
    return true
  }

  read(parameter: number): Setting {
    return {
      parameter,
      values: [...this.#counts.values()],
      histogram: this.#histogram?.read(),
      sampledCount: this.#sampled,
      redacted: this.redacted,
    }
  }

  #spread(): void {
    if (this.#histogram !== undefined) return
    const numbers = [...this.#counts].filter(([, { literal }]) => numberOf(literal) !== undefined)
    if (numbers.length === 0) return
    this.#histogram = new Histogram()
    for (const [key, { literal, count }] of numbers) {
      this.#histogram.add(numberOf(literal) ?? 0, count)
      this.#counts.delete(key)
    }
  }
}
