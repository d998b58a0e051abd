import { InvalidArgumentError } from 'commander'
import { resolve } from 'node:path'
import {
  compileIgnorePatterns,
  exitCodeOfProgram,
  findStoreFolder,
  initStore,
  openWorkplace,
  readQualityRule,
  runAndRecord,
  StoreError,
  UsageError,
} from '../src/index.ts'
import type { EndedRun, KeptRun, OpenedWorkplace } from '../src/index.ts'
import { printable } from './terminal/columns.ts'
import type { CliCommand } from './command.ts'
import { failureLine, keptAdvice, report, summaryLine } from './run-report.ts'
import type { Terminal } from './terminal/terminal.ts'

interface RunOptions {
  name?: string
  meta?: (readonly [string, string])[]
  quality?: (readonly [string, string])[]
  detail: 'full' | 'adaptive' | 'summary'
  include?: string[]
  exclude?: string[]
  ignore?: string[]
  operator?: string
  keep?: 'nothing' | 'texts' | 'inputs'
  repeat: number
  quiet?: boolean
}

/** Milliseconds. */
const sameKeystroke = 500

export const command: CliCommand<RunOptions> = {
  arguments: '<program> [args...]',
  description:
    'Runs a program, records what it did, and exits as it did. The program behaves as without vampira: its input, ' +
    'output, signals and exit code are its own, and no shell is in between. What vampira says goes to standard ' +
    'error: one line when the run is stored, or with --json an object in its last line.',
  examples: [
    ['vampira run -- python3 pipeline.py measurements.csv', 'record a Python pipeline'],
    ['vampira run --name cooling --meta room=kitchen -- python3 pipeline.py', 'with a name and metadata'],
    ['vampira run --repeat 3 -- python3 pipeline.py', 'three runs, to see what varies'],
    [
      "vampira run -- sh -c 'python3 make_measurements.py more.csv && sort more.csv'",
      'any command: its arguments, files, time, and every Python below it in depth',
    ],
  ],
  exitCodes: {
    n: "the program's own exit code, or 128 + the number of the signal that ended it",
    2: 'asked wrongly, or the program could not be started',
    3: 'there is no place for a record; the program was not started',
  },
  configure(command) {
    command
      .passThroughOptions()
      .option('--name <name>', 'name of the pipeline (default: the script’s or program’s)')
      .option('--meta <key=value>', 'metadata of the run; may be repeated', collectPairs)
      .option(
        '--quality <metric=where>',
        'quality of the run: what a component returns (r2=train.evaluate) or a file holds (r2=metrics.json#/r2); ' +
          'may be repeated',
        collectPairs,
      )
      .option('--detail <level>', 'full, adaptive or summary', readDetail, 'adaptive')
      .option(
        '--include <package>',
        'record calls of this library by your code, too; may be repeated',
        collect,
      )
      .option('--exclude <module>', 'do not record this module; may be repeated', collect)
      .option(
        '--ignore <pattern>',
        'files that are neither sources nor products (*.log, scratch, results/**/*.tmp); may be repeated',
        collect,
      )
      .option(
        '--keep <what>',
        'contents to keep: nothing, texts (small ones; the default), or inputs as well',
        readKeep,
      )
      .option('--operator <iri>', 'ORCID or another IRI of who runs it')
      .option('--repeat <times>', 'run and record so many times', readCount, 1)
      .option('--quiet', 'say nothing unless something goes wrong')
  },
  async run(terminal, args, options) {
    terminal.handleInterrupts()
    outliveOutput()
    const quality = (options.quality ?? []).map(([metric, where]) => readQualityRule(metric, where))
    await compileIgnorePatterns(options.ignore ?? [], process.cwd())
    const { workplace, store } = await openOrMakeStore(terminal, options)
    let code = 0
    for (let times = 0; times < options.repeat; times++) {
      const ended = await runAndRecord(workplace, store, {
        command: args,
        name: options.name,
        detail: options.detail,
        metadata: options.meta ?? [],
        quality,
        include: options.include ?? [],
        exclude: options.exclude ?? [],
        ignore: options.ignore ?? [],
        operator: options.operator,
        ...(options.keep !== undefined && { keep: options.keep }),
      })
      code ||= exitCodeOfProgram(ended.ending)
      await storeRun(terminal, ended, options)
      if (ended.ending.signal !== undefined) break
    }
    return code
  },
}

/** Whoever reads our output may go away; the program and its record are not ended by that. */
function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.removeAllListeners('error')
    stream.on('error', () => {})
  }
}

async function storeRun(
  terminal: Terminal,
  ended: EndedRun,
  options: { json?: boolean; quiet?: boolean },
): Promise<void> {
  const began = performance.now()
  const stopSaving = () => {
    // The Ctrl-C that ended the program may reach us after its end did.
    if (performance.now() - began < sameKeystroke) return
    terminal.note(printable(`vampira: stopped before the run was stored. ${keptAdvice(ended)}`))
    process.exit(exitCodeOfProgram(ended.ending))
  }
  process.on('SIGINT', stopSaving)
  const progress = terminal.progress('Recording')
  let kept: (KeptRun & { fault: unknown }) | undefined
  let failure: unknown
  try {
    kept = await ended.store((text) => progress.update(text))
  } catch (error) {
    failure = error
  } finally {
    progress.done()
    process.off('SIGINT', stopSaving)
  }
  const seconds = (performance.now() - began) / 1000
  if (options.json === true) terminal.note(JSON.stringify(report(ended, kept, failure, seconds)))
  else if (kept === undefined) terminal.note(failureLine(ended, failure))
  else if (options.quiet !== true || kept.fault !== undefined) terminal.note(summaryLine(kept, seconds))
}

async function openOrMakeStore(terminal: Terminal, options: { store?: string }): Promise<OpenedWorkplace> {
  const { store } = options
  if (store === undefined) {
    const folder = await findStoreFolder(process.cwd())
    if (folder !== undefined) return openWorkplace(folder)
  } else if (/^https?:/i.test(store)) {
    throw new UsageError(`Runs are recorded in a folder, and ${store} is a server`, {
      advice: 'Record into a folder and send runs there with `vampira push`',
    })
  } else {
    const opened = await openWorkplace(store).catch((error: unknown) => {
      if (error instanceof StoreError && error.cause === undefined) return undefined
      throw error
    })
    if (opened !== undefined) return opened
  }
  const directory = resolve(store ?? '.')
  const { location } = await initStore(directory)
  terminal.note(`vampira: made a store in ${location}`)
  return openWorkplace(directory)
}

function collect(value: string, collected: readonly string[] = []): string[] {
  return [...collected, value]
}

function collectPairs(
  text: string,
  collected: readonly (readonly [string, string])[] = [],
): (readonly [string, string])[] {
  const [, key, value] = /^([^=]+)=([^]*)$/.exec(text) ?? []
  if (key === undefined || value === undefined) throw new InvalidArgumentError('Write it as key=value.')
  return [...collected, [key.trim(), value]]
}

function readDetail(text: string): string {
  if (!['full', 'adaptive', 'summary'].includes(text)) {
    throw new InvalidArgumentError('It is full, adaptive or summary.')
  }
  return text
}

function readKeep(text: string): string {
  if (['nothing', 'texts', 'inputs'].includes(text)) return text
  throw new InvalidArgumentError('It is nothing, texts or inputs.')
}

function readCount(text: string): number {
  const times = Number(text)
  if (!Number.isInteger(times) || times < 1) throw new InvalidArgumentError('It is a whole number from 1.')
  return times
}
