import {
  listUnpushed,
  openWorkplace,
  pushRun,
  removeDeadProbes,
  resolveEndpoint,
  resolveRun,
  StoreError,
} from '../src/index.ts'
import type { PushedRun, RunEntry } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { printable } from './terminal/columns.ts'
import type { CliCommand } from './command.ts'
import { describeError, exitCodes } from './exit-codes.ts'

export const command: CliCommand = {
  arguments: '<where> [runs...]',
  description:
    'Copies runs to a SPARQL 1.1 server, by default all that are not there yet. Each is compared with what the server ' +
    'holds afterwards, and seen there only as a whole; pushing again sends what is missing. A server is a URL (of a ' +
    'Fuseki dataset, an Oxigraph or Virtuoso server, an RDF4J or GraphDB repository) or a name in vampira.toml. A ' +
    'password is taken from VAMPIRA_STORE_‹HOST_PORT or NAME›_USER and …_PASSWORD, or …_TOKEN.',
  examples: [
    ['vampira push http://localhost:3030/lab', 'all runs that are not there yet, to a Fuseki dataset'],
    ['vampira push lab last', 'the last run, to [stores.lab] of vampira.toml'],
    ['VAMPIRA_STORE_LAB_USER=ada VAMPIRA_STORE_LAB_PASSWORD=… vampira push lab', 'with a password'],
  ],
  async run(terminal, [where = '', ...asked], options) {
    const { store, settings } = await openWorkplace(options.store)
    const entries = await store.runs()
    const chosen = asked.map((text) => resolveRun(entries, text))
    stopBetweenRequests(terminal)
    const progress = terminal.progress(`Pushing to ${where}`)
    try {
      const endpoint = await resolveEndpoint(where, settings.stores, { signal: terminal.signal })
      await removeDeadProbes(endpoint)
      const runs = asked.length > 0 ? chosen : await listUnpushed(store, entries, endpoint)
      const pushed: PushedRun[] = []
      let damaged = 0
      for (const [at, entry] of runs.entries()) {
        try {
          const result = await pushRun(store, endpoint, entry.id, {
            signal: terminal.signal,
            onProgress: ({ part, sentTriples, totalTriples }) =>
              progress.update(
                `run ${at + 1} of ${runs.length}, ${part}: ${sentTriples} of ${countOf(totalTriples, 'triple')}`,
              ),
          })
          pushed.push(result)
          if (options.json !== true) await terminal.print(printable(describe(entry, result)))
        } catch (error) {
          // One damaged run here is no reason to keep the others from going.
          if (!(error instanceof StoreError)) throw error
          damaged += 1
          terminal.note(describeError(error, false))
        }
      }
      if (options.json === true) await terminal.printJson({ endpoint: endpoint.name, runs: pushed })
      else if (runs.length === 0) await terminal.print(allThere(entries.length, where))
      return damaged > 0 ? exitCodes.failure : exitCodes.fine
    } catch (error) {
      if (terminal.signal.aborted) terminal.note(describeError(error, false))
      throw error
    } finally {
      progress.done()
    }
  },
}

/** The first Ctrl-C lets the request that is under way end, since a body cut short harms some servers; the second kills. */
function stopBetweenRequests(terminal: Parameters<CliCommand['run']>[0]): void {
  terminal.handleInterrupts()
  terminal.signal.addEventListener('abort', () => process.removeAllListeners('SIGINT'), { once: true })
}

function allThere(runs: number, where: string): string {
  if (runs === 0) return 'There are no runs to push.'
  return runs === 1 ? `The only run is at ${where}.` : `All ${countOf(runs, 'run')} are at ${where}.`
}

function describe(entry: RunEntry, { graphs }: PushedRun): string {
  const name = `${entry.id.replace(/^urn:uuid:/, '')} (${entry.name})`
  const sent = graphs.filter(({ outcome }) => outcome === 'sent')
  if (sent.length === 0) return `${name} was there`
  const triples = sent.reduce((sum, { count }) => sum + count, 0)
  return `${name} pushed: ${countOf(triples, 'triple')} in ${countOf(sent.length, 'graph')}`
}
