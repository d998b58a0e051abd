import type { PlannedFile, StoragePlan } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { shellWord } from '../src/shell-word.ts'
import { formatDuration, formatSize } from '../src/report/format-quantity.ts'
import { fileURLToPath } from 'node:url'

const head = `set -eu

if command -v sha256sum >/dev/null; then digest() { sha256sum; }; else digest() { shasum -a 256; }; fi

# drop DIGEST FILE: removes the file if it still has the bytes that were recorded.
drop() {
  if ! test -f "$2"; then echo "not there: $2" >&2
  elif test "$(digest <"$2" | cut -c1-64)" = "$1"; then rm -- "$2"
  else echo "left, it has other bytes now: $2" >&2
  fi
}
`

/** A shell script that removes what a plan drops, and says of each file how it is made again. */
export function storageScript(plan: StoragePlan, words: readonly string[]): string {
  const dropped = plan.files.filter(({ decision }) => decision === 'drop')
  return [
    '#!/bin/sh',
    `# Written by ${comment(words.join(' '))}. Read it before you run it.`,
    `# It removes ${countOf(dropped.length, 'file')}, ${formatSize(plan.droppedBytes)}, which cost more to keep than to make again when needed.`,
    '# Keep what they are made from: the files that the plan keeps, the inputs, and the store.',
    head,
    ...dropped.flatMap((file) => [...explain(file), ...file.places.map((url) => drop(file, url)), '']),
  ].join('\n')
}

function explain({ component, run, remake, commandLine, workingDirectory }: PlannedFile): string[] {
  const time = remake === undefined ? '' : `, in ${formatDuration(remake.seconds)}`
  return [
    `# By ${comment(component)} in run ${run.replace(/^urn:uuid:/, '')}${time}:`,
    ...(commandLine === undefined
      ? []
      : [
          `#   ${workingDirectory === undefined ? '' : `cd ${comment(shellWord(workingDirectory))} && `}${comment(commandLine.map(shellWord).join(' '))}`,
        ]),
  ]
}

function drop({ content }: PlannedFile, url: string): string {
  const digest = Buffer.from(content.replace('ni:///sha-256;', ''), 'base64url').toString('hex')
  return `drop ${digest} ${shellWord(fileURLToPath(url))}`
}

/** On one line, or what follows would be run. */
function comment(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}
