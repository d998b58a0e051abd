/** What is measured, set or found in every run of a pipeline. */
export type AspectKind =
  | 'failure'
  | 'quality'
  | 'content'
  | 'parameter'
  | 'code'
  | 'environment'
  | 'structure'
  | 'time'
  | 'processor'
  | 'memory'
  | 'size'

/** One thing that can be compared over runs: `time selfSeconds of survey.smooth`, `content zeroShare of image/fits read`. */
export interface Aspect {
  kind: AspectKind
  /** A component, metric, parameter or kind of file. */
  of: string
  /** What of it: `selfSeconds`, `zeroShare`, `value`. */
  measure: string
  /** Names of the components that it belongs to; none for what is of the whole run. */
  components: readonly string[]
}

/** What one run had, by the key of the aspect. */
export interface RunFacts {
  run: string
  started: string
  status: string
  numbers: Map<string, number>
  words: Map<string, string>
  /** Which file a number of a content is of: its URL. */
  places: Map<string, string>
  /** Bytes of all that was read from outside. */
  inputBytes: number
  /** Load average of the machine when the run ended. */
  load: number | undefined
}

/** All runs of a pipeline, and what was compared. */
export interface PipelineFacts {
  runs: readonly RunFacts[]
  aspects: ReadonlyMap<string, Aspect>
  /** From each component to those that it started next or passed data to. */
  onward: ReadonlyMap<string, ReadonlySet<string>>
  /** How many callers each component has above it: 0 is what the command line starts. */
  depths: ReadonlyMap<string, number>
}

export function keyOf({ kind, of, measure }: Pick<Aspect, 'kind' | 'of' | 'measure'>): string {
  return `${kind}\n${of}\n${measure}`
}
