import type { DataFactory, Quad } from '@rdfjs/types'
import type { Detail, Run, RunListener, Status } from '../record/run.ts'
import type { Bundle } from './bundle.ts'
import { largestRecord } from '../rdf/largest-record.ts'
import { hashTrig } from './canonical-hash.ts'
import { tellSoftware } from './describe-agents.ts'
import { dateTime, integerLiteral, stringLiteral } from '../rdf/literals.ts'
import { packageIri, underBase } from './names.ts'
import { NQuadsSink } from '../rdf/nquads-sink.ts'
import { Prefixes } from '../rdf/prefixes.ts'
import { QuadSink } from '../rdf/quad-sink.ts'
import { DEFAULT_BASE, runIri } from '../rdf/run-names.ts'
import { RunTeller } from './run-teller.ts'
import { TrigSink } from '../rdf/trig-sink.ts'
import { KINDS } from '../rdf/vocabulary.ts'

const DETAIL_LEVELS: Record<Detail, string> = {
  full: 'vam:Full',
  adaptive: 'vam:Adaptive',
  summary: 'vam:Grouped',
}

/** Where the texts of a run's two graphs go; a store's `RunWriter` is one. */
export interface GraphOutput {
  write(part: 'record' | 'summary', text: string): Promise<void>
}

export interface DescribeOptions {
  /** UUID of the run. */
  id: string
  /** Base IRI of the names that people use, `urn:vampira:` unless given. */
  base?: string
  /** Triples beyond which the record is not hashed. */
  hashBound?: number
}

/** What an index of runs says of one; a store's `RunEntry` is this. */
export interface RunLine {
  id: string
  name: string
  label: string
  startedAt: string
  endedAt?: string
  status: Status
  exitCode?: number
  wallSeconds?: number
  callCount: number
  commandLine: readonly string[]
  metadata?: Readonly<Record<string, string>>
  tripleCount: number
  canonicalHash?: string
}

/** A listener that writes what it hears. */
export interface RunDescription extends RunListener {
  /** Resolves when everything handed to the output so far is written. Await it now and then while telling a run. */
  drain(): Promise<void>
  /** After `run`: ends both graphs, hashes the record, and answers the run's line for an index. */
  finish(): Promise<RunLine>
}

/** Writes a run, while it is told, as a record graph in TriG and a summary graph in N-Quads. */
export function describeRun(output: GraphOutput, options: DescribeOptions): RunDescription {
  return new WrittenRun(output, options)
}

/** The same run as RDF/JS quads of both graphs, in memory: for small runs and for other writers. */
export function describeRunAsQuads(
  factory: DataFactory<Quad>,
  options: DescribeOptions,
): { listener: RunListener; quads: Quad[] } {
  const prefixes = runPrefixes(options)
  const quads: Quad[] = []
  const sink = (part: 'record' | 'summary') =>
    new QuadSink(prefixes, `run:${part}`, factory, (quad) => quads.push(quad))
  const sinks = { record: sink('record'), summary: sink('summary') }
  return { listener: new RunTeller(options.id, options.base ?? DEFAULT_BASE, prefixes, sinks), quads }
}

function runPrefixes({ id, base = DEFAULT_BASE }: DescribeOptions): Prefixes {
  return new Prefixes({
    run: `${runIri(id)}#`,
    pipe: underBase(base, 'pipeline'),
    agent: underBase(base, 'agent'),
    metric: underBase(base, 'metric'),
    program: underBase(base, 'program'),
    par: underBase(base, 'parameter'),
  })
}

class WrittenRun extends RunTeller implements RunDescription {
  readonly #id: string
  readonly #output: GraphOutput
  readonly #hashBound: number
  readonly #trig: TrigSink
  readonly #nquads: NQuadsSink
  readonly #prefixes: Prefixes
  /** The record's text again, for its hash, while it is small enough. */
  #kept: string[] | undefined = []
  #written: Promise<void> = Promise.resolve()
  #run: Run | undefined

  constructor(output: GraphOutput, options: DescribeOptions) {
    const prefixes = runPrefixes(options)
    let keep: (text: string) => void = () => {}
    let send: (part: 'record' | 'summary', text: string) => void = () => {}
    const trig = new TrigSink(prefixes, 'run:record', (text) => {
      keep(text)
      send('record', text)
    })
    const nquads = new NQuadsSink(prefixes, 'run:summary', (text) => send('summary', text))
    super(options.id, options.base ?? DEFAULT_BASE, prefixes, { record: trig, summary: nquads })
    this.#id = options.id
    this.#output = output
    this.#hashBound = options.hashBound ?? largestRecord
    this.#prefixes = prefixes
    this.#trig = trig
    this.#nquads = nquads
    keep = (text) => this.#keep(text)
    send = (part, text) => this.#send(part, text)
  }

  override run(run: Run): void {
    super.run(run)
    this.#run = run
  }

  async drain(): Promise<void> {
    await this.#written
  }

  async finish(): Promise<RunLine> {
    const run = this.#run
    if (run === undefined) throw new Error('A run is finished before it was told')
    this.#trig.finish()
    const hash = this.#kept && (await hashTrig(this.#kept, this.#prefixes))
    this.#kept = undefined
    const { tripleCount } = this.#trig
    tellRecord(this.summaryBundle, run, { tripleCount, hash, bound: this.#hashBound })
    this.#nquads.finish()
    await this.drain()
    return runLine(run, runIri(this.#id), this.callCount, tripleCount, hash)
  }

  #keep(text: string): void {
    if (this.#trig.tripleCount > this.#hashBound) this.#kept = undefined
    this.#kept?.push(text)
  }

  #send(part: 'record' | 'summary', text: string): void {
    if (text === '') return
    const write = this.#written.then(() => this.#output.write(part, text))
    // Told by the next drain; until then it must not count as unhandled.
    write.catch(() => {})
    this.#written = write
  }
}

/** The record as seen from outside it: how much it tells, its hash, and what wrote it. */
function tellRecord(
  bundle: Bundle,
  run: Run,
  { tripleCount, hash, bound }: { tripleCount: number; hash: string | undefined; bound: number },
): void {
  const { sink } = bundle
  const makers = [
    tellSoftware(bundle, packageIri(`pkg:npm/vampira@${run.recorderVersion}`), run.recorderVersion),
    ...run.agents.map(({ name, version }) =>
      tellSoftware(bundle, packageIri(`pkg:npm/vampira@${run.recorderVersion}#agents/${name}`), version),
    ),
  ]
  sink.begin('run:record', KINDS.record)
  sink.add('vam:detail', DETAIL_LEVELS[run.detail])
  sink.add('vam:droppedEventCount', integerLiteral(run.droppedEvents))
  sink.add('vam:redactedCount', integerLiteral(run.redacted))
  sink.add('vam:excludedCount', integerLiteral(run.exclude.length))
  sink.add('void:triples', integerLiteral(tripleCount))
  if (hash !== undefined) sink.add('vam:canonicalHash', stringLiteral(hash))
  else {
    const reason = `The record has more than ${bound} triples, too many to sort in memory`
    sink.add('vam:noDigestBecause', stringLiteral(reason))
  }
  for (const maker of new Set(makers)) sink.add('prov:wasAttributedTo', maker)
  sink.add('vam:describes', bundle.run)
  sink.end()
  sink.begin('run:summary', KINDS.summaryBundle)
  sink.add('prov:wasDerivedFrom', 'run:record')
  sink.add('vam:describes', bundle.run)
  sink.end()
}

function runLine(
  run: Run,
  id: string,
  callCount: number,
  tripleCount: number,
  canonicalHash: string | undefined,
): RunLine {
  const metadata = Object.fromEntries(run.metadata.map(({ name, value }) => [name, value.lexical]))
  return {
    id,
    name: run.pipeline.name,
    label: run.label,
    startedAt: dateTime(run.startedAt),
    ...(run.endedAt === undefined ? {} : { endedAt: dateTime(run.endedAt) }),
    status: run.status,
    ...(run.exitCode === undefined ? {} : { exitCode: run.exitCode }),
    ...(run.wall === undefined ? {} : { wallSeconds: Number(run.wall) / 1e9 }),
    callCount,
    commandLine: run.commandLine,
    ...(run.metadata.length === 0 ? {} : { metadata }),
    tripleCount,
    ...(canonicalHash === undefined ? {} : { canonicalHash }),
  }
}
