/** A `#` to the end of its line, but not inside quotes; and quoted texts, of one line or of several. */
const quotedOrComment = /("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g
const definition = /\b(def|class)\s+$/

/**
 * Components that a Python script calls, in the order in which it would come to them reading from top to bottom: what is
 * inside a call's parentheses before the call. It is read, not run: a call by a name that the script made up is not seen.
 * Programs are found by their names as texts of their own, `['sort', …]`.
 *
 * @param names of the components that are known, by IRI
 */
export function callsInScript(script: string, names: ReadonlyMap<string, string>): string[] {
  const found: { component: string; at: number }[] = []
  const code = script.replaceAll(quotedOrComment, (text, _, at: number) => {
    const program = [...names].find(([, name]) => text.slice(1, -1) === name)
    if (program !== undefined) found.push({ component: program[0], at })
    return ' '.repeat(text.length)
  })
  const words = new Set(code.match(/\w+/g))
  for (const match of code.matchAll(/([A-Za-z_][\w.]*)\s*\(/g)) {
    if (definition.test(code.slice(0, match.index))) continue
    const component = called(match[1]!, names, words)
    if (component !== undefined) found.push({ component, at: closing(code, match.index + match[0].length) })
  }
  return [...new Set(found.toSorted((a, b) => a.at - b.at).map(({ component }) => component))]
}

/** Of components with this last word, the one of whose module the script says most words. */
function called(
  call: string,
  names: ReadonlyMap<string, string>,
  words: ReadonlySet<string>,
): string | undefined {
  const last = call.replace(/^.*\./, '')
  const said = (name: string) =>
    name.split('.').filter((word) => words.has(word)).length / name.split('.').length
  return [...names]
    .filter(([, name]) => name === last || name.replace(/\.__init__$/, '').endsWith(`.${last}`))
    .toSorted(([, one], [, other]) => said(other) - said(one))[0]?.[0]
}

/** Where the parenthesis that was opened before this place is closed. */
function closing(code: string, from: number): number {
  let depth = 1
  let at = from
  for (; at < code.length && depth > 0; at++) {
    if (code[at] === '(') depth++
    if (code[at] === ')') depth--
  }
  return at
}
