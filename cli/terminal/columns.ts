/** How many columns of a terminal a text takes: graphemes, wide ones (East Asian, emoji) counted twice. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let columns = 0
  for (const grapheme of graphemesOf(text)) columns += wide.test(grapheme) ? 2 : 1
  return columns
}

/** The text cut to that many columns, its end (or, for paths and IRIs, its middle) replaced by an ellipsis. */
export function cut(text: string, columns: number, where: 'end' | 'middle' = 'end'): string {
  if (columnsOf(text) <= columns) return text
  if (columns <= 1) return '…'.slice(0, columns)
  const all = graphemesOf(text)
  const tail = where === 'middle' ? Math.floor((columns - 1) / 2) : 0
  const end = takeWhileFits(all.toReversed(), tail).toReversed().join('')
  return `${takeWhileFits(all, columns - 1 - columnsOf(end)).join('')}…${end}`
}

/**
 * The text with control characters made visible: what a record says came from somebody's program, and must not be able
 * to move the cursor or set the title of the reader's terminal.
 */
export function printable(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character]
    return short ?? `\\u{${character.codePointAt(0)?.toString(16)}}`
  })
}

let segmenter: Intl.Segmenter | undefined

/** Made at the first text that needs it: its tables take 8 ms to open, and most output is ASCII. */
function graphemesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return [...segmenter.segment(text)].map(({ segment }) => segment)
}

// Unicode TR11 classes W and F, by block, and what terminals draw as an emoji.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u

function takeWhileFits(all: readonly string[], columns: number): string[] {
  const taken: string[] = []
  let left = columns
  for (const grapheme of all) {
    left -= columnsOf(grapheme)
    if (left < 0) break
    taken.push(grapheme)
  }
  return taken
}
