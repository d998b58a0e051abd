import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { chmod, copyFile, readFile, rename } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { keptPlaces } from '../kept-places.ts'
import { textOf, toPath } from '../journal/journal-text.ts'
import type { JournalText, ModuleLine, Stat } from '../journal/line.ts'
import type { Redactor } from './redact.ts'

/** What is kept of a run's contents: nothing, source files and small texts, or besides these all that was read. */
export type Keep = 'nothing' | 'texts' | 'inputs'

/** Bytes of a text, and of all texts of a run, that are kept. */
const largestText = 256 << 10
const mostText = 16 << 20

/**
 * Keeps contents once by their SHA-256, in folders by its first two digits. A text in which there was a secret is kept
 * without it, under its own digest and the ending `.redacted`: it is not what the digest says.
 */
export class KeptContents {
  /** Texts that were left out because there were too many in this run. */
  leftOut = 0
  readonly #folder: string
  readonly #redactor: Redactor
  readonly #keep: Keep
  readonly #known = new Set<string>()
  #bytes = 0

  constructor(folder: string, keep: Keep, redactor: Redactor) {
    this.#folder = folder
    this.#keep = keep
    this.#redactor = redactor
  }

  /** A file of the user's code, as it was loaded. */
  keepSource({ file, source }: ModuleLine): void {
    if (this.#keep === 'nothing') return
    const bytes = typeof source === 'string' ? Buffer.from(source) : Buffer.from(source.v, 'base64')
    this.#keepText(createHash('sha256').update(bytes).digest('hex'), bytes, textOf(file))
  }

  /** A file that was hashed: it is kept if it still is what its digest says. */
  async keepFile(path: JournalText, { sha256, size }: Stat, isInput: boolean): Promise<void> {
    if (this.#keep === 'nothing' || sha256 === undefined) return
    const isText = size <= largestText
    if (!isText && !(isInput && this.#keep === 'inputs')) return
    try {
      if (isText) {
        if (this.#hasText(sha256, size)) return
        const bytes = await readFile(toPath(path))
        if (createHash('sha256').update(bytes).digest('hex') !== sha256) return
        if (this.#keepText(sha256, bytes, textOf(path)) || !isInput || this.#keep !== 'inputs') return
      }
      await this.#copy(sha256, path)
    } catch {
      // Gone or changed: only its digest is left.
    }
  }

  /** Whether an earlier run has kept a text, or this one: then nobody need read it again. It counts as a text of this run. */
  #hasText(sha256: string, size: number): boolean {
    if (this.#known.has(sha256)) return true
    if (this.#bytes + size > mostText) return false
    if (!Object.values(keptPlaces(this.#folder, sha256)).some((place) => existsSync(place))) return false
    this.#known.add(sha256)
    this.#bytes += size
    return true
  }

  /** @returns whether it is a text */
  #keepText(sha256: string, bytes: Buffer, path: string): boolean {
    if (bytes.length > largestText || !isText(bytes)) return false
    if (this.#known.has(sha256)) return true
    this.#known.add(sha256)
    if (this.#bytes + bytes.length > mostText) {
      this.leftOut++
      return true
    }
    this.#bytes += bytes.length
    const whole = bytes.toString('utf8')
    const shown = this.#redactor.document(whole, extname(path))
    const place = this.#placeOf(sha256, shown === whole ? 'whole' : 'redacted')
    if (existsSync(place)) return true
    const part = `${place}.${randomBytes(4).toString('hex')}`
    writeFileSync(part, shown === whole ? bytes : shown, { mode: 0o600 })
    renameSync(part, place)
    return true
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
    mkdirSync(dirname(place), { recursive: true })
    return place
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
