import type { StructuredPatchHunk } from 'diff'

/** Lines taken out and put in beyond which two texts are set one after the other: the search grows with their square. */
const mostEdits = 1500

/**
 * The unified diff of two texts, three lines around each change, as `patch -p1` and `git apply` take it. Each hunk's
 * heading names the function that it is in, as git's do.
 *
 * @param paths what the file is called in each; undefined where it is not there
 * @returns lines; none where the texts are equal
 */
export async function unifiedDiff(
  paths: readonly [string | undefined, string | undefined],
  texts: readonly [string, string],
): Promise<string[]> {
  const { structuredPatch } = await import('diff')
  const [before, after] = texts
  const compared = structuredPatch('', '', before, after, '', '', { context: 3, maxEditLength: mostEdits })
  const hunks =
    compared?.hunks ??
    [structuredPatch('', '', before, '').hunks, structuredPatch('', '', '', after).hunks].reduce(joined)
  if (hunks.length === 0) return []
  const lines = before.split('\n')
  const [from, to] = paths
  const isRenamed = from !== undefined && to !== undefined && from !== to
  return [
    ...(isRenamed ? [`diff --git a/${from} b/${to}`, `rename from ${from}`, `rename to ${to}`] : []),
    `--- ${from === undefined ? '/dev/null' : `a/${from}`}`,
    `+++ ${to === undefined ? '/dev/null' : `b/${to}`}`,
    ...hunks.flatMap((hunk) => [`${rangesOf(hunk)}${placeOf(lines, hunk)}`, ...hunk.lines]),
  ]
}

/** All that was there as one hunk with all that is there now. */
function joined([out]: StructuredPatchHunk[], [put]: StructuredPatchHunk[]): StructuredPatchHunk[] {
  if (out === undefined || put === undefined) return [out ?? put].filter((hunk) => hunk !== undefined)
  return [{ ...put, oldStart: out.oldStart, oldLines: out.oldLines, lines: [...out.lines, ...put.lines] }]
}

function rangesOf({ oldStart, oldLines, newStart, newLines }: StructuredPatchHunk): string {
  const range = (start: number, count: number) =>
    count === 1 ? `${start}` : `${count === 0 ? start - 1 : start},${count}`
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`
}

/** A definition in Python at any depth, and in any language a line that begins at the margin. */
const definition = /^\s*(?:async\s+def|def|class)\s|^[A-Za-z_$]/

function placeOf(lines: readonly string[], { oldStart }: StructuredPatchHunk): string {
  const found = lines.slice(0, Math.max(0, oldStart - 1)).findLast((line) => definition.test(line))
  return found === undefined ? '' : ` ${found.trim().slice(0, 80)}`
}
