import { parseSync, Visitor } from 'oxc-parser'

/** One module specifier in a source file. */
export interface Import {
  specifier: string
  line: number
  /** Erased at build: `import type`, `export type`, `import('…').Type`, or only type names in the braces. */
  isType: boolean
  /** `await import(…)`. */
  isDynamic: boolean
}

/** Every import, re-export, dynamic import and import type of a TypeScript source, in order of appearance. */
export function readImports(path: string, source: string): Import[] {
  const { module, program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const found: (Import & { start: number })[] = []
  const add = (specifier: string, start: number, isType: boolean, isDynamic: boolean): void => {
    const line = source.slice(0, start).split('\n').length
    found.push({ specifier, line, isType, isDynamic, start })
  }
  for (const { moduleRequest, entries, start } of module.staticImports) {
    add(moduleRequest.value, start, entries.length > 0 && entries.every(({ isType }) => isType), false)
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType, start } of entries) {
      if (moduleRequest !== null) add(moduleRequest.value, start, isType, false)
    }
  }
  new Visitor({
    ImportExpression({ source: from, start }) {
      // A computed specifier could reach anything, so it is listed as it stands there and matches no rule.
      const isText = from.type === 'Literal' && typeof from.value === 'string'
      add(isText ? (from.value as string) : source.slice(from.start, from.end), start, false, true)
    },
    TSImportType({ source: from, start }) {
      add(from.value, start, true, false)
    },
  }).visit(program)
  return found
    .toSorted((a, b) => a.start - b.start)
    .map(({ specifier, line, isType, isDynamic }) => ({ specifier, line, isType, isDynamic }))
}
