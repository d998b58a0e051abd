import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentLine, JournalValue, ProcessLine, RecorderLine, RunLine } from '../../src/journal/line.ts'
import { recordRun } from '../../src/record/record-run.ts'
import type { RecordOptions } from '../../src/record/record-run.ts'
import type {
  Call,
  CallGroup,
  ComponentSummary,
  ComponentVersion,
  FileVersion,
  Process,
  Run,
  Value,
} from '../../src/record/run.ts'

/** 23 Nov 2026 20:14:02.118204311 UTC. */
export const wall = 1795464842118204311n

export const sha = (digit: string) => digit.repeat(64)

/** One process's lines, written with as little as a rule needs; `at` rises by 10 a line where it is not given. */
export class SpoolBuilder {
  readonly lines: object[] = []
  #at = 0
  #call = 0
  #component = 0
  #module = 0
  #spawn = 0

  constructor(process: Partial<ProcessLine> = {}) {
    this.lines.push({
      kind: 'process',
      version: 1,
      spool: 'main',
      pid: 100,
      parentPid: 1,
      wall: String(wall + 1000n),
      monotonic: '5000',
      agent: { name: 'vampira-python', version: '0.1.0' },
      interpreter: { name: 'cpython', version: '3.11.7' },
      executable: '/usr/bin/python3',
      arguments: ['/data/survey/swep.py'],
      directory: '/data/survey',
      ...process,
    } satisfies ProcessLine)
  }

  get name(): string {
    return (this.lines[0] as ProcessLine).spool
  }

  add(line: { [field: string]: unknown; kind: AgentLine['kind'] }): this {
    this.#at = typeof line['at'] === 'number' ? line['at'] : this.#at + 10
    this.lines.push(line.kind === 'component' ? line : { ...line, at: this.#at })
    return this
  }

  module(name: string, source: string): number {
    this.add({ kind: 'module', id: ++this.#module, name, file: `/data/survey/${name}.py`, source })
    return this.#module
  }

  component(name: string, more: object = {}): number {
    if (this.#module === 0) this.module('swep', 'def f(a, b=2):\n    return a\n\nf(1)\n')
    const type = name === '' ? 'module' : 'function'
    const parameters = name === '' ? [] : [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
    const line = { id: ++this.#component, module: this.#module, name, type, line: 1, endLine: 2, parameters }
    this.add({ kind: 'component', ...line, ...more })
    return this.#component
  }

  start(component: number, given: JournalValue[] = [], more: object = {}): number {
    this.add({ kind: 'start', id: ++this.#call, component, arguments: given, ...more })
    return this.#call
  }

  return(call: number, value?: JournalValue, more: object = {}): this {
    return this.add({ kind: 'return', call, ...(value === undefined ? {} : { value }), ...more })
  }

  /** A call that does nothing but return. */
  call(component: number, given: JournalValue[], value?: JournalValue, more: object = {}): number {
    const call = this.start(component, given, more)
    this.return(call, value)
    return call
  }

  file(op: string, path: string, more: object = {}): this {
    return this.add({ kind: 'file', op, path: path.startsWith('/') ? path : `/data/survey/${path}`, ...more })
  }

  spawn(args: string[], more: object = {}): number {
    this.add({ kind: 'spawn', id: ++this.#spawn, arguments: args, ...more })
    return this.#spawn
  }
}

export const stat = (size: number, modified: number, more: object = {}) => ({
  size,
  modified: String(modified),
  ...more,
})

export const object = (id: number, more: object = {}): JournalValue => ({
  $: 'object',
  type: 'Thing',
  id,
  ...more,
})

export function runLine(more: Partial<RunLine> = {}): RunLine {
  return {
    kind: 'run',
    version: 1,
    id: '019343c2-8a10-7c3e-9d55-3f2b7a1c0001',
    wall: String(wall),
    monotonic: '4000',
    name: 'astronomy',
    arguments: ['python', 'swep.py'],
    directory: '/data/survey',
    base: 'urn:vampira:',
    detail: 'adaptive',
    recorder: '0.1.0',
    operator: { login: 'operator', hostHash: '3f21c0' },
    ...more,
  }
}

export const finished: RecorderLine = { kind: 'finish', at: 1_000_000, status: 0 }

export function writeLines(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** A folder with these spools; the recorder's is that of a run that completed, if not given. */
export function writeJournal(
  spools: readonly SpoolBuilder[],
  recorder: readonly RecorderLine[] = [runLine(), finished],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-journal-'))
  writeFileSync(join(folder, 'recorder.jsonl'), writeLines(recorder))
  for (const spool of spools) writeFileSync(join(folder, `${spool.name}.jsonl`), writeLines(spool.lines))
  return folder
}

export interface RecordedRun {
  run: Run
  processes: Process[]
  components: ComponentVersion[]
  values: Map<number, Value>
  files: Map<number, FileVersion>
  calls: Map<number, Call>
  groups: CallGroup[]
  summaries: ComponentSummary[]
  /** What was recorded, in order, for comparing two readings. */
  order: string[]
}

/** Everything that is emitted for a journal, checked against what the listener may rely on. */
export async function recordJournal(folder: string, options: RecordOptions = {}): Promise<RecordedRun> {
  const recorded: Omit<RecordedRun, 'run'> = {
    processes: [],
    components: [],
    values: new Map(),
    files: new Map(),
    calls: new Map(),
    groups: [],
    summaries: [],
    order: [],
  }
  const once = <T extends { n: number }>(map: Map<number, T>, what: string) => {
    return (item: T) => {
      if (map.has(item.n)) throw new Error(`${what} ${item.n} was recorded twice`)
      map.set(item.n, item)
      note(what, item)
    }
  }
  const note = (what: string, item: object) =>
    recorded.order.push(
      `${what} ${JSON.stringify(item, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))}`,
    )
  const list = <T extends object>(items: T[], what: string) => {
    return (item: T) => {
      items.push(item)
      note(what, item)
    }
  }
  const run = await recordRun(
    folder,
    {
      process: list(recorded.processes, 'process'),
      component: list(recorded.components, 'component'),
      option: (component, option) => note('option', { component: component.name, ...option }),
      value: once(recorded.values, 'value'),
      file: once(recorded.files, 'file'),
      call: once(recorded.calls, 'call'),
      group: list(recorded.groups, 'group'),
      summary: list(recorded.summaries, 'summary'),
      run: (last) => note('run', last),
    },
    options,
  )
  const whole = { run, ...recorded }
  checkReferences(whole)
  return whole
}

/** Every number that is referred to was recorded. */
function checkReferences(recorded: RecordedRun): void {
  const groups = new Set(recorded.groups.map((group) => group.n))
  const need = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`${what} was never recorded`)
  }
  const activity = (ref: Call['caller'] | 'run') => {
    if (ref === undefined || ref === 'run') return
    if ('call' in ref) need(recorded.calls.has(ref.call), `call ${ref.call}`)
    else need(groups.has(ref.group), `group ${ref.group}`)
  }
  for (const value of recorded.values.values()) {
    activity(value.generatedBy)
    if (value.revisionOf !== undefined)
      need(recorded.values.has(value.revisionOf), `value ${value.revisionOf}`)
  }
  for (const file of recorded.files.values()) {
    activity(file.generatedBy)
    activity(file.invalidatedBy)
  }
  for (const call of recorded.calls.values()) {
    activity(call.caller)
    need(recorded.processes.includes(call.process), `process ${call.process.n}`)
    need(recorded.components.includes(call.component), `component ${call.component.n}`)
    const values = [...call.arguments.map((argument) => argument.value), ...call.outputs, ...call.received]
    for (const n of values) need(recorded.values.has(n), `value ${n} of call ${call.n}`)
    for (const n of call.usedFiles) need(recorded.files.has(n), `file ${n} of call ${call.n}`)
  }
  for (const group of recorded.groups) {
    for (const ref of [group.caller, ...(group.otherCallers ?? [])]) activity(ref)
    for (const n of [...group.received, ...group.usedValues])
      need(recorded.values.has(n), `value ${n} of a group`)
  }
}

export function callOf(recorded: RecordedRun, name: string): Call {
  const call = [...recorded.calls.values()].find((one) => one.component.name === name)
  if (call === undefined) throw new Error(`no call of ${name}`)
  return call
}

export function fileAt(recorded: RecordedRun, path: string): FileVersion[] {
  return [...recorded.files.values()].filter((file) => file.path === path).sort((a, b) => a.n - b.n)
}
