/** One attempt with certain settings: a run, or a part of one that tried several and measured each. */
export interface Trial {
  run: string
  pipeline: string
  /** When the run began. */
  started: string
  /** Version of the pipeline's code, where it is known. */
  code: string | undefined
  /** False where the run failed, so that there is no outcome. */
  completed: boolean
  /** What it worked on: contents that the run read and did not make. */
  inputs: readonly Input[]
  /** Values by the key of the setting. */
  settings: ReadonlyMap<string, string>
  /** Keys of settings that were left to their defaults. */
  defaults: ReadonlySet<string>
  /** Means of what was measured, by metric; not a number where it came to none. */
  outcomes: ReadonlyMap<string, number>
}

/** Whether a trial came to a number: where it did not, it failed by this metric. */
export function succeeded({ completed, outcomes }: Trial, metric: string): boolean {
  return completed && Number.isFinite(outcomes.get(metric))
}

/** A file that a run read from outside. */
export interface Input {
  content: string
  /** Of its path, without folders. */
  name: string
  sizeBytes: number | undefined
}

/** A parameter of a component, or a field of an object that it took. */
export interface Setting {
  key: string
  /** Name of the component. */
  component: string
  name: string
  /** When its component first started, among those of a run: what called the others is before them. */
  order: number
  /** Whether its component is the user's and not a library's. */
  own: boolean
}

/** What is known of the trials of a pipeline or a component. */
export interface Trials {
  trials: readonly Trial[]
  settings: ReadonlyMap<string, Setting>
  /** Metrics that were measured, and which of their values are better, where somebody said so. */
  metrics: ReadonlyMap<string, 'more' | 'less' | undefined>
  /** Runs that were stopped, and say nothing of settings. */
  interrupted: number
}

/** Elapsed seconds of the run, or of the component where one is asked about. */
export const timeMetric = 'time'
