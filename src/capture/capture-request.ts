import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import type { QualityRule, RunLine } from '../journal/line.ts'
import type { Clock } from './clock.ts'
import type { ProgramStreams } from './launch.ts'
import { hashHost } from '../host-hash.ts'
import { readLogin } from './host.ts'
import type { Keep } from './kept-contents.ts'
import type { Redactor } from './redact.ts'

/** What to run, and how to record it. */
export interface CaptureRequest {
  /** Program and arguments; no shell sees them. */
  command: readonly string[]
  /** The pipeline's name; absent: the script's stem or the program's name. */
  name?: string | undefined
  /** Name of the project that the code belongs to; absent: as its folder says. */
  project?: string | undefined
  /** Working directory; absent: ours. */
  directory?: string | undefined
  /** Base IRI of the names that people use. */
  base: string
  detail: RunLine['detail']
  metadata?: readonly (readonly [name: string, value: string])[]
  /** Packages to record besides the user's own code, and modules not to record. */
  include?: readonly string[]
  exclude?: readonly string[]
  /** Patterns of files that are no data: names, or paths relative to the working directory or absolute. */
  ignore?: readonly string[]
  quality?: readonly QualityRule[]
  generators?: readonly string[]
  /** What is kept of the contents of files; nothing unless there is a folder for them. */
  keep?: Keep
  contents?: string | undefined
  /** ORCID or another IRI of who runs it. */
  operator?: string | undefined
  /** Folder that gets the journal, in a folder named by the run's id. */
  journals: string
  /** File that remembers digests of big files between runs. */
  digests?: string | undefined
  environment?: NodeJS.ProcessEnv
  /** Standard input, output and error of the program; absent: ours. */
  streams?: ProgramStreams
  /** Called when the program has been started. */
  onStart?: () => void
  clock?: Clock
  /** Version of vampira. */
  recorder: string
}

/** What was decided for a run before it began. */
type RunFacts = Pick<RunLine, 'id' | 'name'> & { directory: string; args: string[] }

/** The run as recorder.jsonl begins with it, but for its times. */
export function describeRequest(
  request: CaptureRequest,
  { id, name, directory, args }: RunFacts,
  redactor: Redactor,
): Omit<RunLine, 'wall' | 'monotonic'> {
  const {
    base,
    detail,
    recorder,
    operator: iri,
    include = [],
    exclude = [],
    ignore = [],
    quality = [],
    generators = [],
  } = request
  const metadata = (request.metadata ?? []).map(([key, value]) => ({
    name: key,
    value: redactor.named(key, value),
  }))
  return {
    kind: 'run',
    version: 1,
    id,
    name,
    arguments: args,
    directory,
    // Empty is unset, and a relative one begins where the program does.
    temporary: resolve(directory, (request.environment ?? process.env)['TMPDIR'] || tmpdir()),
    base,
    detail,
    recorder,
    operator: {
      login: readLogin(request.environment ?? process.env),
      hostHash: hashHost(),
      ...(iri !== undefined && { iri }),
    },
    ...(metadata.length > 0 && { metadata }),
    ...(include.length > 0 && { include: [...include] }),
    ...(exclude.length > 0 && { exclude: [...exclude] }),
    ...(ignore.length > 0 && { ignore: [...ignore] }),
    ...(quality.length > 0 && { quality: [...quality] }),
    ...(generators.length > 0 && { generators: [...generators] }),
  }
}
