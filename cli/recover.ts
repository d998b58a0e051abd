import { openWorkplace, recoverJournals } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import type { Recovery } from '../src/index.ts'
import { printable } from './terminal/columns.ts'
import type { CliCommand } from './command.ts'
import { describeError, exitCodes } from './exit-codes.ts'

interface RecoverOptions {
  otherHosts?: boolean
}

export const command: CliCommand<RecoverOptions> = {
  description:
    'Makes records of the journals that killed recorders left in a store. They say Interrupted, and everything that ' +
    'was seen until then. A journal that somebody still writes is left alone; doing it again does nothing more.',
  examples: [
    ['vampira recover', 'whatever was left behind in the nearest store'],
    [
      'vampira recover --other-hosts',
      'also what was recorded on cluster nodes, when none of those runs is alive',
    ],
  ],
  exitCodes: {
    0: 'nothing is left to recover',
    1: 'a journal is left, since somebody still writes it',
    3: 'a journal could not be made into a record, and is kept',
  },
  configure(command) {
    command.option(
      '--other-hosts',
      'take recorders on other hosts to have ended: they cannot be seen from here',
    )
  },
  async run(terminal, _args, options) {
    const { workplace, store } = await openWorkplace(options.store)
    const progress = terminal.progress('Recovering')
    const recoveries: Recovery[] = []
    try {
      for await (const recovery of recoverJournals(workplace, store, {
        progress: (text) => progress.update(text),
        otherHosts: options.otherHosts,
      })) {
        recoveries.push(recovery)
        if (options.json !== true) await terminal.print(printable(describe(recovery)))
      }
    } finally {
      progress.done()
    }
    if (options.json === true) await terminal.printJson(recoveries.map(toJson))
    else if (recoveries.length === 0) await terminal.print('Nothing to recover.')
    const outcomes = new Set(recoveries.map(({ outcome }) => outcome))
    if (outcomes.has('failed')) return exitCodes.failure
    return outcomes.has('living') ? exitCodes.findings : exitCodes.fine
  },
}

function describe(recovery: Recovery): string {
  const { id, journal } = recovery
  switch (recovery.outcome) {
    case 'recovered': {
      const { name, status, callCount } = recovery.entry
      const damage =
        recovery.damaged === undefined ? '' : `; what could not be read of it is in ${recovery.damaged}`
      return `${id}  recovered ${name}: ${status}, ${countOf(callCount, 'call')}${damage}`
    }
    case 'living':
      return `${id}  left alone: ${recovery.writer} still writes it`
    case 'stored':
      return `${id}  was stored already; its journal is removed`
    case 'empty':
      return `${id}  held nothing: its recorder was killed before the program started; removed`
    case 'failed':
      return `${id}  kept in ${journal}: ${describeError(recovery.error, false)}`
  }
}

function toJson(recovery: Recovery): object {
  const { id, journal, ...rest } = recovery
  const common = { id: `urn:uuid:${id}`, journal, outcome: recovery.outcome }
  if (recovery.outcome === 'failed') return { ...common, error: describeError(recovery.error, false) }
  if (recovery.outcome === 'living') return { ...common, writer: recovery.writer }
  if (recovery.outcome !== 'recovered') return common
  return { ...common, run: recovery.entry, ...('damaged' in rest && { damaged: rest.damaged }) }
}
