import type { Sides } from './run-differences.ts'

/** Something that was given to two runs otherwise, by which what they made may differ. */
export interface DifferenceCause {
  kind:
    | 'pipeline'
    | 'input'
    | 'setting'
    | 'code'
    | 'package'
    | 'environment'
    /** Others used the machine, or it is another. */
    | 'machine'
    /** Nothing that was recorded: chance, time, the network. */
    | 'unrecorded'
  /** The input's path in the first run, the parameter, source file, package, fact, or call. */
  what: string
  values: Sides<string>
  /** Where it was passed on to. */
  also?: readonly string[]
}
