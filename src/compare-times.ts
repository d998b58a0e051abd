/** Orders two xsd:dateTimes in UTC to the last digit of a second, which JavaScript's dates would cut off. */
export function compareTimes(one: string, other: string): number {
  // Impact over a thousand runs compares a million times, nearly all of them written alike.
  if (one === other) return 0
  if (isPlain(one) && isPlain(other))
    return (
      compare(one.slice(0, wholeSeconds), other.slice(0, wholeSeconds)) ||
      compare(fraction(one), fraction(other))
    )
  const [a, b] = [split(one), split(other)]
  return a.seconds === b.seconds ? compare(a.fraction, b.fraction) : compare(a.seconds, b.seconds)
}

/** Characters of `2026-11-23T10:00:00`. */
const wholeSeconds = 19

/** Whether it begins `2026-11-23T` and ends with Z. Midnight may be written as 24:00:00 of the day before. */
function isPlain(time: string): boolean {
  return time[10] === 'T' && time.endsWith('Z') && !time.startsWith('24', 11)
}

/** What follows the whole seconds of a plain time: equal for equal ones. */
function fraction(time: string): string {
  const digits = time.slice(wholeSeconds, -1)
  return digits.endsWith('0') ? digits.replace(/\.?0+$/, '') : digits
}

function split(time: string): { seconds: number; fraction: string } {
  const match = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/.exec(time)
  return {
    seconds: Date.parse(`${match?.[1] ?? time}${match?.[3] ?? 'Z'}`),
    fraction: (match?.[2] ?? '').replace(/0+$/, ''),
  }
}

function compare<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
