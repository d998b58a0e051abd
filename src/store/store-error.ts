import { StoreError } from '../errors.ts'

interface Advice {
  because: string
  advice: string
}

const REASONS: Readonly<Record<string, Advice>> = {
  ENOSPC: {
    because: 'the disk is full',
    advice: 'Free some space, then run `vampira recover`: the journal of an unsaved run is kept.',
  },
  EDQUOT: {
    because: 'the disk quota is used up',
    advice: 'Free some space, then run `vampira recover`: the journal of an unsaved run is kept.',
  },
  EACCES: { because: 'permission is denied', advice: 'Check who owns the folder and its permissions.' },
  EPERM: { because: 'it is not permitted', advice: 'Check who owns the folder and its permissions.' },
  EROFS: { because: 'the file system is read-only', advice: 'Choose another place with --store.' },
  EMFILE: { because: 'too many files are open', advice: 'Raise the limit with `ulimit -n` and try again.' },
  ENOENT: { because: 'it is not there', advice: 'Check the path, or whether somebody removed it meanwhile.' },
  ENOTDIR: { because: 'a part of its path is not a folder', advice: 'Check the path.' },
  EISDIR: { because: 'it is a folder', advice: 'Check the path.' },
}

/** What the operating system refused, in a sentence: `Cannot save run ‹…›: the disk is full`. */
export function storeError(doing: string, file: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const reason = REASONS[codeOf(error) ?? '']
  const because = reason?.because ?? (error instanceof Error ? error.message : String(error))
  return new StoreError(`Cannot ${doing}: ${because}`, {
    place: { file },
    cause: error,
    ...(reason === undefined ? {} : { advice: reason.advice }),
  })
}

/** Whether an error of the system is one of these. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes(codeOf(error) ?? '')
}

/** The system's name of an error, such as ENOENT. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
