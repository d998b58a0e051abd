/**
 * The text that makes a version of a component: its lines (from 1, both included), dedented, with LF, without
 * blanks at the ends of lines or blank lines at the end.
 */
export function sliceSource(source: string, line: number, endLine: number): string {
  return tidy(splitLines(source).slice(line - 1, endLine))
}

/** A module's own text: the headers of its functions and classes belong to it, their bodies do not. */
export function moduleSource(source: string): string {
  const kept: string[] = []
  // Indentation of the innermost definition whose body is being left out.
  let definition: number | undefined
  let isHeader = false
  for (const { text, startsStatement, endsHeader } of scanPython(splitLines(source))) {
    const isBlank = text.trim() === ''
    const indentation = text.length - text.trimStart().length
    if (startsStatement && !isBlank && !text.trimStart().startsWith('#')) {
      if (definition !== undefined && indentation <= definition) definition = undefined
      if (definition === undefined && /^\s*(?:async\s+def|def|class)\s/.test(text)) {
        definition = indentation
        isHeader = true
      }
    }
    if (definition === undefined) kept.push(text)
    else if (isHeader) {
      kept.push(text.slice(0, endsHeader))
      if (endsHeader !== undefined) isHeader = false
    }
  }
  return tidy(kept)
}

interface ScannedLine {
  text: string
  /** Not inside a bracket, a string or a continued line. */
  startsStatement: boolean
  /** Where a colon outside brackets and strings ends the header of a compound statement. */
  endsHeader: number | undefined
}

/** The characters that tell where a string, a bracket, a comment or a block begins or ends. */
const telling = /[\\"'#:()[\]{}]/g

/** Just enough of Python's lexical structure (reference, chapter 2) to know where statements begin. */
function* scanPython(lines: readonly string[]): Generator<ScannedLine> {
  let depth = 0
  let quote: string | undefined
  let continued = false
  for (const text of lines) {
    const startsStatement = depth === 0 && quote === undefined && !continued
    let endsHeader: number | undefined
    continued = false
    for (let i = 0; i < text.length; i++) {
      telling.lastIndex = i
      const found = telling.exec(text)
      if (found === null) break
      i = found.index
      const character = found[0]
      if (character === '\\') {
        if (i === text.length - 1) continued = true
        i++
      } else if (quote !== undefined) {
        if (text.startsWith(quote, i)) {
          i += quote.length - 1
          quote = undefined
        }
      } else if (character === '"' || character === "'") {
        quote = text.startsWith(character.repeat(3), i) ? character.repeat(3) : character
        i += quote.length - 1
      } else if (character === '#') break
      else if ('([{'.includes(character)) depth++
      else if (')]}'.includes(character)) depth = Math.max(0, depth - 1)
      else if (character === ':' && depth === 0) endsHeader ??= i + 1
    }
    // A string in single quotes ends with its line, whatever it looks like.
    if (quote?.length === 1 && !continued) quote = undefined
    yield { text, startsStatement, endsHeader }
  }
}

function splitLines(source: string): string[] {
  return source.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
}

function tidy(lines: readonly string[]): string {
  const trimmed = lines.map((line) => line.trimEnd())
  while (trimmed.length > 0 && trimmed.at(-1) === '') trimmed.pop()
  const indentations = trimmed
    .filter((line) => line !== '')
    .map((line) => line.length - line.trimStart().length)
  const margin = indentations.reduce((least, one) => Math.min(least, one), Infinity)
  return trimmed.map((line) => line.slice(Number.isFinite(margin) ? margin : 0)).join('\n')
}
