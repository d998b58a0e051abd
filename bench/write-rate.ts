/**
 * Triples a second at which the record of a run is written, beside n3's Writer on the same triples, and what the
 * canonical hash costs on top. Medians of five rounds; the calls are made as they are emitted, which is part of the time.
 *
 *     npm run bench -- write-rate [calls, default 60000]
 */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Parser, Writer } from 'n3'
import { describeRun } from '../src/prov/describe-run.ts'
import type { GraphOutput } from '../src/prov/text-queue.ts'
import type { Call, RunListener, Value } from '../src/record/run.ts'
import { clip, componentsOfExample, python, run, runId } from '../test/prov/example-run.ts'

const calls = Number(process.argv[2] ?? 60_000)
const rounds = 5
const start = 1_795_464_842_118_204_311n

const value = (n: number, call: number | undefined): Value => ({
  n,
  type: 'float',
  literal: { lexical: `${(n % 9) + 1}.5E0`, type: 'double' },
  fields: undefined,
  length: undefined,
  bytes: undefined,
  shape: undefined,
  elementType: undefined,
  columns: undefined,
  redacted: false,
  generatedBy: call === undefined ? undefined : { call },
  generatedAs: call === undefined ? undefined : -1,
  revisionOf: undefined,
})

const call = (n: number): Call => ({
  n,
  component: clip,
  process: python,
  caller: { call: 1 },
  calledFrom: 'swep.py:45',
  startedAt: start + BigInt(n) * 1_043n,
  endedAt: start + BigInt(n) * 1_043n + 877n,
  status: 'Completed',
  wall: BigInt(800 + (n % 200)),
  cpu: BigInt(700 + (n % 200)),
  peakMemory: undefined,
  exitCode: undefined,
  commandLine: undefined,
  exception: undefined,
  arguments: [{ position: 0, value: (n % 1000) + 1, isDefault: false }],
  outputs: [n + 1000],
  received: [],
  usedFiles: [],
  metadata: [],
  gaps: [],
})

async function emit(listener: RunListener, drain: () => Promise<void>): Promise<void> {
  listener.process(python)
  for (const each of componentsOfExample) listener.component(each)
  for (let n = 1; n <= 1000; n++) listener.value(value(n, undefined))
  for (let n = 2; n <= calls + 1; n++) {
    listener.value(value(n + 1000, n))
    listener.call(call(n))
    if (n % 10_000 === 0) await drain()
  }
  listener.run(run)
}

const discard: GraphOutput = { write: () => Promise.resolve() }
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const seconds = (since: number) => (performance.now() - since) / 1000
const report = (what: string, triples: number, took: number) =>
  console.log(`${what.padEnd(44)} ${(triples / took / 1e6).toFixed(2)} M triples/s  (${took.toFixed(2)} s)`)

async function measureText(hashBound: number, output: () => GraphOutput): Promise<[number, number]> {
  const times: number[] = []
  let triples = 0
  for (let round = 0; round < rounds; round++) {
    const description = describeRun(output(), { id: runId, hashBound })
    const since = performance.now()
    await emit(description, () => description.drain())
    ;({ tripleCount: triples } = await description.finish())
    times.push(seconds(since))
  }
  return [triples, median(times)]
}

const [triples, plain] = await measureText(0, () => discard)
console.log(`${calls} calls, ${triples} triples, ${(triples / calls).toFixed(1)} a call`)
report('TriG, to nowhere', triples, plain)

const folder = await mkdtemp(join(tmpdir(), 'vampira-bench-'))
let bytes = 0
const [, toDisk] = await measureText(0, () => {
  const file = createWriteStream(join(folder, 'record.trig'))
  bytes = 0
  return {
    write: (part, text) => {
      if (part === 'record') bytes += text.length
      return new Promise((resolve, reject) => {
        if (file.write(text, (error) => error && reject(error))) resolve()
        else file.once('drain', resolve)
      })
    },
  }
})
report('TriG, to disk', triples, toDisk)
console.log(`${(bytes / triples).toFixed(1)} bytes a triple`)

const [, hashed] = await measureText(Number.POSITIVE_INFINITY, () => discard)
report('TriG and canonical hash', triples, hashed)

const texts: string[] = []
const sample = describeRun(
  {
    async write(part, text) {
      if (part === 'record') texts.push(text)
    },
  },
  { id: runId, hashBound: 0 },
)
await emit(sample, () => sample.drain())
await sample.finish()
const prefixes = Object.fromEntries(
  [...texts[0]!.matchAll(/^PREFIX (\S+): <(.*)>$/gm)].map(([, a, b]) => [a, b]),
)
const quads = new Parser({ format: 'trig' }).parse(texts.join(''))
for (const format of ['application/trig', 'application/n-quads']) {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const since = performance.now()
    const writer = new Writer({ format, prefixes })
    for (const quad of quads) writer.addQuad(quad)
    await new Promise((resolve) => writer.end(resolve as never))
    times.push(seconds(since))
  }
  report(`n3 Writer, ${format}`, quads.length, median(times))
}
console.log(`peak resident memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`)
await rm(folder, { recursive: true })
