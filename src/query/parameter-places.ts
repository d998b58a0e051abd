/** Where the parameters of a query stand in its text: the text between them, and what each place is for. */
export interface ParameterPlaces {
  /** One more than there are places. */
  texts: readonly string[]
  /** What stands behind each text but the last. */
  places: readonly ParameterPlace[]
}

export type ParameterPlace = { parameter: string } | { limit: string | undefined }

/**
 * The tokens of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#grammar) in which letters and braces mean something
 * else, and what is looked for between them. The parser knows all of it, but takes longer to be loaded than most
 * questions to be answered.
 */
const space = String.raw`(?:\s|#[^\n\r]*[\n\r])`
const letter = String.raw`[\w\u00b7-\u{10ffff}]`
const token = new RegExp(
  [
    String.raw`"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""|'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''`,
    String.raw`"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'`,
    String.raw`<[^<>"{}|^\x60\\\x00-\x20]*>`,
    String.raw`(?<comment>#[^\n\r]*)`,
    String.raw`VALUES${space}*[?$](?<parameter>${letter}+)${space}*\{${space}*UNDEF${space}*\}`,
    String.raw`LIMIT${space}*(?<limit>\d+)(?!${letter})`,
    String.raw`(?<table>VALUES)(?!${letter}|[:-])`,
    // A variable, or a name or keyword.
    String.raw`[?$]${letter}+|(?:${letter}|[:@])(?:${letter}|[:.%-]|\\.)*`,
    String.raw`(?<brace>[{}])`,
  ].join('|'),
  'gisu',
)

/**
 * Finds the blocks `VALUES ?name { UNDEF }` of a query, and the place of its LIMIT, be there one or not. Comments are
 * left out of the texts, their lines are not.
 */
export function findParameterPlaces(sparql: string): ParameterPlaces {
  const texts: string[] = []
  const places: ParameterPlace[] = []
  let text = ''
  let depth = 0
  let limited = false
  const place = (found: ParameterPlace) => {
    texts.push(text)
    places.push(found)
    text = ''
    limited ||= 'limit' in found
  }
  let done = 0
  for (const { 0: whole, index, groups = {} } of sparql.matchAll(token)) {
    text += sparql.slice(done, index)
    done = index + whole.length
    const { comment, parameter, limit, table, brace } = groups
    if (comment !== undefined) continue
    if (brace !== undefined) depth += brace === '{' ? 1 : -1
    if (parameter !== undefined) place({ parameter })
    else if (limit !== undefined && depth === 0) place({ limit })
    else {
      // The table of values behind a query stands behind its LIMIT.
      if (table !== undefined && depth === 0 && !limited) place({ limit: undefined })
      text += whole
    }
  }
  text += sparql.slice(done)
  if (!limited) place({ limit: undefined })
  return { texts: [...texts, text], places }
}
