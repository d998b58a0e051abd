/** Bars with their words, of one picture. */
export interface BarChart {
  title: string
  bars: readonly { label: string; count: number }[]
}

const [left, barsWidth, right] = [150, 300, 60]
const [lineHeight, barHeight, titleHeight, gap] = [18, 13, 24, 14]
const longest = 22

/** Bar charts below one another as an SVG picture that stands alone, with text that can be searched and read aloud. */
export function histogramSvg(charts: readonly BarChart[]): string {
  const lines: string[] = []
  let top = gap
  for (const { title, bars } of charts) {
    const most = bars.reduce((max, { count }) => Math.max(max, count), 1)
    lines.push(`<text x="8" y="${top + 12}" font-weight="bold">${escape(title)}</text>`)
    top += titleHeight
    for (const { label, count } of bars) {
      const width = Number(((count / most) * barsWidth).toFixed(1))
      const middle = top + barHeight - 2
      lines.push(
        `<g><title>${escape(`${label}: ${count}`)}</title>` +
          `<text x="${left - 6}" y="${middle}" text-anchor="end">${escape(shortened(label))}</text>` +
          `<rect x="${left}" y="${top}" width="${width}" height="${barHeight}" fill="#4269d0"/>` +
          `<text x="${left + width + 5}" y="${middle}" fill="#555">${count}</text></g>`,
      )
      top += lineHeight
    }
    top += gap
  }
  const width = left + barsWidth + right
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n')
}

function shortened(label: string): string {
  return label.length > longest ? `${label.slice(0, longest - 1)}…` : label
}

/** XML has no other control characters than these. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
