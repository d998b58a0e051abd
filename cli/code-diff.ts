import { keepingOf, readKept } from '../src/index.ts'
import { unifiedDiff } from '../src/report/unified-diff.ts'
import type { CodeDifference, Keeping, Sides } from '../src/index.ts'
import { printable } from './terminal/columns.ts'
import type { Terminal } from './terminal/terminal.ts'

/** A source file that differs, and how, where the store keeps its texts. */
export interface CodeDiff extends CodeDifference {
  /** How the store keeps the text of each run that has the file. */
  kept: Sides<Keeping>
  /** A unified diff; absent where a text is not kept, empty where only what was taken out as secret differs. */
  patch?: string
}

/** @param contents folder of the contents that are kept */
export async function readCodeDiff(contents: string, difference: CodeDifference): Promise<CodeDiff> {
  const { path, otherPath = path, sha256 } = difference
  const kept = sidesOf(sha256, (digest) => keepingOf(contents, digest))
  if (kept.includes('not kept')) return { ...difference, kept }
  const texts = sidesOf(sha256, (digest) => readKept(contents, digest))
  const [before, after] = [await texts[0], await texts[1]].map((bytes) => bytes?.toString('utf8'))
  const paths = [
    before === undefined ? undefined : path,
    after === undefined ? undefined : otherPath,
  ] as const
  const lines = await unifiedDiff(paths, [before ?? '', after ?? ''])
  return { ...difference, kept, patch: lines.map((line) => `${line}\n`).join('') }
}

function sidesOf<T, U>(sides: Sides<T>, of: (side: T) => U): Sides<U> {
  const [one, other] = sides
  return [one === undefined ? undefined : of(one), other === undefined ? undefined : of(other)]
}

const toKeepIt =
  'To see it next time, let the store keep it: texts of up to 256 KiB are kept, unless with --keep nothing.'

/** Patches as they are, for `patch` and `git apply`; where there is none, a line says why. */
export function formatCodeDiff(terminal: Terminal, diffs: readonly CodeDiff[]): string[] {
  return [
    ...diffs.flatMap((diff) => patchLines(terminal, diff)),
    ...(diffs.some(({ patch }) => patch === undefined) ? [toKeepIt] : []),
  ]
}

function patchLines(terminal: Terminal, { path, kept, patch }: CodeDiff): string[] {
  const name = printable(path)
  if (patch === undefined) {
    const which = kept.every((each) => each === 'not kept') ? 'both runs' : `the ${ordinal(kept)} run`
    return [terminal.style('yellow', `${name} differs, but its text of ${which} is not kept.`)]
  }
  if (patch === '')
    return [terminal.style('yellow', `${name} differs only in what was taken out as secrets.`)]
  return patch
    .slice(0, -1)
    .split('\n')
    .map((line) => styled(terminal, line))
}

function ordinal([one]: Sides<Keeping>): string {
  return one === 'not kept' ? 'first' : 'second'
}

function styled(terminal: Terminal, line: string): string {
  // A pipe gets the bytes as they are, or the patch would not apply.
  const shown = terminal.width === Infinity ? line : line.split('\t').map(printable).join('\t')
  if (/^(?:---|diff|rename|\+\+\+) /.test(line)) return terminal.style('bold', shown)
  const style = ({ '+': 'green', '-': 'red', '@': 'cyan' } as const)[line[0] ?? '']
  return style === undefined ? shown : terminal.style(style, shown)
}
