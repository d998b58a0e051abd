import { ComponentPair } from './component-pair.ts'
import type { BegunCall, KnownOrder } from './component-pair.ts'
import type { ComponentVersion, Process, SettingValue } from './run.ts'

/** Every pair of a component version and the one that called it, in the order of their first calls. */
export class Pairs {
  readonly all: ComponentPair[] = []
  readonly #byName = new Map<string, ComponentPair>()
  readonly #orders = new Map<ComponentVersion | undefined, KnownOrder>()

  find(component: ComponentVersion, caller: ComponentVersion | undefined): ComponentPair | undefined {
    return this.#byName.get(nameOf(component, caller))
  }

  /** @param firstStart number of the call, should it be the first of its pair */
  of(
    component: ComponentVersion,
    caller: ComponentVersion | undefined,
    process: Process,
    firstStart: number,
  ): ComponentPair {
    const known = this.find(component, caller)
    if (known !== undefined) return known
    const n = this.all.length + 1
    const pair = new ComponentPair(n, component, caller, process, firstStart, this.#orderOf(caller))
    this.all.push(pair)
    this.#byName.set(nameOf(component, caller), pair)
    return pair
  }

  /**
   * What the parameters of each pair were in its last call that has begun. Not where that call belongs to a sibling of
   * this one's callers: of threads that do the same with other settings, each measures its own.
   */
  settingsFor(measured: BegunCall | undefined): SettingValue[] {
    const own = new Set<BegunCall>()
    for (let at = measured; at !== undefined; at = callerOf(at)) own.add(at)
    const pairs = new Set([...own].map(({ pair }) => pair))
    return this.all.flatMap(({ last, settings }) =>
      last !== undefined && isInEffect(last, own, pairs) ? settings.current() : [],
    )
  }

  #orderOf(caller: ComponentVersion | undefined): KnownOrder {
    let order = this.#orders.get(caller)
    if (order === undefined) this.#orders.set(caller, (order = { knownUntil: Infinity }))
    return order
  }
}

function nameOf(component: ComponentVersion, caller: ComponentVersion | undefined): string {
  return `${component.n} ${caller?.n ?? 0}`
}

function isInEffect(
  last: BegunCall,
  own: ReadonlySet<BegunCall>,
  pairs: ReadonlySet<ComponentPair>,
): boolean {
  for (let at: BegunCall | undefined = last; at !== undefined; at = callerOf(at)) {
    if (own.has(at)) return true
    if (pairs.has(at.pair)) return false
  }
  return true
}

function callerOf({ caller }: BegunCall): BegunCall | undefined {
  return caller !== undefined && 'pair' in caller ? caller : undefined
}
