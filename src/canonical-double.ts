/**
 * The canonical lexical form of an xsd:double: `2.5E0`, with one digit before the point and at least one after it
 * (XML Schema 1.1 part 2, section 3.3.5.2).
 */
export function canonicalDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF'
  if (Object.is(value, -0)) return '-0.0E0'
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}

/** The text of an xsd:double as people write it: `5` for `5.0E0`; what is no number (`INF`, `NaN`) stays. */
export function doubleAsWritten(lexical: string): string {
  const value = Number(lexical)
  if (Number.isNaN(value)) return lexical
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e')
}
