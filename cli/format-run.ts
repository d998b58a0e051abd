import { callTree } from '../src/report/call-tree.ts'
import { countOf, formatCount } from '../src/count-of.ts'
import { formatData } from '../src/report/format-data.ts'
import { formatDuration, formatSize, formatTime } from '../src/report/format-quantity.ts'
import { formatTree } from '../src/report/format-tree.ts'
import type { FileOverview, FunctionOverview, RunEntry, RunInspection } from '../src/index.ts'
import { columnsOf, cut, printable } from './terminal/columns.ts'
import { shortIri } from './short-iri.ts'
import { statusMark, statusStyle } from './terminal/status.ts'
import { formatTable, withContent } from './terminal/table.ts'
import type { Column } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'

/** A run as lines: facts, functions, files, path taken, packages. */
export function formatRun(terminal: Terminal, run: RunInspection): string[] {
  const heading = (text: string) => ['', terminal.style('bold', text)]
  const { facts } = run
  const status = (facts['run']?.['status'] ?? 'Interrupted') as RunEntry['status']
  const exitCode = facts['run']?.['exitCode']
  return [
    `${terminal.style('bold', printable(facts['run']?.['label'] ?? run.id))}  ` +
      terminal.style(
        statusStyle(status),
        statusMark(status, exitCode === undefined ? undefined : Number(exitCode)),
      ),
    ...formatFacts(terminal, run),
    ...heading('Functions'),
    ...(run.functions.length === 0
      ? ['none']
      : formatTable(
          terminal,
          withContent(functionColumns(run.functions, terminal.width), run.functions),
          run.functions,
        )),
    ...heading('Files'),
    ...(run.files.length === 0
      ? ['none']
      : formatTable(terminal, withContent(fileColumns, run.files), run.files)),
    ...heading('Path taken'),
    ...callTree(run)
      .flatMap(formatTree)
      .map((line) => cut(printable(line), terminal.width)),
    ...heading(`Packages (${run.packages.length})`),
    ...wrap(
      run.packages.map(({ name, version }) => printable(version === undefined ? name : `${name} ${version}`)),
      terminal.width,
    ),
  ]
}

function formatFacts(terminal: Terminal, { id, facts }: RunInspection): string[] {
  const {
    run = {},
    pipeline = {},
    operator = {},
    environment = {},
    record = {},
    metadata = {},
    gap = {},
  } = facts
  const all: (readonly [name: string, value: string | undefined])[] = [
    ['run', id],
    ['pipeline', join(pipeline['name'], shortVersion(pipeline['version']), commitOf(pipeline))],
    ['command', commandOf(run['commandLine'])],
    ['folder', run['workingDirectory']],
    ['started', run['startedAt'] && formatTime(run['startedAt'])],
    [
      'took',
      join(
        run['wallSeconds'] && formatDuration(Number(run['wallSeconds'])),
        run['cpuSeconds'] && `${formatDuration(Number(run['cpuSeconds']))} of CPU`,
        run['peakMemoryBytes'] && `${formatSize(Number(run['peakMemoryBytes']))} at most`,
      ),
    ],
    [
      'load',
      run['loadAtStart'] && `${figure(run['loadAtStart'])} before, ${figure(run['loadAtEnd'])} at the end`,
    ],
    ['by', operator['agent']],
    ['on', environment['label']],
    ['detail', join(record['detail']?.toLowerCase(), ...lossesOf(record))],
    ...Object.entries(metadata),
    ['ignored', record['ignored']],
    ['not seen', gap['reason']],
  ]
  const known = all.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]))
  const columns = [
    { title: '', text: (fact: { name: string }) => fact.name, fixed: true, style: () => 'dim' as const },
    { title: '', text: (fact: { value: string }) => fact.value },
  ] as Column<(typeof known)[number]>[]
  return formatTable(terminal, columns, known).slice(1)
}

function figure(double: string | undefined): string {
  return Number(double).toFixed(1)
}

function commitOf(pipeline: Readonly<Record<string, string>>): string | undefined {
  const { commit, uncommittedChanges } = pipeline
  if (commit === undefined) return undefined
  return `commit ${commit.slice(0, 12)}${uncommittedChanges === 'true' ? ' with uncommitted changes' : ''}`
}

function commandOf(json: string | undefined): string | undefined {
  if (json === undefined) return undefined
  const words = JSON.parse(json) as string[]
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ')
}

/** What the record does not hold, where that is not nothing. */
function lossesOf(record: Readonly<Record<string, string>>): string[] {
  const counts = {
    droppedEventCount: 'events dropped',
    redactedCount: 'values redacted',
    excludedCount: 'modules excluded',
  }
  return Object.entries(counts).flatMap(([name, text]) => {
    const count = Number(record[name] ?? 0)
    return count === 0 ? [] : [`${formatCount(count)} ${text}`]
  })
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ')
}

/** Columns of the inputs of a function; all of them are in the JSON. */
const mostInputs = 60
const roomForCallers = 150

function functionColumns(functions: readonly FunctionOverview[], width: number): Column<FunctionOverview>[] {
  const seconds = (value: number | undefined) => (value === undefined ? '' : formatDuration(value))
  const right = { align: 'right', fixed: true } as const
  // The caller matters only where a component has several, and the path taken shows it too.
  const several =
    width >= roomForCallers && new Set(functions.map(({ name }) => name)).size < functions.length
  const callers: Column<FunctionOverview>[] = several
    ? [{ title: 'called by', text: (each) => each.caller ?? '' }]
    : []
  return [
    {
      title: 'function',
      text: (each) => each.name,
      cut: 'middle',
      least: 24,
      style: (each) => (each.failures > 0 ? 'red' : undefined),
    },
    ...callers,
    {
      title: 'calls',
      text: ({ calls, failures }) =>
        formatCount(calls) + (failures > 0 ? ` (${formatCount(failures)} failed)` : ''),
      ...right,
    },
    { title: 'inputs', text: (each) => cut(each.inputs ?? '', mostInputs) },
    { title: 'version', text: (each) => shortVersion(each.version) },
    { title: 'total', text: (each) => seconds(each.totalSeconds), ...right },
    { title: 'self', text: (each) => seconds(each.selfSeconds), ...right },
    { title: 'p50', text: (each) => seconds(each.quantiles?.[2]), ...right },
    { title: 'p95', text: (each) => seconds(each.quantiles?.[4]), ...right },
    {
      title: 'peak memory',
      text: ({ peakMemoryBytes }) => (peakMemoryBytes === undefined ? '' : formatSize(peakMemoryBytes)),
      ...right,
    },
  ]
}

const fileColumns: readonly Column<FileOverview>[] = [
  { title: 'file', text: (file) => file.path ?? file.content ?? '', cut: 'middle' },
  { title: 'is', text: (file) => (file.possible ? `possible ${file.role}` : file.role), fixed: true },
  {
    title: 'size',
    text: ({ sizeBytes }) => (sizeBytes === undefined ? '' : formatSize(sizeBytes)),
    align: 'right',
    fixed: true,
  },
  { title: 'format', text: (file) => file.format ?? '' },
  { title: 'holds', text: ({ holds }) => (holds === undefined ? '' : formatData(holds)) },
  { title: 'made by', text: ({ maker = '', possible }) => (possible ? `${maker}?` : maker) },
  {
    title: 'read by',
    text: ({ uses }) => (uses === 0 ? '' : countOf(uses, 'call')),
    fixed: true,
  },
]

/** The first letters of a hash, or the name and version of a package. */
function shortVersion(version: string | undefined): string {
  if (version === undefined) return ''
  const packaged = /^pkg:.*?([^/@]+)@([^#?]+)/.exec(version)
  return packaged === null
    ? shortIri(version)
    : `${decodeURIComponent(packaged[1]!)} ${decodeURIComponent(packaged[2]!)}`
}

function wrap(words: readonly string[], width: number): string[] {
  const lines = ['']
  for (const [at, word] of words.entries()) {
    const text = at === words.length - 1 ? word : `${word}, `
    const line = lines.at(-1) ?? ''
    if (line !== '' && columnsOf(line + text) > Math.min(width, 100)) lines.push(text)
    else lines[lines.length - 1] = line + text
  }
  return words.length === 0 ? [] : lines.map((line) => line.trimEnd())
}
