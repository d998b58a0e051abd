import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '../errors.ts'
import { compileIgnorePatterns } from '../ignore-patterns.ts'
import { patternOfText } from '../pattern-of-text.ts'
import { DEFAULT_BASE } from '../rdf/run-names.ts'
import type { RecordingSettings } from '../recorder/workplace.ts'
import type { StoreAddresses } from '../sparql/resolve-endpoint.ts'
import { STORE_FOLDER } from '../store/directory/find-store.ts'
import { readQualityRule, type QualityRule } from './quality-rule.ts'
import { hasCode, storeError } from '../store/store-error.ts'

export const SETTINGS_FILE = 'vampira.toml'

/** The contents of `vampira.toml`. */
export interface Settings extends RecordingSettings {
  /** Remote stores by the names that people give them. */
  stores: Readonly<Record<string, StoreAddresses>>
  /** What storage plans reckon with, where it is not the usual. */
  storage: StorageSettings
}

export interface StorageSettings {
  /** Price of keeping 2³⁰ bytes for a month. */
  keepCost?: number
  /** Price of an hour of one processor. */
  computeCost?: number
  /** How often a month each file is used. */
  uses?: number
}

/**
 * Reads the settings of a `.vampira` folder; without the file, the defaults.
 * @throws UsageError with file and line, or for a file beside the folder, which would be passed over without a word
 * @throws StoreError when the file cannot be read
 */
export async function readSettings(folder: string): Promise<Settings> {
  const file = join(folder, SETTINGS_FILE)
  const misplaced = join(dirname(folder), SETTINGS_FILE)
  if (basename(folder) === STORE_FOLDER && existsSync(misplaced)) {
    throw new UsageError(`${misplaced} is not where settings are read`, {
      place: { file: misplaced },
      advice: `Move what it says into ${file}, and remove it.`,
    })
  }
  let text = ''
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw storeError('read the settings', file, error)
  }
  return parseSettings(text, file)
}

/** @param file where the text is from, for errors */
export async function parseSettings(text: string, file: string): Promise<Settings> {
  const { parse, TomlError } = await import('smol-toml')
  let table: Record<string, unknown>
  try {
    table = parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    throw new UsageError(`The settings are not TOML: ${reason}`, {
      place: { file, line: error.line, column: error.column },
      advice: 'Correct that line; https://toml.io shows the syntax.',
      cause: error,
    })
  }
  const reader = new SettingsReader(text, file)
  reader.onlyKeys(
    table,
    ['base', 'stores', 'quality', 'generators', 'include', 'exclude', 'ignore', 'keep', 'storage'],
    '',
  )
  return {
    base: table['base'] === undefined ? DEFAULT_BASE : reader.base(table['base']),
    stores: reader.stores(table['stores']),
    quality: reader.quality(table['quality']),
    generators: reader.names('generators', table['generators'], 'simulate.random_field'),
    include: reader.names('include', table['include'], 'sklearn.linear_model'),
    exclude: reader.names('exclude', table['exclude'], 'pipeline.plots'),
    ignore: await reader.ignore(table['ignore']),
    keep: reader.keep(table['keep']),
    storage: reader.storage(table['storage']),
  }
}

/** Whether names can be appended to a text to make absolute IRIs. */
export function isBase(text: string): boolean {
  return (
    /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*[:/#]$/.test(text) || /^[A-Za-z][A-Za-z0-9+.-]*:$/.test(text)
  )
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

class SettingsReader {
  readonly #lines: readonly string[]
  readonly #file: string

  constructor(text: string, file: string) {
    this.#lines = text.split('\n')
    this.#file = file
  }

  base(value: unknown): string {
    if (typeof value === 'string' && isBase(value)) return value
    throw this.#wrong('base', 'base must be an absolute IRI that ends in : / or #', 'base = "urn:vampira:"')
  }

  names(key: string, value: unknown, example: string): string[] {
    if (value === undefined) return []
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
    throw this.#wrong(key, `${key} must be a list of component names`, `${key} = ["${example}"]`)
  }

  async ignore(value: unknown): Promise<string[]> {
    if (value === undefined) return []
    const example = 'ignore = ["*.log", "scratch", "results/**/*.tmp"]'
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
      throw this.#wrong('ignore', 'ignore must be a list of patterns of files', example)
    }
    try {
      // Where it will be run is not known yet, nor needed to see whether they are patterns.
      await compileIgnorePatterns(value, '/')
    } catch (error) {
      throw this.#wrong('ignore', (error as Error).message, example)
    }
    return value
  }

  keep(value: unknown): RecordingSettings['keep'] {
    if (value === undefined) return 'texts'
    if (value === 'nothing' || value === 'texts' || value === 'inputs') return value
    throw this.#wrong('keep', 'keep must be nothing, texts or inputs', 'keep = "texts"')
  }

  stores(value: unknown): Record<string, StoreAddresses> {
    const stores: Record<string, StoreAddresses> = {}
    for (const [name, each] of Object.entries(this.#table('stores', value))) {
      const table = this.#table(name, each)
      this.onlyKeys(table, ['query', 'update', 'data'], `stores.${name}.`)
      const [query, update, data] = ['query', 'update', 'data'].map((key) => this.#url(table[key], key, name))
      if (query === undefined) {
        throw this.#wrong(name, `stores.${name} has no query URL`, 'query = "http://host/sparql"')
      }
      stores[name] = { query, ...(update !== undefined && { update }), ...(data !== undefined && { data }) }
    }
    return stores
  }

  #url(value: unknown, key: string, store: string): string | undefined {
    if (value === undefined) return undefined
    if (typeof value === 'string' && /^https?:\/\/\S+$/.test(value) && URL.canParse(value)) return value
    const message = `stores.${store}.${key} must be an http or https URL`
    throw this.#wrong(key, message, `${key} = "http://host/…"`, store)
  }

  quality(value: unknown): RecordingSettings['quality'] {
    return Object.entries(this.#table('quality', value)).map(([metric, rule]) => {
      if (typeof rule === 'string') return this.#qualityRule(metric, rule)
      const { component, file, unit, better, ...rest } = this.#table(metric, rule)
      const where = file === undefined ? component : component === undefined ? file : undefined
      const isDirection = better === undefined || better === 'more' || better === 'less'
      const isUnit = unit === undefined || typeof unit === 'string'
      if (typeof where === 'string' && isDirection && isUnit && Object.keys(rest).length === 0) {
        return {
          ...this.#qualityRule(metric, where),
          ...(unit !== undefined && { unit }),
          ...(better !== undefined && { better }),
        }
      }
      throw this.#wrong(
        metric,
        `quality.${metric} must name a component or a file, and perhaps a unit, and whether "more" or "less" is better`,
        'completeness = { component = "swep.completeness", unit = "%", better = "more" }',
      )
    })
  }

  storage(value: unknown): StorageSettings {
    const table = this.#table('storage', value)
    this.onlyKeys(table, ['keep-cost', 'compute-cost', 'uses'], 'storage.')
    const number = (key: string): number | undefined => {
      const given = table[key]
      if (given === undefined || (typeof given === 'number' && given >= 0 && given < Infinity)) return given
      throw this.#wrong(key, `storage.${key} must be a number from 0`, `${key} = 0.02`, '[storage]')
    }
    const [keepCost, computeCost, uses] = [number('keep-cost'), number('compute-cost'), number('uses')]
    return {
      ...(keepCost !== undefined && { keepCost }),
      ...(computeCost !== undefined && { computeCost }),
      ...(uses !== undefined && { uses }),
    }
  }

  #qualityRule(metric: string, text: string): QualityRule {
    try {
      return readQualityRule(metric, text)
    } catch (error) {
      throw this.#wrong(metric, (error as Error).message, 'r2 = "metrics.json#/r2"')
    }
  }

  onlyKeys(table: Record<string, unknown>, known: readonly string[], path: string): void {
    for (const key of Object.keys(table)) {
      if (known.includes(key)) continue
      throw this.#wrong(key, `There is no setting ${path}${key}; there are ${known.join(', ')}`, undefined)
    }
  }

  #table(key: string, value: unknown): Record<string, unknown> {
    if (value === undefined) return {}
    if (isTable(value)) return value
    throw this.#wrong(key, `${key} must be a table`, undefined)
  }

  #wrong(key: string, message: string, example: string | undefined, under?: string): UsageError {
    const line = this.#lineOf(key, under)
    return new UsageError(message, {
      place: { file: this.#file, ...(line === undefined ? {} : { line }) },
      advice: example === undefined ? 'Correct or remove it.' : `Write for example: ${example}`,
    })
  }

  /** The TOML parser gives no positions of keys, so this looks for the key, after the header of its table. */
  #lineOf(key: string, under: string | undefined): number | undefined {
    const from =
      under === undefined
        ? 0
        : Math.max(
            0,
            this.#lines.findIndex((line) => line.includes(under)),
          )
    const asKey = new RegExp(`^\\s*(?:\\[+.*)?["']?${patternOfText(key)}["']?\\s*(?:[\\].=]|$)`)
    const index = this.#lines.findIndex((line, at) => at >= from && asKey.test(line))
    return index < 0 ? undefined : index + 1
  }
}
