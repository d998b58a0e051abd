import type { Literal, RunListener } from '../../src/record/run.ts'
import { call, clip, code, component, python, run, summary, value } from './example-run.ts'

const string = (lexical: string): Literal => ({ lexical, type: 'string' })

/** Scalars that some writer or reader somewhere gets wrong. */
export const awkward: readonly Literal[] = [
  string(''),
  string('quote " backslash \\ newline \n return \r tab \t'),
  string('control \u0001 \u0007 \b \f \u001f \u007f'),
  string('emoji 🧛 and private use \ue000 and \uffff'),
  string('} } GRAPH <x> { ; , . # "@en'),
  string('  a provone:looks "like a statement" ;\n  b c .'),
  string('true'),
  string('12'),
  { lexical: '9007199254740993', type: 'integer' },
  { lexical: '-5', type: 'integer' },
  { lexical: 'NaN', type: 'double' },
  { lexical: '-INF', type: 'double' },
  { lexical: '2.0E4', type: 'double' },
  { lexical: '1.7976931348623157E308', type: 'double' },
  { lexical: 'false', type: 'boolean' },
  { lexical: 'null', type: 'json' },
  { lexical: '{"a":[1,4.1e-7,"\\"x\\" \\\\"],"z":"é"}', type: 'json' },
]

/** Names, values and events that a kind program never has, all in one run. */
export function emitHardRun(listener: RunListener): void {
  const local = component(6, {
    name: 'my mod.Größe.<locals>.<lambda>',
    code: { ...code('Größe.<locals>.<lambda>', 3, 4), module: 'my mod', project: 'a/b (c)' },
    kind: 'Method',
    generator: true,
    documentation: 'Says "hello".',
    parameters: [
      { name: 'π', position: 0 },
      { name: 'return', position: 1 },
    ],
  })
  const dotted = component(7, {
    name: 'survey.io.read',
    code: { ...code('read', 1, 2), module: 'survey.io' },
  })
  const unowned = component(8, {
    name: 'tool',
    kind: 'Command',
    program: { path: '/opt/my tool/tool', sha256: 'e'.repeat(64) },
  })
  const unknown = component(9, {
    name: 'gone',
    kind: 'Command',
    program: { path: '/tmp/gone', sha256: undefined },
  })
  const library = component(10, {
    name: 'astropy.convolution.convolve_fft',
    package: { purl: 'pkg:pypi/astropy@5.2.1', name: 'astropy', version: '5.2.1' },
  })
  listener.process(python)
  for (const each of [local, dotted, unowned, unknown, library, clip]) listener.component(each)
  awkward.forEach((literal, index) => listener.value(value(index + 1, { literal, type: 'object' })))
  listener.value(value(100, { type: 'str', redacted: true }))
  listener.value(
    value(101, {
      type: 'numpy.ndarray',
      bytes: 64,
      shape: [2, 4],
      elementType: 'float64',
      generatedBy: { call: 1 },
      generatedAs: -1,
    }),
  )
  listener.value(value(104, { type: 'Config', fields: '{"a\\"b":[1,"ü"]}' }))
  listener.value(value(102, { type: 'list', length: 2, generatedBy: { call: 1 }, generatedAs: -1 }))
  listener.value(
    value(103, {
      type: 'list',
      generatedBy: { call: 1 },
      generatedAs: 0,
      revisionOf: 102,
      columns: ['a', 'b"'],
    }),
  )
  listener.file({
    n: 1,
    path: 'ä b|c.txt',
    url: 'file:///tmp/%C3%A4%20b|c.txt',
    pathNumber: 1,
    content: undefined,
    noDigestBecause: 'It was removed before anyone could read it',
    size: 3,
    generatedBy: { call: 1 },
    invalidatedBy: 'run',
  })
  const empty = { sha256: 'f'.repeat(64), size: 0, format: undefined, describer: undefined, facts: {} }
  const copies = [2, 3].map((n) => ({
    n,
    path: `copy-${n}`,
    url: `file:///tmp/copy-${n}`,
    pathNumber: n,
    content: empty,
    noDigestBecause: undefined,
    size: 0,
    generatedBy: { call: n },
    invalidatedBy: undefined,
  }))
  for (const copy of copies) listener.file(copy)
  listener.call(
    call(1, local, {
      caller: undefined,
      status: 'Failed',
      exception: { type: 'ValueError', message: 'bad "x"\nline 2', raisedAt: 'my mod.py:3' },
      arguments: [
        { position: 0, value: 100, isDefault: false },
        { position: 1, value: 2, isDefault: true },
      ],
      outputs: [101, 102, 103],
      received: [101, 101, 102],
      gaps: [{ reason: 'A coroutine was still suspended' }],
      metadata: [{ name: 'note', value: string('x') }],
    }),
  )
  ;[unowned, unknown, library, dotted].forEach((each, index) => listener.call(call(index + 2, each, {})))
  listener.group({
    n: 1,
    component: dotted,
    process: python,
    caller: { call: 1 },
    otherCallers: [{ call: 5 }],
    startedAt: run.startedAt,
    endedAt: undefined,
    callCount: 300,
    totalCallCount: 300,
    failureCount: 0,
    wall: undefined,
    wallQuantiles: undefined,
    settings: [],
    received: [],
    usedValues: [101],
  })
  listener.summary(
    summary(1, local, {
      firstStart: 1,
      caller: undefined,
      generated: copies.map((file) => ({ file })),
      settings: [
        {
          parameter: 0,
          values: [
            { literal: string('a'), count: 2 },
            { literal: { lexical: '1', type: 'integer' }, count: 1 },
          ],
          histogram: undefined,
          sampledCount: 3,
          redacted: false,
        },
        { parameter: 1, values: [], histogram: undefined, sampledCount: 1, redacted: true },
      ],
    }),
  )
  listener.summary(summary(2, unowned, { firstStart: 2, caller: local, generated: [{ file: copies[1]! }] }))
  listener.run({
    ...run,
    base: 'https://example.org/lab/',
    label: 'a run\nof two lines',
    status: 'Interrupted',
    signal: 'SIGKILL',
    endedAt: undefined,
    wall: undefined,
    memoryCurve: [],
    exitCode: undefined,
    operator: { login: 'DOMAIN\\jürgen', hostHash: '3f21c0', iri: undefined },
    pipeline: {
      ...run.pipeline,
      name: 'night run #1 (draft)',
      repository: 'git@example.org:group/survey.git',
      uncommittedChanges: true,
      diff: '--- a\n+++ b\n@@ -1 +1 @@\n-x = "1"\n+x = "2"\n',
    },
    variables: [{ name: 'PYTHONHASHSEED', value: string('0') }],
    hostHash: '3f21c0',
    agents: [{ name: 'python', version: '0.1.0' }],
    quality: [
      { metric: 'snr', value: { lexical: '3.0E0', type: 'double' }, unit: 'dB', on: 'run', by: undefined },
      {
        metric: 'https://example.org/survey/metric#depth',
        value: { lexical: '3', type: 'integer' },
        unit: 'http://qudt.org/vocab/unit/MAG',
        on: { call: 1 },
        by: { call: 1 },
      },
    ],
    gaps: [{ reason: 'The disk was full for a while' }],
    exclude: ['tests.*'],
    droppedEvents: 3,
    redacted: 1,
  })
}
