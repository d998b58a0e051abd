/**
 * The lines of a journal, in step with contract/journal.schema.json, which says what each field means.
 * Read-only: nobody changes a line after it was read.
 */

/** Text of the operating system; base64 under `v` where it is not UTF-8. */
export type JournalText = string | { $: 'bytes'; v: string }

export type JournalValue = null | boolean | string | number | TaggedValue

export type TaggedValue =
  | { $: 'integer' | 'double'; v: string }
  | { $: 'text' | 'bytes'; v: string; length?: number; id?: number }
  | ObjectValue
  | { $: 'redacted' | 'unseen' }

export interface ObjectValue {
  $: 'object'
  type: string
  id?: number
  v?: unknown
  length?: number
  bytes?: number
  shape?: number[]
  elementType?: string
  columns?: string[]
  digest?: string
}

export interface Stat {
  size: number
  modified: string
  inode?: number
  sha256?: string
}

export interface Touched {
  path: JournalText
  op: 'read' | 'write' | 'remove'
  stat?: Stat
  old?: Stat
  seen?: 'argument' | 'redirection' | 'change'
}

export interface ProcessLine {
  kind: 'process'
  version: 1
  spool: string
  pid: number
  parentPid: number
  parent?: { spool: string; spawn?: number; call?: number }
  wall: string
  monotonic: string
  agent: { name: string; version: string }
  interpreter: { name: string; version: string }
  executable: JournalText
  arguments: JournalText[]
  directory: JournalText
  host?: string
}

export interface ModuleLine {
  kind: 'module'
  id: number
  at: number
  name: string
  file: JournalText
  source: JournalText
}

export interface LibraryLine {
  kind: 'library'
  at: number
  name: string
  file?: JournalText
  version?: string
}

export interface ParameterLine {
  name: string
  form?: 'positional-only' | 'var-positional' | 'keyword-only' | 'var-keyword'
  default?: string
}

export interface ComponentLine {
  kind: 'component'
  id: number
  module: number
  name: string
  type: 'function' | 'method' | 'class' | 'module'
  line: number
  endLine: number
  signature?: string
  parameters?: ParameterLine[]
  documentation?: string
  async?: boolean
  generator?: boolean
}

export interface StartLine {
  kind: 'start'
  id: number
  component: number
  at: number
  caller?: number
  from?: [number, number]
  thread?: number
  task?: number
  arguments?: JournalValue[]
  defaults?: number[]
}

export interface ReturnLine {
  kind: 'return'
  call: number
  at: number
  value?: JournalValue
  cpu?: number
  peak?: number
  changed?: [number, JournalValue][]
}

export interface RaiseLine {
  kind: 'raise'
  call: number
  at: number
  type: string
  message?: string
  raisedAt?: [number, number]
  cpu?: number
  peak?: number
  changed?: [number, JournalValue][]
}

export interface SuspendLine {
  kind: 'suspend' | 'resume'
  call: number
  at: number
  value?: JournalValue
}

export interface CountLine {
  kind: 'count'
  component: number
  caller?: number
  at: number
  since?: number
  calls: number
  failures?: number
  samples?: { nanoseconds: number; arguments?: JournalValue[] }[]
}

export interface FileLine {
  kind: 'file'
  at: number
  call?: number
  op: 'read' | 'write' | 'update' | 'rename' | 'remove' | 'final'
  path: JournalText
  to?: JournalText
  stat?: Stat
  old?: Stat
}

export interface SpawnLine {
  kind: 'spawn'
  id: number
  at: number
  call?: number
  arguments: JournalText[]
  shell?: boolean
  program?: JournalText
  directory?: JournalText
  pid?: number
  input?: JournalText
  output?: JournalText
  error?: JournalText
}

export interface WaitLine {
  kind: 'wait'
  spawn: number
  at: number
  status?: number
  signal?: number
  cpu?: number
  peak?: number
  files?: Touched[]
}

export interface MemoryLine {
  kind: 'memory'
  at: number
  resident: number
}

export interface NoteLine {
  kind: 'note'
  at: number
  call?: number
  path?: JournalText
  type: 'metadata' | 'quality'
  name: string
  value: JournalValue
  unit?: string
}

export interface GapLine {
  kind: 'gap'
  at: number
  call?: number
  reason: string
  dropped?: number
}

export interface ExitLine {
  kind: 'exit'
  at: number
  cpu?: number
  peak?: number
  readBytes?: number
  writtenBytes?: number
}

export interface RunLine {
  kind: 'run'
  version: 1
  id: string
  wall: string
  monotonic: string
  name: string
  arguments: JournalText[]
  directory: JournalText
  base: string
  detail: 'full' | 'adaptive' | 'summary'
  recorder: string
  operator: { login: string; hostHash: string; iri?: string }
  metadata?: { name: string; value: JournalValue }[]
  include?: string[]
  exclude?: string[]
  quality?: { metric: string; component: string; unit?: string }[]
  generators?: string[]
  redacted?: number
}

export interface DigestLine {
  kind: 'digest'
  path: JournalText
  stat: Stat
  because?: string
  format?: string
  describer?: string
  facts?: Record<string, unknown>
}

export interface PackageLine {
  purl: string
  name: string
  version?: string
  modules?: string[]
  programs?: string[]
}

export interface EnvironmentLine {
  kind: 'environment'
  facts: {
    os: string
    machine: string
    cpuModel?: string
    cpuCount: number
    memoryBytes: number
    interpreter?: string
    container?: string
  }
  packages: PackageLine[]
  programs?: { path: string; sha256: string }[]
  variables?: Record<string, JournalValue>
  hostHash?: string
}

export interface RepositoryLine {
  kind: 'repository'
  project: string
  root: JournalText
  origin?: string
  commit?: string
  dirty?: boolean
  diff?: string
  files?: Record<string, string>
}

export interface FinishLine {
  kind: 'finish'
  at: number
  status?: number
  signal?: string
  cpu?: number
  peak?: number
  readBytes?: number
  writtenBytes?: number
}

/** What an agent writes. */
export type AgentLine =
  | ProcessLine
  | ModuleLine
  | LibraryLine
  | ComponentLine
  | StartLine
  | ReturnLine
  | RaiseLine
  | SuspendLine
  | CountLine
  | FileLine
  | SpawnLine
  | WaitLine
  | MemoryLine
  | NoteLine
  | GapLine
  | ExitLine

/** What the recorder writes into recorder.jsonl. */
export type RecorderLine = RunLine | DigestLine | EnvironmentLine | RepositoryLine | FinishLine | GapLine

export type JournalLine = AgentLine | RecorderLine
