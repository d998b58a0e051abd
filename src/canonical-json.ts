/** What JSON can carry. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json | undefined }

/**
 * JSON of one spelling only, by RFC 8785: members sorted by UTF-16 code units, no white space, numbers as
 * ECMAScript writes them. Members that are undefined are left out.
 *
 * @throws RangeError for NaN and infinities, which JSON does not have.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`JSON has no ${value}`)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = value as { readonly [member: string]: Json | undefined }
  const written = Object.keys(members)
    .sort()
    .flatMap((name) => {
      const member = members[name]
      return member === undefined ? [] : [`${JSON.stringify(name)}:${canonicalJson(member)}`]
    })
  return `{${written.join(',')}}`
}
