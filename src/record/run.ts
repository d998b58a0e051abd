/**
 * A run as plain objects: what the journal said, with names resolved and nothing of RDF.
 * `prov/` turns these into PROV; see docs/model.md. Times of day are nanoseconds since 1970 UTC as bigint,
 * durations are nanoseconds, sizes are bytes.
 */

export type Detail = 'full' | 'adaptive' | 'summary'
export type Status = 'Completed' | 'Failed' | 'Interrupted'
export type ComponentKind = 'Function' | 'Method' | 'Class' | 'Module' | 'Command'

/** The run as a whole. Complete only when everything else has been emitted. */
export interface Run {
  /** UUIDv7; the run's IRI is urn:uuid:{id}. */
  id: string
  /** Base IRI of names that people use, e.g. `urn:vampira:`. */
  base: string
  label: string
  detail: Detail
  startedAt: bigint
  /** Absent when the run was interrupted before anyone saw its end. */
  endedAt: bigint | undefined
  status: Status
  exitCode: number | undefined
  /** Name of the signal that ended it, e.g. SIGKILL. */
  signal: string | undefined
  commandLine: readonly string[]
  workingDirectory: string
  wall: bigint | undefined
  cpu: bigint | undefined
  peakMemory: number | undefined
  readBytes: number | undefined
  writtenBytes: number | undefined
  /** The machine's load average of the last minute, just before the start and at the end. */
  load?: readonly [number, number] | undefined
  /** Seconds since start and MiB resident, thinned. */
  memoryCurve: readonly (readonly [number, number])[]
  operator: Operator
  pipeline: PipelineVersion
  environment: Environment
  /** What a `vam:*` on the run says beyond the environment: seeds, chosen environment variables, host hash. */
  variables: readonly { name: string; value: Literal }[]
  /** What the user's code seeded random numbers with, by the function that got it. */
  seeds: readonly { name: string; value: Literal }[]
  /** Files that say with which packages the code is to run. */
  lockFiles: readonly SourceFile[]
  hostHash: string | undefined
  recorderVersion: string
  agents: readonly { name: string; version: string }[]
  metadata: readonly Metadata[]
  quality: readonly Quality[]
  gaps: readonly Gap[]
  /** Names of packages that were recorded besides the user's own code. */
  include: readonly string[]
  /** Names of modules that were not recorded. */
  exclude: readonly string[]
  /** Patterns of files that were left out on request. */
  ignore: readonly string[]
  droppedEvents: number
  redacted: number
}

export interface Operator {
  login: string
  hostHash: string
  /** ORCID or another IRI, if given. */
  iri: string | undefined
}

export interface PipelineVersion {
  name: string
  /** Entry script relative to the project root, or the program. */
  entry: string
  /** Every user source file: path relative to the project root → SHA-256 hex. */
  sources: readonly SourceFile[]
  repository: string | undefined
  commit: string | undefined
  uncommittedChanges: boolean | undefined
  /** Unified diff of the uncommitted changes. */
  diff: string | undefined
}

export interface SourceFile {
  path: string
  sha256: string
  size: number | undefined
  kept?: Keeping | undefined
}

/** Whether the store that the run was recorded into keeps a content, perhaps without the secrets that were in it. */
export interface Keeping {
  /** Undefined where it is not kept. */
  as: 'whole' | 'redacted' | undefined
  /** Why it is not. */
  because: string | undefined
}

export interface Environment {
  os: string
  machine: string
  cpuModel: string | undefined
  cpuCount: number
  memoryBytes: number
  /** Package URL of the interpreter. */
  interpreter: string | undefined
  container: string | undefined
  packages: readonly Package[]
}

export interface Package {
  purl: string
  name: string
  version: string | undefined
}

export interface Process {
  n: number
  pid: number
  label: string
  /** Package URL of the interpreter or of the program's package. */
  package: string | undefined
}

/** A component at one version of its source, with its formal parameters. */
export interface ComponentVersion {
  /** Position in the run's list of component versions, from 1, in order of first appearance. */
  n: number
  kind: ComponentKind
  /** Display name: module.qualname, or the program's base name. */
  name: string
  /** For the user's code. */
  code: CodeOrigin | undefined
  /** For a program or a library's component: package URL with version, without subpath. */
  package: Package | undefined
  /** For a program: absolute path; its digest where no package owns it. */
  program: { path: string; sha256: string | undefined } | undefined
  signature: string | undefined
  documentation: string | undefined
  /** Of the component that a process begins with, the options of its command line come last, once they are known. */
  parameters: Parameter[]
  /** Declared to make data from nothing. */
  generator: boolean
  /** Its body reads globals or variables of an enclosing function, which earlier calls may have set. */
  readsState?: boolean
}

export interface CodeOrigin {
  project: string
  module: string
  /** Qualified name inside the module; empty for the module itself. */
  qualname: string
  file: SourceFile
  startLine: number
  endLine: number
  /** Source text that makes the version: decorators to last line, dedented, LF, trailing blanks cut. */
  source: string
}

export interface Parameter {
  name: string
  position: number
  /** It is an option of the command line. */
  isOption?: boolean
}

/** What RDF can say of a scalar: its lexical form and its XSD (or rdf:JSON) type, both XSD-canonical. */
export interface Literal {
  lexical: string
  type: 'string' | 'integer' | 'double' | 'boolean' | 'json'
}

/** An in-memory value; `n` names it in its run. */
export interface Value {
  n: number
  /** Name of its type: str, float, numpy.ndarray. */
  type: string
  literal: Literal | undefined
  /** Of an object that holds settings: what it held by name, as canonical JSON. */
  fields: string | undefined
  length: number | undefined
  bytes: number | undefined
  shape: readonly number[] | undefined
  elementType: string | undefined
  columns: readonly string[] | undefined
  redacted: boolean
  /** The call or group that made it; absent: it came from outside recorded code. */
  generatedBy: ActivityRef | undefined
  /** Role of the generation: the `return` port (-1), or the argument position changed in place. */
  generatedAs: number | undefined
  /** The value it was before it was changed in place. */
  revisionOf: number | undefined
  /** Set where this node stands for that many values that are not kept one by one: those of a group's calls. */
  represents?: number
}

export type ActivityRef = { call: number } | { group: number }

export interface Argument {
  position: number
  value: number
  isDefault: boolean
}

/** One call, or one execution of an external program. `n` is the order of start in the run. */
export interface Call {
  n: number
  component: ComponentVersion
  process: Process
  caller: ActivityRef | undefined
  /** `file:line` of the call, file relative to the project. */
  calledFrom: string | undefined
  startedAt: bigint
  endedAt: bigint | undefined
  status: Status
  wall: bigint | undefined
  cpu: bigint | undefined
  peakMemory: number | undefined
  /** Of these, bytes that the process did not hold when the call began. */
  addedMemory?: number | undefined
  exitCode: number | undefined
  commandLine: readonly string[] | undefined
  exception: { type: string; message: string | undefined; raisedAt: string | undefined } | undefined
  arguments: readonly Argument[]
  /** Values it returned or changed: already emitted, with generatedBy this call. */
  outputs: readonly number[]
  /** Values that its callees returned into its body. */
  received: readonly number[]
  /** File versions used; generation stands on the file version. */
  usedFiles: readonly number[]
  metadata: readonly Metadata[]
  gaps: readonly Gap[]
}

/** Calls of one component from one caller component that are not kept one by one. */
export interface CallGroup {
  n: number
  component: ComponentVersion
  process: Process
  /** What called the first of them. */
  caller: ActivityRef | undefined
  /** What called others of them, where not the same; bounded. */
  otherCallers?: readonly ActivityRef[]
  startedAt: bigint
  endedAt: bigint | undefined
  /** Calls in this group, and of that component and caller in the whole run. */
  callCount: number
  totalCallCount: number
  failureCount: number
  /** Of all of them; calls that were only counted are taken for as long as the sampled, else the recorded ones. */
  wall: bigint | undefined
  /** Seconds at 0.05, 0.25, 0.5, 0.75, 0.95; absent when nothing was timed. */
  wallQuantiles: readonly number[] | undefined
  settings: readonly Setting[]
  received: readonly number[]
  usedValues: readonly number[]
}

export interface SettingValue {
  literal: Literal
  count: number
  /** Every call that had it was left to the default, as far as each was seen. */
  isDefault?: true | undefined
}

/** What a parameter was over many calls: values with counts, or a histogram beyond a bound. */
export interface Setting {
  parameter: number
  /** Path of a field, with dots, where the setting is of a field of the parameter's values. */
  field?: string
  values: readonly SettingValue[]
  /** Lower edges and counts. */
  histogram: readonly (readonly [number, number])[] | undefined
  /** Calls whose value was seen, of those counted. */
  sampledCount: number
  redacted: boolean
}

/** The file at a path between one write and the next. */
export interface FileVersion {
  n: number
  /** Relative to the working directory where inside it, else absolute. */
  path: string
  /** file: URL of the absolute path. */
  url: string
  /** Number of its path (path-{n}); all versions at one path share it. */
  pathNumber: number
  content: Content | undefined
  /** Why it has no digest. */
  noDigestBecause: string | undefined
  size: number | undefined
  generatedBy: ActivityRef | 'run' | undefined
  /** A program that ran while it changed, with no other sign that it did this. */
  possiblyGeneratedBy?: ActivityRef
  invalidatedBy: ActivityRef | 'run' | undefined
  /** It is among the program's temporary files. */
  isScratch?: true
  /** What the program itself said about it. */
  metadata?: readonly Metadata[]
}

/** Bytes, named by their SHA-256. */
export interface Content {
  sha256: string
  size: number
  format: string | undefined
  /** Local name of the describer (FitsDescriber) or undefined where none knew the format. */
  describer: string | undefined
  /** Absent where nobody said so. */
  kept?: Keeping | undefined
  facts: ContentFacts
}

export interface ContentFacts {
  shape?: readonly number[]
  elementType?: string
  unit?: string
  columns?: readonly string[]
  rowCount?: number
  minimum?: number
  maximum?: number
  mean?: number
  /** At 0.05, 0.25, 0.5, 0.75 and 0.95. */
  quantiles?: readonly number[]
  /** Of all places for numbers, how many hold zero, hold nothing, and were looked at. */
  zeroShare?: number
  missingShare?: number
  sampledShare?: number
  /** The same of each column of a table. */
  columnStatistics?: readonly Readonly<Record<string, string | number | readonly number[]>>[]
}

export interface Metadata {
  name: string
  value: Literal
}

export interface Quality {
  metric: string
  value: Literal
  unit: string | undefined
  on: ActivityRef | { file: number } | 'run'
  /** Who computed it. */
  by: ActivityRef | undefined
  /** Number of the summary of the calls that it was measured on. */
  summary?: number
  /** Values, as the summaries' settings have them, that parameters had when it was measured. */
  settings?: readonly SettingValue[]
  /** Which values of the metric are better. */
  better?: 'more' | 'less'
}

export interface Gap {
  reason: string
}

/** One (component version, caller component) over the whole run: the line of the summary. */
export interface ComponentSummary {
  /** Order of first start. */
  n: number
  component: ComponentVersion
  caller: ComponentVersion | undefined
  process: Process
  /** Number of the first call (its n). */
  firstStart: number
  callCount: number
  failureCount: number
  wall: bigint
  wallQuantiles: readonly number[] | undefined
  self: bigint
  /** Of the measured calls only, which may be few. */
  cpu: bigint | undefined
  measuredCount: number
  peakMemory: number | undefined
  /** Most bytes that one measured call added to what the process held before. */
  addedMemory: number | undefined
  inputBytes: number
  outputBytes: number
  settings: readonly Setting[]
  used: readonly ContentAt[]
  generated: readonly ContentAt[]
  /** False for imports, and for programs that libraries started for themselves. */
  isStep: boolean
  /** Numbers of the summaries that the same caller started next. */
  followedBy: readonly number[]
  /** What changed while a program ran, with no other sign that it did this. */
  possiblyGenerated?: readonly ContentAt[]
  /** Numbers of the summaries whose values its calls used. */
  informedBy: readonly number[]
}

export interface ContentAt {
  file: FileVersion
}

/**
 * Receives a run as it is read. Processes and components are emitted before anything that holds them. Values, files,
 * calls and groups are referred to by number, and emitted once, when nothing about them can change any more: a call
 * when it has ended, a file version when it is overwritten or at the end, a group at the end. So they may come before
 * or after what refers to them, but always before `summary` and `run`. Numbers may have gaps.
 */
export interface RunListener {
  process(process: Process): void
  component(component: ComponentVersion): void
  /** An option of the command line was found, and is now a parameter of an emitted component. */
  option(component: ComponentVersion, option: Parameter): void
  value(value: Value): void
  file(file: FileVersion): void
  call(call: Call): void
  group(group: CallGroup): void
  summary(summary: ComponentSummary): void
  /** Last. */
  run(run: Run): void
}
