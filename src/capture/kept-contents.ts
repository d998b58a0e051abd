import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { chmod, copyFile, rename } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { keptPlaces } from '../kept-places.ts'
import { openForHash, readBeginning } from './files/open-for-hash.ts'
import { textOf, toPath } from '../journal/journal-text.ts'
import type { JournalText, KeptLine, ModuleLine, Stat } from '../journal/line.ts'
import type { Redactor } from './redact.ts'

/** What is kept of a run's contents: nothing, source files and small texts, or besides these all that was read. */
export type Keep = 'nothing' | 'texts' | 'inputs'

/** Bytes of a text, and of all texts of a run, that are kept. */
const largestText = 256 << 10
const mostText = 16 << 20

const reasons = {
  nothing: 'nothing was to be kept',
  large: 'larger than 256 KiB',
  many: 'there were more than 16 MiB of texts',
  binary: 'no text',
  changed: 'changed or gone before it was kept',
} as const

type Fate = { as: 'whole' | 'redacted' } | { because: (typeof reasons)[keyof typeof reasons] }

/**
 * Keeps contents once by their SHA-256, in folders by its first two digits, and tells of each whether it is kept. A text
 * in which there was a secret is kept without it, under its own digest and the ending `.redacted`: it is not what the
 * digest says.
 */
export class KeptContents {
  /** Texts that were left out because there were too many in this run. */
  leftOut = 0
  readonly #folder: string
  readonly #redactor: Redactor
  readonly #keep: Keep
  readonly #tell: (line: KeptLine) => void
  readonly #fates = new Map<string, Fate>()
  /** Those that are there. */
  readonly #folders = new Set<string>()
  #bytes = 0

  constructor(folder: string, keep: Keep, redactor: Redactor, tell: (line: KeptLine) => void) {
    this.#folder = folder
    this.#keep = keep
    this.#redactor = redactor
    this.#tell = tell
  }

  /** A file of the user's code, as it was loaded. */
  keepSource({ file, source }: ModuleLine): void {
    const bytes = typeof source === 'string' ? Buffer.from(source) : Buffer.from(source.v, 'base64')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    if (this.#isKept(sha256)) return
    if (this.#keep === 'nothing') this.#end(sha256, { because: reasons.nothing })
    else {
      const before = this.#textOfAnEarlierRun(sha256, bytes.length)
      this.#end(sha256, before ?? this.#keepText(sha256, bytes, textOf(file)))
    }
  }

  /** A file that was hashed: it is kept if it still is what its digest says. */
  async keepFile(path: JournalText, stat: Stat, isInput: boolean): Promise<void> {
    const { sha256 } = stat
    if (sha256 === undefined || this.#isKept(sha256)) return
    this.#end(sha256, await this.#keepBytes(path, stat, sha256, isInput))
  }

  async #keepBytes(path: JournalText, stat: Stat, sha256: string, isInput: boolean): Promise<Fate> {
    const { size } = stat
    if (this.#keep === 'nothing') return { because: reasons.nothing }
    const isWanted = isInput && this.#keep === 'inputs'
    if (size > largestText && !isWanted) return { because: reasons.large }
    try {
      if (size <= largestText) {
        const before = this.#textOfAnEarlierRun(sha256, size)
        if (before !== undefined) return before
        const bytes = await readText(path, stat)
        if (createHash('sha256').update(bytes).digest('hex') !== sha256) return { because: reasons.changed }
        const fate = this.#keepText(sha256, bytes, textOf(path))
        if (!('because' in fate && fate.because === reasons.binary && isWanted)) return fate
      }
      await this.#copy(sha256, path)
      return { as: 'whole' }
    } catch {
      return { because: reasons.changed }
    }
  }

  #isKept(sha256: string): boolean {
    const fate = this.#fates.get(sha256)
    return fate !== undefined && 'as' in fate
  }

  /** A content may be met again, as a source after it was a product: what was kept once stays so. */
  #end(sha256: string, fate: Fate): void {
    if (this.#isKept(sha256)) return
    const before = this.#fates.get(sha256)
    this.#fates.set(sha256, fate)
    if (before !== undefined && 'because' in fate) return
    this.#tell({ kind: 'kept', sha256, ...fate })
  }

  /** Nobody need read again what an earlier run has kept. It counts as a text of this run. */
  #textOfAnEarlierRun(sha256: string, size: number): Fate | undefined {
    const { whole, redacted } = keptPlaces(this.#folder, sha256)
    if (this.#bytes + size > mostText) return undefined
    const as = existsSync(whole) ? 'whole' : existsSync(redacted) ? 'redacted' : undefined
    if (as === undefined) return undefined
    this.#bytes += size
    return { as }
  }

  #keepText(sha256: string, bytes: Buffer, path: string): Fate {
    if (bytes.length > largestText) return { because: reasons.large }
    if (!isText(bytes)) return { because: reasons.binary }
    const known = this.#fates.get(sha256)
    if (known !== undefined && 'as' in known) return known
    if (this.#bytes + bytes.length > mostText) {
      if (!this.#fates.has(sha256)) this.leftOut++
      return { because: reasons.many }
    }
    this.#bytes += bytes.length
    const whole = bytes.toString('utf8')
    const shown = this.#redactor.document(whole, extname(path))
    const as = shown === whole ? 'whole' : 'redacted'
    const place = this.#placeOf(sha256, as)
    if (existsSync(place)) return { as }
    const part = `${place}.${randomBytes(4).toString('hex')}`
    writeFileSync(part, shown === whole ? bytes : shown, { mode: 0o600 })
    renameSync(part, place)
    return { as }
  }

  async #copy(sha256: string, path: JournalText): Promise<void> {
    const place = this.#placeOf(sha256, 'whole')
    if (existsSync(place)) return
    const part = `${place}.${randomBytes(4).toString('hex')}`
    await copyFile(toPath(path), part)
    await chmod(part, 0o600)
    await rename(part, place)
  }

  #placeOf(sha256: string, which: 'whole' | 'redacted'): string {
    const place = keptPlaces(this.#folder, sha256)[which]
    const folder = dirname(place)
    if (!this.#folders.has(folder)) mkdirSync(folder, { recursive: true })
    this.#folders.add(folder)
    return place
  }
}

async function readText(path: JournalText, seen: Stat): Promise<Buffer> {
  const file = await openForHash(toPath(path), seen)
  try {
    const buffer = Buffer.alloc(seen.size)
    return buffer.subarray(0, await readBeginning(file, buffer, seen.size))
  } finally {
    await file.close()
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false
  try {
    utf8.decode(bytes)
    return true
  } catch {
    return false
  }
}
