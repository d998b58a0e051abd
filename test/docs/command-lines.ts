import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/package-root.ts'

/** A command line that a page shows. */
export interface CommandLine {
  page: string
  /** Where in the page, from 1. */
  at: number
  /** As a shell takes it, without the comment after it. */
  text: string
  /**
   * What it needs: the demo's files; `server`, a SPARQL server too; or what stands behind `sh` where its block begins
   * (`clone`: a clone of the project; `astronomy`: that example's files; `survey`: many runs of that example).
   */
  needs: string
}

/** Every page that people read. */
export const pages = ['.', 'docs', ...list('examples').map((name) => join('examples', name))].flatMap(
  (folder) =>
    list(folder)
      .filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
      .map((name) => join(folder, name)),
)

function list(folder: string): string[] {
  return readdirSync(join(packageRoot, folder)).toSorted()
}

/** The lines of its `sh` blocks, and those that begin with `$ ` in other blocks. */
export function listCommandLines(page: string): CommandLine[] {
  const lines = readFileSync(join(packageRoot, page), 'utf8').split('\n')
  let block: string | undefined
  return lines.flatMap((line, index) => {
    if (line.startsWith('```')) {
      block = block === undefined ? line.slice(3) : undefined
      return []
    }
    if (block === undefined) return []
    const isShell = /^sh\b/.test(block)
    if (!isShell && !line.startsWith('$ ')) return []
    const text = line
      .replace(/^\$ /, '')
      .replace(/(^|\s+)#.*$/, '')
      .trim()
    if (text === '') return []
    const named = block.replace(/^sh ?|^\w+$/, '')
    const needs = named === '' ? (/localhost:3030|\bpush\b|\blab\b/.test(text) ? 'server' : 'demo') : named
    return [{ page, at: index + 1, text, needs }]
  })
}

/** The same line on several pages is one, at its first place. */
export function listDistinct(needs: string): CommandLine[] {
  const distinct = new Map<string, CommandLine>()
  for (const line of pages.flatMap(listCommandLines)) {
    if (line.needs === needs && !distinct.has(line.text)) distinct.set(line.text, line)
  }
  return [...distinct.values()]
}

/** The words of a line without shell syntax. */
export function splitWords(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, quoted]) => quoted ?? word)
}
