import { textOf } from '../journal/journal-text.ts'
import type { DigestLine, Stat } from '../journal/line.ts'
import type { Content, ContentFacts, Keeping } from './run.ts'

/** What the recorder read of files: the content of a path when it had a size and a time of change. */
export class Contents {
  readonly #byStat = new Map<string, DigestLine>()
  readonly #bySha256 = new Map<string, DigestLine>()

  readonly #kept: ReadonlyMap<string, Keeping>

  constructor(digests: readonly DigestLine[], kept: ReadonlyMap<string, Keeping> = new Map()) {
    this.#kept = kept
    for (const digest of digests) {
      this.#byStat.set(keyOf(textOf(digest.path), digest.stat), digest)
      if (digest.stat.sha256 !== undefined) this.#bySha256.set(digest.stat.sha256, digest)
    }
  }

  /** The content of what was at any of these paths (a renamed file has several) with that stat, or why there is none. */
  find(paths: readonly string[], stat: Stat): { content: Content | undefined; because: string | undefined } {
    const read = paths
      .map((path) => this.#byStat.get(keyOf(path, stat)))
      .find((digest) => digest !== undefined)
    const sha256 = stat.sha256 ?? read?.stat.sha256
    if (sha256 === undefined) return { content: undefined, because: read?.because }
    const described = read?.stat.sha256 === sha256 ? read : this.#bySha256.get(sha256)
    const content = {
      sha256,
      size: stat.size,
      format: described?.format,
      describer: described?.describer,
      kept: this.#kept.get(sha256),
      facts: (described?.facts ?? {}) as ContentFacts,
    }
    return { content, because: undefined }
  }
}

function keyOf(path: string, stat: Stat): string {
  return `${stat.size} ${stat.modified} ${path}`
}
