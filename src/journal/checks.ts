/** Whether something that was read from JSON is as the contract says. */
export type Check = (value: unknown) => boolean

export interface Fields {
  required: readonly string[]
  checks: ReadonlyMap<string, Check>
}

export const isAnything: Check = () => true
export const isString: Check = (value) => typeof value === 'string'
export const isBoolean: Check = (value) => typeof value === 'boolean'
export const isInteger: Check = (value) => Number.isInteger(value)
export const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0
export const isPositive: Check = (value) => Number.isInteger(value) && (value as number) >= 1
export const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Null, a boolean, a string or a number. */
export const isPlain: Check = (value) => value === null || (typeof value !== 'object' && value !== undefined)

export function constant(wanted: unknown): Check {
  return (value) => value === wanted
}

export function matching(pattern: RegExp): Check {
  return (value) => typeof value === 'string' && pattern.test(value)
}

export function oneOf(...values: string[]): Check {
  return (value) => typeof value === 'string' && values.includes(value)
}

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check)
}

export function pairOf(first: Check, second: Check): Check {
  return (value) => Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1])
}

/** A JSON object with any names, whose values are all like this. */
export function mapOf(check: Check): Check {
  return (value) => isObject(value) && Object.values(value as object).every(check)
}

/** A JSON object with these fields (`name?` is optional) and no other. */
export function shaped(fields: Record<string, Check>): Check {
  const { required, checks } = readFields(fields)
  return (value) => {
    if (typeof value !== 'object' || value === null) return false
    const found = value as Record<string, unknown>
    for (const name of required) if (found[name] === undefined) return false
    for (const name in found) if (!(checks.get(name)?.(found[name]) ?? false)) return false
    return true
  }
}

/** Something plain, or an object that is like what its `$` says. */
export function taggedOr(plain: Check, byTag: Record<string, Check>): Check {
  const checks = new Map<unknown, Check>(Object.entries(byTag))
  return (value) => {
    // Most values are plain.
    if (typeof value !== 'object' || value === null) return plain(value)
    return checks.get((value as { $?: unknown }).$)?.(value) ?? false
  }
}

export function readFields(fields: Record<string, Check>): Fields {
  const required: string[] = []
  const checks = new Map<string, Check>()
  for (const [name, check] of Object.entries(fields)) {
    if (name.endsWith('?')) checks.set(name.slice(0, -1), check)
    else {
      required.push(name)
      checks.set(name, check)
    }
  }
  return { required, checks }
}
