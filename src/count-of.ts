/** A count with its thousands apart: `1,048,576`. */
export function formatCount(count: number): string {
  // Not Intl, whose tables take some milliseconds to open: as much as a short command's own work.
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** So many of something: `1 run`, `1,048,576 runs`. */
export function countOf(count: number, one: string, several = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : several}`
}
