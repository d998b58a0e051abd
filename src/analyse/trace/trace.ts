import type { QueryEngine } from '../../query/engine.ts'

export type Direction = 'lineage' | 'impact'

/**
 * Seen: through files and values that a call itself read, got, returned or changed. Possible: through a caller's body,
 * where what it received may have become what it passed on or wrote. Nothing is claimed that was not seen, and nothing
 * that may matter is left out.
 */
export type Strength = 'seen' | 'possible'

export interface TraceNode {
  iri: string
  kind:
    | 'Content'
    | 'FileVersion'
    | 'Value'
    | 'Call'
    | 'CallGroup'
    | 'QualityMeasurement'
    | 'PipelineRun'
    | 'Unknown'
  /** What was called, where the file was, or what the value was. */
  label: string
  /** IRI of its run; absent for content, which runs share. */
  run?: string
  /** The strongest way that leads here. */
  strength: Strength
  /** Hops from the start, by a way of that strength. */
  depth: number
  content?: string
  value?: string
  valueType?: string
  /** File and line of a call. */
  calledFrom?: string
  /** Name of what a group of calls called; its label also says how many calls there were. */
  component?: string
  /** Calls that a group stands for: those that the record counted and did not keep one by one. */
  callCount?: number
  /** Other runs that made the bytes of this file too and were not followed. */
  otherMakers?: number
}

/** Runs of one pipeline version that did the same, of which one was followed. */
export interface AlikeRuns {
  /** IRI of the latest of them, which was followed. */
  run: string
  /** How many others there are. */
  others: number
}

/** One hop, away from the start: in a lineage `to` is what `from` came from, in an impact what came from it. */
export interface TraceEdge {
  from: string
  to: string
  /**
   * Possible ones lead through a caller: `caller` to (or from) its body, `received` between it and what it got. From run
   * to run, `same content` is the same file, `same bytes` may be a copy of it.
   */
  relation:
    | 'generated'
    | 'revision'
    | 'used'
    | 'received'
    | 'passed'
    | 'caller'
    | 'below'
    | 'state'
    | 'same content'
    | 'same bytes'
    | 'version'
  strength: Strength
}

/** A content that was once recorded at the path that was asked about. */
export interface OtherVersion {
  content: string
  run: string
  started: string
  role: 'used' | 'generated'
  url: string
}

export interface TraceStart {
  /** As it was asked. */
  asked: string
  /** Where the walk began: contents, file versions, values or calls. */
  iris: readonly string[]
  /** The file asked about, as a file: URL. */
  url?: string
  /** Whether any run knows it. */
  known: boolean
  /** Other contents recorded at the same path, latest first. */
  otherVersions: readonly OtherVersion[]
  /** Where it is no file: how many runs it touched, and which values or versions runs had, of a name. */
  suspect?: { runs: number; others: readonly string[] }
  /** Where no run knows it: the latest run was told to ignore files like it, by this pattern. */
  ignored?: { run: string; pattern: string }
}

/** An answer that somebody kept. */
export interface RestingAnswer {
  answer: string
  question: string
  /** When it was asked. */
  started: string
}

/** A run whose products came from the start, and that would have to be run again. */
export interface RemadeRun {
  run: string
  pipeline: string
  started: string
  /** As words. */
  commandLine?: readonly string[]
  workingDirectory?: string
  /** How long it took. */
  seconds?: number
  /** 1 for a run that the start touched itself, 2 for one that read what such a run made, and so on. */
  degree: number
  /** Whether all of its products are only possibly touched. */
  strength: Strength
  files: readonly { label: string; content?: string; strength: Strength }[]
}

export interface Trace {
  direction: Direction
  start: TraceStart
  nodes: readonly TraceNode[]
  edges: readonly TraceEdge[]
  /** IRIs of the runs it passes through. */
  runs: readonly string[]
  /** Those of these runs that stand for others, which did the same. */
  alike: readonly AlikeRuns[]
  /** Answers to use cases that rest on one of these runs; of an impact alone. */
  answers?: readonly RestingAnswer[]
  /** What to make again if it was wrong, in order; of an impact alone. */
  remake?: readonly RemadeRun[]
  /** Which limit stopped it before its end, if any. */
  truncated?: { by: 'nodes' | 'hops'; limit: number }
}

export interface TraceProgress {
  hops: number
  nodes: number
  /** Nodes of the run that is open, still to be followed. */
  waiting: number
  /** Runs whose records were opened. */
  runs: number
  /** Runs whose records are still to be opened, as far as is known. */
  runsWaiting: number
}

export interface TraceOptions {
  /** At most so many nodes; 100,000 if not given. */
  maxNodes?: number
  /** At most so many hops from the start. */
  maxHops?: number
  /** Stay in the runs of the start: do not follow contents from run to run. */
  withinRun?: boolean
  /**
   * Follow every run that made the same bytes, and every run that did the same as another; else one of them is followed
   * and the others are counted.
   */
  allRuns?: boolean
  signal?: AbortSignal
  onProgress?: (progress: TraceProgress) => void
}

/** The run that a node's IRI belongs to; undefined for what runs share. */
export function runOf(iri: string): string | undefined {
  return /^(urn:uuid:[0-9a-fA-F-]{36})(#|$)/.exec(iri)?.[1]
}

/** What one hop needs to ask. */
export interface Asking {
  engine: QueryEngine
  signal: AbortSignal | undefined
}
