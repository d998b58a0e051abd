import type { FileAt, FunctionOverview, RunInspection } from '../analyse/inspect-run.ts'
import { formatCount } from '../count-of.ts'
import { pathOfUrl } from '../path-of-url.ts'
import type { TreeNode } from './format-tree.ts'

const namedFiles = 3

/**
 * The path that a run took, as trees: who called whom, how often, from which files to which. A component is opened where
 * it is first met; where others call it too, or it calls itself, it is only named.
 */
export function callTree({ functions, facts }: RunInspection): TreeNode[] {
  const folder = facts['run']?.['workingDirectory']
  const known = new Set(functions.map(({ name }) => name))
  const opened = new Set<string>()
  const node = (each: FunctionOverview): TreeNode => {
    const text = textOf(each, folder)
    const callees = functions.filter(({ caller }) => caller === each.name)
    if (callees.length === 0) return { text, children: [] }
    if (opened.has(each.name)) return { text: `${text}  …`, children: [] }
    opened.add(each.name)
    return { text, children: callees.map(node) }
  }
  return functions.filter(({ caller }) => caller === undefined || !known.has(caller)).map(node)
}

function textOf({ name, calls, used, generated }: FunctionOverview, folder: string | undefined): string {
  const times = calls === 1 ? name : `${name} ×${formatCount(calls)}`
  if (used.length === 0 && generated.length === 0) return times
  return `${times}   ${[namesOf(used, folder), '→', namesOf(generated, folder)].filter((part) => part !== '').join(' ')}`
}

function namesOf(files: readonly FileAt[], folder: string | undefined): string {
  const names = files.map(({ url, content }) => (url === undefined ? content : pathOf(url, folder)))
  const more = names.length > namedFiles ? [`and ${names.length - namedFiles} more`] : []
  return [...names.slice(0, namedFiles), ...more].join(', ')
}

function pathOf(url: string, folder: string | undefined): string {
  const path = pathOfUrl(url)
  return folder !== undefined && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
}
