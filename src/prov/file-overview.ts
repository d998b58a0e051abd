import type { Json } from '../canonical-json.ts'
import type { Call, ComponentSummary, FileVersion } from '../record/run.ts'
import { contentIri } from './names.ts'

/** Files beyond which a summary leaves them to the record. */
const mostFiles = 100

/** The figures of a content that are shown. */
const figures = ['rowCount', 'minimum', 'maximum', 'mean', 'zeroShare', 'missingShare'] as const

/** The files that a run read and made, each in a few facts, while they are few. */
export class FileOverview {
  #files: FileVersion[] = []
  #isComplete = true
  /** Calls by the file that they read. */
  readonly #uses = new Map<number, number>()
  /** Names of what wrote a file, or may have. */
  readonly #makers = new Map<number, string>()

  file(file: FileVersion): void {
    if (this.#isSource(file) || isProduct(file)) this.#files.push(file)
    // Which of them nobody read is known at the end only; no loop over files may fill the memory.
    if (this.#files.length > mostFiles * 100) this.#giveUp()
  }

  call({ usedFiles }: Call): void {
    if (!this.#isComplete) return
    for (const n of new Set(usedFiles)) this.#uses.set(n, (this.#uses.get(n) ?? 0) + 1)
  }

  summary({ component, generated, possiblyGenerated = [] }: ComponentSummary): void {
    for (const { file } of [...generated, ...possiblyGenerated]) this.#makers.set(file.n, component.name)
  }

  /**
   * In order of their paths; undefined where they are too many, or what made one is not known by its name.
   * @param run label of the run, which is said to have made what no call made
   */
  read(run: string): Json[] | undefined {
    const shown = this.#files.filter((file) => makerOf(file) !== undefined || this.#uses.has(file.n))
    if (!this.#isComplete || shown.length > mostFiles) return undefined
    const entries: Json[] = []
    for (const file of shown.sort(byPath)) {
      const by = makerOf(file)
      const maker = by === 'run' ? run : this.#makers.get(file.n)
      if (by !== undefined && (maker === undefined || (by !== 'run' && 'group' in by))) return undefined
      entries.push({
        path: file.path,
        role: by === undefined ? 'read' : file.generatedBy === undefined ? 'possibly made' : 'made',
        uses: this.#uses.get(file.n) ?? 0,
        ...(by !== undefined && { maker: maker! }),
        ...contentFacts(file),
      })
    }
    return entries
  }

  #isSource(file: FileVersion): boolean {
    return makerOf(file) === undefined
  }

  #giveUp(): void {
    this.#isComplete = false
    this.#files = []
    this.#uses.clear()
  }
}

function makerOf(file: FileVersion): FileVersion['generatedBy'] {
  return file.generatedBy ?? file.possiblyGeneratedBy
}

/** As the query `data-products` has it. */
function isProduct(file: FileVersion): boolean {
  return makerOf(file) !== undefined && file.invalidatedBy === undefined && file.isScratch !== true
}

function contentFacts({ content }: FileVersion): Record<string, Json> {
  if (content === undefined) return {}
  const facts: Record<string, Json> = { content: contentIri(content.sha256), sizeBytes: content.size }
  if (content.format !== undefined) facts['format'] = content.format
  for (const name of figures) {
    const figure = content.facts[name]
    if (figure !== undefined && Number.isFinite(figure)) facts[name] = figure
  }
  return facts
}

function byPath(a: FileVersion, b: FileVersion): number {
  const [first, second] = a.path === b.path ? [`file-${a.n}`, `file-${b.n}`] : [a.path, b.path]
  return Buffer.compare(Buffer.from(first), Buffer.from(second))
}
