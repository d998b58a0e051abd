import { agents } from './agents.ts'

/** Environment variables that can change what a program computes. Nothing that is likely to hold a secret. */
const names: ReadonlySet<string> = new Set([
  'LANG',
  'LC_ALL',
  'LC_NUMERIC',
  'LC_COLLATE',
  'LC_CTYPE',
  'TZ',
  'SOURCE_DATE_EPOCH',
  'CONDA_DEFAULT_ENV',
  'CONDA_PREFIX',
  'CUDA_VISIBLE_DEVICES',
  'CUBLAS_WORKSPACE_CONFIG',
  'TF_DETERMINISTIC_OPS',
  'NODE_ENV',
  'NODE_OPTIONS',
  ...agents.flatMap(({ variables }) => variables),
])

const prefixes = /^(OMP|OPENBLAS|MKL|BLIS|NUMEXPR|NUMBA)_/
/** How many threads libraries and languages use: VECLIB_MAXIMUM_THREADS, RAYON_NUM_THREADS, POLARS_MAX_THREADS … */
const threads = /^(GOMAXPROCS|LOKY_MAX_CPU_COUNT|[A-Z]+_(NUM|MAX|MAXIMUM)_THREADS)$/
/** Of a scheduler's many variables those that place or size the job; not its keys and host lists. */
const scheduler =
  /^(SLURM_(JOB_ID|JOB_NAME|JOB_PARTITION|ARRAY_\w+|NTASKS|CPUS_\w+|NNODES|MEM_\w+|PROCID|CLUSTER_NAME)|PBS_(JOBID|JOBNAME|QUEUE|NP|ARRAYID)|LSB_(JOBID|JOBNAME|QUEUE|DJOB_NUMPROC)|SGE_(TASK_ID|CLUSTER_NAME))$/

/** The variables of an environment that belong into a record. */
export function chooseVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  const chosen: Record<string, string> = {}
  for (const name of Object.keys(environment).toSorted()) {
    const value = environment[name]
    if (value === undefined) continue
    if (names.has(name) || prefixes.test(name) || threads.test(name) || scheduler.test(name))
      chosen[name] = value
  }
  return chosen
}
