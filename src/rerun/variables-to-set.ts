import { redactedMark } from '../capture/redact.ts'

/** Variables that choose a behaviour, and no place of this machine or number of a job. */
const behaviour =
  /^(LANG|LC_\w+|TZ|SOURCE_DATE_EPOCH|PYTHON(HASHSEED|OPTIMIZE|UTF8)|MPLBACKEND|NODE_ENV|CUBLAS_WORKSPACE_CONFIG|TF_DETERMINISTIC_OPS|(OMP|OPENBLAS|MKL|BLIS|NUMEXPR|NUMBA)_\w+|GOMAXPROCS|LOKY_MAX_CPU_COUNT|[A-Z]+_(NUM|MAX|MAXIMUM)_THREADS)$/

/** The variables of a run that a rerun sets as they were. Places (VIRTUAL_ENV) and jobs of a scheduler are not among them. */
export function variablesToSet(recorded: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recorded).filter(([name, value]) => behaviour.test(name) && !value.includes(redactedMark)),
  )
}
