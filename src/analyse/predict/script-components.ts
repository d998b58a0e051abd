import type { PythonCalls } from '../python-calls.ts'
import type { KnownComponent } from './known-components.ts'

/** A call of a script that is to be predicted. */
export interface MatchedCall {
  component: KnownComponent
  line: number
  isRepeated: boolean
  /** Places in the list of the matched calls whose results it is given. */
  takes: readonly number[]
}

export interface MatchedScript {
  calls: readonly MatchedCall[]
  /** Modules that are imported and whose import was recorded. */
  modules: readonly KnownComponent[]
  /** What is called and was never recorded, by its name. */
  unknown: readonly string[]
}

/**
 * Finds the components that a script calls. A function of its own stands for what it calls, and where none of that is
 * known, for itself, if it was ever recorded.
 *
 * @param script its name without ending, as components have it
 */
export function matchScript(
  { calls, modules }: PythonCalls,
  script: string,
  components: readonly KnownComponent[],
): MatchedScript {
  const found = calls.map((call) =>
    findComponent(call.isLocal ? `${script}.${call.name}` : call.name, components),
  )
  const hasKnownBelow = calls.map((_, at) =>
    calls.some((call, below) => isWithin(calls, below, at) && !call.isLocal && found[below] !== undefined),
  )
  const places = new Map<number, number>()
  const matched: MatchedCall[] = []
  for (const [at, call] of calls.entries()) {
    const component = found[at]
    if (component === undefined || hasKnownBelow[at]) continue
    places.set(at, matched.length)
    matched.push({
      component,
      line: call.line,
      isRepeated: call.isRepeated,
      takes: [...originsOf(calls, call.takes, places, new Set())],
    })
  }
  const unknown = calls.flatMap(({ name, isLocal, isReference }, at) =>
    found[at] === undefined && !isReference && (!isLocal || !hasCallsBelow(calls, at)) ? [name] : [],
  )
  return {
    calls: matched,
    modules: components.filter(({ kind, name }) => kind === 'Module' && modules.includes(name)),
    unknown: [...new Set(unknown)],
  }
}

/** By its name; a package may give a function out under a shorter one, and a class is called by its constructor. */
export function findComponent(
  name: string,
  components: readonly KnownComponent[],
): KnownComponent | undefined {
  const callable = components.filter(({ kind }) => kind !== 'Module')
  const exact = callable.find((each) => each.name === name || each.name === `${name}.__init__`)
  if (exact !== undefined || !name.includes('.')) return exact
  const [root, last] = [name.replace(/\..*/, ''), name.replace(/^.*\./, '')]
  const alike = callable.filter(
    (each) =>
      each.name.startsWith(`${root}.`) &&
      (each.name.endsWith(`.${last}`) || each.name.endsWith(`.${last}.__init__`)),
  )
  return alike.length === 1 ? alike[0] : undefined
}

/** Of results of calls that are not known, what these were given. */
function originsOf(
  calls: PythonCalls['calls'],
  takes: readonly number[],
  places: ReadonlyMap<number, number>,
  seen: Set<number>,
): Set<number> {
  const found = new Set<number>()
  for (const at of takes) {
    if (seen.has(at)) continue
    seen.add(at)
    const place = places.get(at)
    if (place !== undefined) found.add(place)
    else for (const each of originsOf(calls, calls[at]!.takes, places, seen)) found.add(each)
  }
  return found
}

function isWithin(calls: PythonCalls['calls'], below: number, above: number): boolean {
  for (let at = calls[below]!.within; at !== undefined; at = calls[at]!.within) if (at === above) return true
  return false
}

function hasCallsBelow(calls: PythonCalls['calls'], above: number): boolean {
  return calls.some(({ within }) => within === above)
}
