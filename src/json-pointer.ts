/**
 * What a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) leads to, `-1` being the last element of a
 * list; undefined where it leads nowhere.
 * @param pointer or the names that it consists of
 */
export function valueAt(value: unknown, pointer: string | readonly string[]): unknown {
  const names = typeof pointer === 'string' ? namesOf(pointer) : pointer
  return names.reduce<unknown>((at, name) => {
    if (Array.isArray(at)) return (at as unknown[]).at(/^-?\d+$/.test(name) ? Number(name) : Number.NaN)
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    return (at as Record<string, unknown>)[name]
  }, value)
}

function namesOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The pointer to a member of this name. */
export function pointerOf(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
