import { writeFile } from 'node:fs/promises'
import { openWorkplace, planStorage, UsageError } from '../src/index.ts'
import type { MustKeep, PlannedFile, StoragePlan, StoragePrices } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { groupBy } from '../src/group-by.ts'
import { formatDuration, formatSize } from '../src/report/format-quantity.ts'
import type { StandardOptions } from './command.ts'
import { meantBy } from './meant-runs.ts'
import { sizeOfFile } from './size-of-file.ts'
import { storageScript } from './storage-script.ts'
import { printable } from './terminal/columns.ts'
import type { SourcesWithProgress } from './terminal/open-with-progress.ts'
import { formatTable } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'
import { useCaseCommand, type AnsweringOptions } from './use-case.ts'

const shownFiles = 20
const shownNames = 3

interface StorageOptions {
  keepCost?: number
  computeCost?: number
  uses?: number
  script?: string
}

export const command = useCaseCommand<StorageOptions, StoragePlan>({
  arguments: '[pipelines|runs...]',
  description:
    'Plans which of the files that runs made are cheaper to make again than to keep, from what each takes to keep, what ' +
    'it takes to make it again, and how often runs read it. Only what can be made again is dropped: what it is made from ' +
    'is there, code and environment are known, and the code was seen to make the same from the same. Nothing is deleted.',
  examples: [
    ['vampira storage', 'all files that the runs of the store made'],
    ['vampira storage cooling --keep-cost 0.1', 'those of cooling, at 0.1 a month for a gigabyte'],
    ['vampira storage cooling --uses 0.5', 'as if each were used every other month'],
    ['vampira storage cooling --script drop.sh', 'and write a script that drops them, to read and run'],
  ],
  exitCodes: {
    0: 'planned',
    2: 'asked wrongly: an unknown run or pipeline, a price below 0, a script that is there already',
    3: 'could not be done, or none of the files is there',
  },
  configure(command) {
    command
      .option(
        '--keep-cost <price>',
        'of keeping a gigabyte (2^30 bytes) for a month (default: 0.023, in US dollars; [storage] of vampira.toml sets others)',
        priceOf('--keep-cost'),
      )
      .option(
        '--compute-cost <price>',
        'of an hour of one processor (default: 0.048)',
        priceOf('--compute-cost'),
      )
      .option(
        '--uses <number>',
        'how often a month each file is used (default: as often as runs read it)',
        priceOf('--uses'),
      )
      .option('--script <file>', 'write the removals as a shell script, which checks each file before')
  },
  async answer(opened, questions, words, options) {
    const of = []
    for (const word of words) of.push(await meantBy(opened, word))
    const whole = await planStorage(questions, {
      now: new Date(),
      prices: await pricesOf(opened, options),
      lookAt: sizeOfFile,
      ...(of.length > 0 && { of }),
    })
    if (options.script !== undefined && whole.answer !== undefined)
      await writeScript(options.script, storageScript(whole.answer, ['vampira', 'storage', ...words]))
    return whole
  },
  describe: (terminal, plan, { evidence }, { script }) => {
    const { files, costs, keptBytes, droppedBytes, gap } = plan
    const dropped = files.filter(({ decision }) => decision === 'drop')
    const shown = files.filter(({ mustKeep }) => mustKeep === undefined)
    const best = gap === 0 ? 'the cheapest plan' : `at most ${figure(gap * 100)} % dearer than the cheapest`
    return [
      terminal.style(
        'bold',
        dropped.length === 0
          ? `Keep ${files.length > 1 ? 'all ' : ''}${countOf(files.length, 'file')}, ${formatSize(keptBytes)}: ${figure(costs.plan)} a month`
          : `Drop ${dropped.length} of ${countOf(files.length, 'file')}, ${formatSize(droppedBytes)} of ${formatSize(keptBytes + droppedBytes)}: ` +
              `${figure(costs.plan)} a month instead of ${figure(costs.keepAll)}`,
      ),
      terminal.style(
        'dim',
        `${best}; to drop all that can be made again ${figure(costs.dropAll)}, to decide each file by itself ${figure(costs.eachAlone)}`,
      ),
      ...(shown.length === 0 ? [] : ['', ...fileTable(terminal, shown.slice(0, shownFiles))]),
      ...(shown.length > shownFiles
        ? [terminal.style('dim', `… ${shown.length - shownFiles} more; --json has all`)]
        : []),
      ...mustKeepLines(files),
      '',
      ...rangeLines(plan),
      terminal.style(
        'dim',
        `${countOf(evidence['canBeMadeAgain'] ?? 0, 'file')} of ${files.length} can be made again`,
      ),
      ...(script === undefined
        ? []
        : [`Wrote ${printable(script)}; read it, then run it: sh ${printable(script)}`]),
    ]
  },
})

/** Prices from the command line, else from vampira.toml; what neither says has its default. */
async function pricesOf(
  { stores }: SourcesWithProgress,
  options: StorageOptions & AnsweringOptions & StandardOptions,
): Promise<Partial<StoragePrices>> {
  const isHere = options.source === undefined && stores.length > 0
  const set = isHere ? (await openWorkplace(options.store)).settings.storage : {}
  const { keepCost: keep, computeCost: compute, uses } = { ...set, ...options }
  return {
    ...(keep !== undefined && { keep }),
    ...(compute !== undefined && { compute }),
    ...(uses !== undefined && { uses }),
  }
}

async function writeScript(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o644 })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(
      code === 'EEXIST' ? `${path} is there already` : `Cannot write ${path}: ${message}`,
      { advice: 'Name a new file in a folder that exists.', cause: error },
    )
  }
}

function priceOf(option: string): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (value.trim() !== '' && Number.isFinite(number) && number >= 0) return number
    throw new UsageError(`${option} ${value} is not a number from 0`)
  }
}

function fileTable(terminal: Terminal, files: readonly PlannedFile[]): string[] {
  const right = 'right' as const
  return formatTable(
    terminal,
    [
      { title: '', text: ({ decision }: PlannedFile) => decision },
      { title: 'size', text: ({ sizeBytes }: PlannedFile) => formatSize(sizeBytes), align: right },
      {
        title: 'made in',
        text: ({ remake }: PlannedFile) => (remake === undefined ? '' : formatDuration(remake.seconds)),
        align: right,
      },
      { title: 'reads', text: ({ uses }: PlannedFile) => String(uses.reads), align: right },
      {
        title: 'last read',
        text: ({ uses }: PlannedFile) => uses.lastRead?.slice(0, 10) ?? 'never',
      },
      {
        title: 'uses a month',
        text: ({ uses: { perMonth, interval } }: PlannedFile) =>
          figure(perMonth) +
          (interval === undefined ? '' : ` (${interval.map((end) => figure(end)).join(' … ')})`),
      },
      { title: 'to keep', text: ({ keepCost }: PlannedFile) => figure(keepCost), align: right },
      {
        title: 'to make',
        text: ({ remake }: PlannedFile) => (remake === undefined ? '' : figure(remake.cost)),
        align: right,
      },
      {
        title: 'keep up to',
        text: ({ remake }: PlannedFile) => (remake === undefined ? '' : figure(remake.keepUpTo)),
        align: right,
      },
      { title: 'file', text: (file: PlannedFile) => placesText(file), cut: 'middle' },
    ],
    files,
  )
}

function placesText({ places }: PlannedFile): string {
  const [first = '', ...others] = places.map((url) =>
    decodeURIComponent(url.replace(/^file:\/\/[^/]*/, '').replace(/^.*\//, '')),
  )
  return others.length === 0 ? first : `${first} and ${countOf(others.length, 'copy', 'copies')}`
}

const reasons: Readonly<Record<MustKeep, string>> = {
  'no run was seen to make it': 'no completed run was seen to make them',
  'content not known': 'their content is not known',
  'repeats differed': 'their code made something else from the same',
  'no equal repeats': 'nobody saw their code make the same twice',
  'code not kept': 'the code that made them is not kept',
  'environment not known': 'where they were made is not known',
  'made from what is gone': 'what they were made from is gone',
  'made from itself': 'they were made from themselves',
}

function mustKeepLines(files: readonly PlannedFile[]): string[] {
  const kept = files.filter(({ mustKeep }) => mustKeep !== undefined)
  if (kept.length === 0) return []
  return [
    '',
    'Kept in any case',
    ...[...groupBy(kept, ({ mustKeep }) => mustKeep!)].flatMap(([reason, own]) => {
      const names = [...new Set(own.map(({ component }) => component))]
      const left = names.length - shownNames
      const bytes = own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      const line = `  ${countOf(own.length, 'file')}, ${formatSize(bytes)}: ${reasons[reason as MustKeep]} (${names.slice(0, shownNames).join(', ')}${left > 0 ? ` and ${left} more` : ''})`
      const again = own.find(({ commandLine }) => commandLine !== undefined)?.commandLine
      return reason !== 'no equal repeats' || again === undefined
        ? [printable(line)]
        : [printable(line), printable(`    vampira run --repeat 2 -- ${again.join(' ')}`)]
    }),
  ]
}

function rangeLines({ prices, holds }: StoragePlan): string[] {
  if (holds.keep.from === 0 && holds.keep.to === undefined) return ['No price of keeping changes the plan.']
  const range = ({ from, to }: { from: number; to?: number }, times = '') => {
    const [least, most] = [from, to].map((end) => `${times}${figure(end ?? 0, 3)}`)
    return from === 0 ? `up to ${most}` : to === undefined ? `from ${least}` : `from ${least} to ${most}`
  }
  return [
    `The plan stays the cheapest ${range(holds.keep)} a month for a gigabyte (now ${figure(prices.keep, 3)}), or with uses ${range(holds.uses, '×')}.`,
  ]
}

function figure(value: number, digits = 2): string {
  return String(Number(value.toPrecision(digits)))
}
