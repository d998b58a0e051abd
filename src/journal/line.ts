/**
 * The lines of a journal. Read-only: nobody changes a line after it was read.
 * Generated from contract/journal.schema.json by: npm run generate:journal
 */

/** A path, argument or other text of the operating system; base64 where it is not UTF-8. */
export type JournalText =
  | string
  | {
      $: 'bytes'
      v: string
    }

/**
 * object: anything else, by what can be known without running the user's code. id: one object in one
 * lifetime, never reused in a spool; the same id in a return and in a later argument is the same object. v:
 * the content of a small builtin container of plain values, as JSON; of what is told in a few words (a
 * path, a date, the member of an enum), those. fields: what an object that holds settings held (values,
 * lists and nested fields by name); of those that could not be written, only their number counts in length.
 * An object whose id was written with fields before, and that comes without, has not changed since. digest:
 * of the content, hex, prefixed by its algorithm (`crc32:`), only to see a change in place.
 */
export interface ObjectValue {
  $: 'object'
  type: string
  id?: number
  v?: unknown
  fields?: Record<string, unknown>
  length?: number
  bytes?: number
  shape?: number[]
  elementType?: string
  columns?: string[]
  digest?: string
}

/**
 * A value in memory. Null, booleans, short strings and integers up to 2^53 stand for themselves; so does a
 * floating-point number that has a fraction. Everything else is tagged by `$`.
 */
export type JournalValue =
  | null
  | boolean
  | string
  | number
  | {
      $: 'integer' | 'double'
      v: string
    }
  | {
      $: 'text' | 'bytes'
      v: string
      length?: number
      id?: number
    }
  | ObjectValue
  | {
      $: 'redacted' | 'unseen'
    }

/** What a path held at that moment. */
export interface Stat {
  size: number
  modified: string
  inode?: number
  sha256?: string
}

/**
 * A file that a child program read, wrote or removed, as far as its arguments and a look before and after
 * it show.
 */
export interface Touched {
  path: JournalText
  op: 'read' | 'write' | 'remove'
  stat?: Stat
  old?: Stat
  /**
   * How it is known: named in argv, a redirection, seen open for writing, or only a change in a folder that
   * was looked at, which another program may have made.
   */
  seen?: 'argument' | 'redirection' | 'open' | 'change'
}

export interface ProcessLine {
  kind: 'process'
  version: 1
  /** This spool's name, without .jsonl. */
  spool: string
  pid: number
  parentPid: number
  /** Where this process was started: the spool, and the spawn or (a fork) the call in it. */
  parent?: {
    spool: string
    spawn?: number
    call?: number
  }
  /** Wall clock at line 1, nanoseconds since 1970 UTC. */
  wall: string
  /** Monotonic clock at line 1: the zero of every `at`. */
  monotonic: string
  agent: {
    name: string
    version: string
  }
  interpreter: {
    name: string
    version: string
  }
  executable: JournalText
  arguments: JournalText[]
  directory: JournalText
  host?: string
}

/**
 * A file of the user's code, as it was when it was loaded; or one of a library of which a call was
 * recorded: its source is empty, and the lines of its components are 1.
 */
export interface ModuleLine {
  kind: 'module'
  id: number
  at: number
  /** Dotted name; for a script run as __main__ its file's stem. */
  name: string
  file: JournalText
  /** The file's text; bytes when it is not UTF-8. */
  source: JournalText
}

/** A top-level module or package that is not the user's, loaded by the end of the process. */
export interface LibraryLine {
  kind: 'library'
  at: number
  name: string
  file?: JournalText
  version?: string
}

export interface OptionLine {
  name: string
  value: JournalValue
  /** It was not given. */
  default?: boolean
}

/**
 * What the program's command line says, as the parameters of its entry, the first component that the
 * process called. A later line of the same process replaces those of its names; one by a library replaces
 * all that are `by` arguments.
 */
export interface OptionsLine {
  kind: 'options'
  at: number
  /** The library that made them of the arguments; `arguments`: they were read as they stand. */
  by: string
  options: OptionLine[]
}

export interface ParameterLine {
  name: string
  form?: 'positional-only' | 'var-positional' | 'keyword-only' | 'var-keyword'
  /** Source text of the default. */
  default?: string
}

export interface ComponentLine {
  kind: 'component'
  id: number
  module: number
  /** Qualified name within the module; empty for the module's own body. */
  name: string
  type: 'function' | 'method' | 'class' | 'module'
  /** First line, decorators included. */
  line: number
  endLine: number
  /** As written, with defaults: (imageName, std=2.5). */
  signature?: string
  parameters?: ParameterLine[]
  /** First sentence of the docstring. */
  documentation?: string
  async?: boolean
  generator?: boolean
  /**
   * Its body reads what outlives a call: globals that are no functions, classes or constants, or variables of
   * an enclosing function.
   */
  state?: boolean
}

export interface StartLine {
  kind: 'start'
  id: number
  component: number
  at: number
  /** The call it was made from; absent: from outside recorded code. */
  caller?: number
  /** Module id and line that made the call. */
  from?: [number, number]
  thread?: number
  task?: number
  /** One value a parameter, in the component's order; *args and **kwargs as one object each. */
  arguments?: JournalValue[]
  /** Positions whose value is the parameter's default object. */
  defaults?: number[]
}

export interface ReturnLine {
  kind: 'return'
  call: number
  at: number
  value?: JournalValue
  /** Objects in a returned tuple, list or dictionary, the first of them. */
  elements?: JournalValue[]
  /** CPU nanoseconds of the calling thread between start and return. */
  cpu?: number
  /** Peak resident bytes of the process during the call. */
  peak?: number
  /** Resident bytes of the process when the call began, where there is a peak. */
  level?: number
  /** Arguments changed in place: position, new value. */
  changed?: [number, JournalValue][]
}

export interface RaiseLine {
  kind: 'raise'
  call: number
  at: number
  type: string
  /** Only where it can be had without running the user's code. */
  message?: string
  /** Module id and line of the user's code nearest to the raise. */
  raisedAt?: [number, number]
  cpu?: number
  peak?: number
  level?: number
  /** Arguments changed in place: position, new value. */
  changed?: [number, JournalValue][]
}

/** A generator or coroutine gave up control; what it yielded, for a generator. */
export interface SuspendLine {
  kind: 'suspend'
  call: number
  at: number
  value?: JournalValue
}

export interface ResumeLine {
  kind: 'resume'
  call: number
  at: number
  value?: JournalValue
}

/**
 * Calls that the governor let run unrecorded since the last such line of the same component: `calls` of
 * them (adds up over lines), and a few sampled ones.
 */
export interface CountLine {
  kind: 'count'
  component: number
  /** The call that was running when the governor stepped in. */
  caller?: number
  at: number
  since?: number
  calls: number
  failures?: number
  samples?: {
    nanoseconds: number
    arguments?: JournalValue[]
  }[]
}

/**
 * read: opened for reading. write: opened, created or emptied. update: opened for writing in place or
 * appending. rename: path became `to`. remove: gone. final: what a written path holds at exit (no stat: it
 * is gone).
 */
export interface FileLine {
  kind: 'file'
  at: number
  call?: number
  op: 'read' | 'write' | 'update' | 'rename' | 'remove' | 'final'
  /** Absolute. */
  path: JournalText
  to?: JournalText
  /** read, final: what it holds. */
  stat?: Stat
  /** write, update, rename, remove: what was there before; absent: nothing. */
  old?: Stat
  /**
   * A standard stream of the process was redirected from or to it; which call read or printed is not known.
   */
  seen?: 'redirection'
}

export interface SpawnLine {
  kind: 'spawn'
  id: number
  at: number
  call?: number
  arguments: JournalText[]
  shell?: boolean
  /** Absolute path of the executable, where found. */
  program?: JournalText
  /** Module of a library whose code started the program; absent: the user's code did. */
  by?: string
  directory?: JournalText
  pid?: number
  /** File that standard input was redirected from. */
  input?: JournalText
  output?: JournalText
  error?: JournalText
}

/** The child ended, as its parent saw it. */
export interface WaitLine {
  kind: 'wait'
  spawn: number
  at: number
  status?: number
  signal?: number
  cpu?: number
  /** Largest resident bytes, where the system's figure is clearly the child's and not its parent's. */
  peak?: number
  files?: Touched[]
}

export interface MemoryLine {
  kind: 'memory'
  at: number
  resident: number
}

/** What the user's code seeds random numbers with: each seed of each function once. */
export interface SeedLine {
  kind: 'seed'
  at: number
  /**
   * The function that got it, as its module calls it: numpy.random.seed; with the parameter where that is
   * random_state: sklearn.model_selection.train_test_split random_state.
   */
  by: string
  value: JournalValue
}

/**
 * What the program itself says: metadata, or a quality metric's value, about the run, the current call or a
 * file.
 */
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

/** Something that could not be captured, and why; dropped: events lost with it. */
export interface GapLine {
  kind: 'gap'
  at: number
  call?: number
  reason: string
  dropped?: number
}

/** The process's own end, written as its interpreter shut down. */
export interface ExitLine {
  kind: 'exit'
  at: number
  cpu?: number
  peak?: number
  readBytes?: number
  writtenBytes?: number
}

export interface QualityRule {
  metric: string
  component?: string
  /** Relative to the working directory, or absolute. */
  file?: string
  /**
   * JSON pointer (RFC 6901) of the number in what is returned or written; absent: a returned number itself,
   * else the metric's name in a mapping.
   */
  pointer?: string
  unit?: string
  /** Which values of the metric are better. */
  better?: 'more' | 'less'
}

/** Line 1 of recorder.jsonl: what was asked, before the program started. */
export interface RunLine {
  kind: 'run'
  version: 1
  /** UUIDv7. */
  id: string
  wall: string
  monotonic: string
  /** The pipeline's name. */
  name: string
  arguments: JournalText[]
  directory: JournalText
  /** Folder of the program's temporary files: what it leaves there is not to be kept. */
  temporary?: JournalText
  /** Base IRI of the names that people use: urn:vampira: or an http IRI. */
  base: string
  detail: 'full' | 'adaptive' | 'summary'
  /** The recorder's own version. */
  recorder: string
  operator: {
    login: string
    hostHash: string
    iri?: string
  }
  metadata?: {
    name: string
    value: JournalValue
  }[]
  include?: string[]
  exclude?: string[]
  /** Patterns of files that were left out on request. */
  ignore?: string[]
  /**
   * Declared quality metrics: a measurement is what a component returns, or what a file that the run wrote
   * holds.
   */
  quality?: QualityRule[]
  /** Names of components declared to make data from nothing. */
  generators?: string[]
  /** Secrets left out of the command line. */
  redacted?: number
}

/**
 * The recorder read a file: its content, or why not. describedBy and facts come from a describer (shape,
 * elementType, unit, columns, rowCount, minimum, maximum…).
 */
export interface DigestLine {
  kind: 'digest'
  path: JournalText
  stat: Stat
  /** Why there is no digest. */
  because?: string
  format?: string
  describer?: string
  facts?: Record<string, unknown>
}

/**
 * Whether the store that the run is recorded into keeps a content: as it is, without the secrets that were
 * in it, or (neither) not, and why. A later line of the same content replaces an earlier one.
 */
export interface KeptLine {
  kind: 'kept'
  sha256: string
  as?: 'whole' | 'redacted'
  /** Why it is not kept. */
  because?: string
}

/**
 * The memory of a program that an agent started, as the recorder saw it in /proc: largest resident bytes of
 * one process of its tree.
 */
export interface PeakLine {
  kind: 'peak'
  /** The last look that saw the program. */
  at: number
  spool: string
  spawn: number
  peak: number
  /** Absolute paths of files that its tree was seen to have open for writing. */
  wrote?: JournalText[]
}

/** A declared quality metric, read from a file when the program had ended. */
export interface MeasurementLine {
  kind: 'measurement'
  path: JournalText
  stat: Stat
  metric: string
  value: JournalValue
  unit?: string
}

export interface PackageLine {
  purl: string
  name: string
  version?: string
  /** Top-level modules that it brought. */
  modules?: string[]
  /** Absolute paths of executables that it brought. */
  programs?: string[]
}

export interface LockFile {
  path: JournalText
  stat: Stat
}

export interface EnvironmentLine {
  kind: 'environment'
  facts: {
    os: string
    machine: string
    cpuModel?: string
    cpuCount: number
    memoryBytes: number
    /** Package URL of the interpreter. */
    interpreter?: string
    container?: string
  }
  /** Loaded packages, and the packages that programs came from. */
  packages: PackageLine[]
  /** Executables of no package: path and digest. */
  programs?: {
    path: string
    sha256: string
  }[]
  /** Chosen environment variables. */
  variables?: Record<string, JournalValue>
  /** Lock files beside the code and above it in its project; their digests are in lines of their own. */
  locks?: LockFile[]
  hostHash?: string
}

/** The project the user's code belongs to, and its git state. */
export interface RepositoryLine {
  kind: 'repository'
  /** pyproject.toml's or package.json's name above the code, else the repository's, else its folder's. */
  project: string
  root: JournalText
  origin?: string
  commit?: string
  dirty?: boolean
  /** The uncommitted changes. */
  diff?: string
  /** Files that git tracks and that are source code: relative path to SHA-256. */
  files?: Record<string, string>
}

/** The program ended, as its recorder saw it. */
export interface FinishLine {
  kind: 'finish'
  at: number
  status?: number
  signal?: string
  cpu?: number
  peak?: number
  readBytes?: number
  writtenBytes?: number
  /**
   * The machine's load average of the last minute in hundredths, just before the program started and when it
   * had ended.
   */
  load?: [number, number]
}

/** What an agent writes into its spool. */
export type AgentLine =
  | ProcessLine
  | ModuleLine
  | LibraryLine
  | OptionsLine
  | ComponentLine
  | StartLine
  | ReturnLine
  | RaiseLine
  | SuspendLine
  | ResumeLine
  | CountLine
  | FileLine
  | SpawnLine
  | WaitLine
  | MemoryLine
  | NoteLine
  | SeedLine
  | GapLine
  | ExitLine

/** What the recorder writes into recorder.jsonl. */
export type RecorderLine =
  | RunLine
  | DigestLine
  | KeptLine
  | MeasurementLine
  | PeakLine
  | EnvironmentLine
  | RepositoryLine
  | FinishLine
  | GapLine

export type JournalLine =
  | ProcessLine
  | ModuleLine
  | LibraryLine
  | OptionsLine
  | ComponentLine
  | StartLine
  | ReturnLine
  | RaiseLine
  | SuspendLine
  | ResumeLine
  | CountLine
  | FileLine
  | SpawnLine
  | WaitLine
  | MemoryLine
  | NoteLine
  | SeedLine
  | GapLine
  | ExitLine
  | RunLine
  | DigestLine
  | KeptLine
  | MeasurementLine
  | PeakLine
  | EnvironmentLine
  | RepositoryLine
  | FinishLine
