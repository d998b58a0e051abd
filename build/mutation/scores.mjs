import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Killed share of `total` mutants with Wilson's 95 % interval, which holds for small samples too.
 * https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
 */
export function score(killed, total) {
  const z = 1.96
  const share = killed / total
  const centre = (share + (z * z) / (2 * total)) / (1 + (z * z) / total)
  const half =
    (z / (1 + (z * z) / total)) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half), total }
}

/** `61 % (52–69, n 120)`; a room of which every mutant was run has no interval. */
export function formatScore({ share, low, high, total }, isSample) {
  const interval = isSample ? `${percent(low)}–${percent(high)}, n ${total}` : `all ${total}`
  return `${percent(share)} % (${interval})`
}

/** The recorded score of a room in the table of the page, or undefined. `low` is the least that is no loss. */
export function readScore(page, room) {
  const cell = rowOf(readFileSync(page, 'utf8'), room)?.now
  const [, share, low] = /^(\d+) %(?: \((\d+)–)?/.exec(cell ?? '') ?? []
  if (share === undefined) return undefined
  return { share: Number(share) / 100, low: Number(low ?? share) / 100, text: cell }
}

/** Writes a score into the room's row, or into a new row at the end of the table. */
export function writeScore(page, room, column, text) {
  const content = readFileSync(page, 'utf8')
  const row = rowOf(content, room)
  const cells = { before: row?.before ?? '', now: row?.now ?? '', [column]: text }
  const line = `| \`${room}\` | ${cells.before} | ${cells.now} |`
  if (row !== undefined) {
    writeFileSync(page, content.replace(row.line, line))
    return
  }
  const last = content.lastIndexOf('\n| ')
  const end = content.indexOf('\n', last + 1)
  writeFileSync(page, `${content.slice(0, end)}\n${line}${content.slice(end)}`)
}

function rowOf(content, room) {
  for (const line of content.split('\n')) {
    const [, name, before, now] = line.split('|').map((cell) => cell.trim())
    if (name === `\`${room}\``) return { line, before, now }
  }
  return undefined
}

function percent(share) {
  return Math.round(share * 100)
}
