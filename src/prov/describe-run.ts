import type { Quad } from '@rdfjs/types'
import type { Run, RunListener } from '../record/run.ts'
import { largestRecord } from '../rdf/largest-record.ts'
import { hashTrig } from './canonical-hash.ts'
import { describedRun, type DescribedRun } from './described-run.ts'
import { underBase } from './names.ts'
import { NQuadsSink } from '../rdf/nquads-sink.ts'
import { Prefixes } from '../rdf/prefixes.ts'
import { QuadSink, type QuadFactory } from '../rdf/quad-sink.ts'
import { DEFAULT_BASE, runIri } from '../rdf/run-names.ts'
import { ProvWriter } from './prov-writer.ts'
import { TrigSink } from '../rdf/trig-sink.ts'
import { TextQueue, type GraphOutput } from './text-queue.ts'
import { writeRecordNode } from './write-record-node.ts'

export interface DescribeOptions {
  /** UUID of the run. */
  id: string
  /** Base IRI of the names that people use, `urn:vampira:` unless given. */
  base?: string
  /** Triples beyond which the record is not hashed. */
  hashBound?: number
}

/** A listener that writes what it is given. */
export interface RunDescription extends RunListener {
  /** Resolves when everything handed to the output so far is written. Await it now and then, so that memory stays small. */
  drain(): Promise<void>
  /** After `run`: ends both graphs and hashes the record. */
  finish(): Promise<DescribedRun>
}

/** Writes a run, while it is emitted, as a record graph in TriG and a summary graph in N-Quads. */
export function describeRun(output: GraphOutput, options: DescribeOptions): RunDescription {
  return new WrittenRun(output, options)
}

/** The same run as RDF/JS quads of both graphs, in memory: for small runs and for other writers. */
export function describeRunAsQuads(
  factory: QuadFactory,
  options: DescribeOptions,
): { listener: RunListener; quads: Quad[] } {
  const prefixes = runPrefixes(options)
  const quads: Quad[] = []
  const sink = (part: 'record' | 'summary') =>
    new QuadSink(prefixes, `run:${part}`, factory, (quad) => quads.push(quad))
  const sinks = { record: sink('record'), summary: sink('summary') }
  return { listener: new ProvWriter(options.id, options.base ?? DEFAULT_BASE, prefixes, sinks), quads }
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

class WrittenRun extends ProvWriter implements RunDescription {
  readonly #id: string
  readonly #hashBound: number
  readonly #texts: TextQueue
  readonly #trig: TrigSink
  readonly #nquads: NQuadsSink
  /** The record's text again, for its hash, while it is small enough. */
  readonly #kept: string[]
  #run: Run | undefined

  constructor(output: GraphOutput, options: DescribeOptions) {
    const { id, base = DEFAULT_BASE, hashBound = largestRecord } = options
    const prefixes = runPrefixes(options)
    const texts = new TextQueue(output)
    const kept: string[] = []
    const trig = new TrigSink(prefixes, 'run:record', (text) => {
      if (trig.tripleCount > hashBound) kept.length = 0
      else kept.push(text)
      texts.add('record', text)
    })
    const nquads = new NQuadsSink(prefixes, 'run:summary', (text) => texts.add('summary', text))
    super(id, base, prefixes, { record: trig, summary: nquads })
    this.#id = id
    this.#hashBound = hashBound
    this.#texts = texts
    this.#trig = trig
    this.#nquads = nquads
    this.#kept = kept
  }

  override run(run: Run): void {
    super.run(run)
    this.#run = run
  }

  drain(): Promise<void> {
    return this.#texts.drain()
  }

  async finish(): Promise<DescribedRun> {
    const run = this.#run
    if (run === undefined) throw new Error('`finish` was called before `run`')
    this.#trig.finish()
    const { tripleCount } = this.#trig
    const bound = this.#hashBound
    const hash = tripleCount > bound ? undefined : await hashTrig(this.#kept, this.record.prefixes)
    this.#kept.length = 0
    writeRecordNode(this.summaryBundle, run, { tripleCount, hash, bound })
    this.#nquads.finish()
    await this.drain()
    return describedRun(run, runIri(this.#id), this.callCount, tripleCount, hash)
  }
}
