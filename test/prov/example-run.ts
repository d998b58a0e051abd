import type {
  Call,
  ComponentSummary,
  ComponentVersion,
  Content,
  FileVersion,
  Literal,
  Process,
  Run,
  RunListener,
  Value,
} from '../../src/record/run.ts'

/** The run of example-record.trig as plain objects, emitted in the order in which a recorder emits it. */

export const runId = '019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
export const base = 'urn:vampira:'

const start = BigInt(Date.UTC(2026, 10, 23, 20, 14, 2)) * 1_000_000n
const at = (seconds: string) => start + BigInt(Math.round(Number(seconds) * 1e3)) * 1_000_000n
const seconds = (text: number) => BigInt(Math.round(text * 1e9))
const string = (lexical: string): Literal => ({ lexical, type: 'string' })
const double = (lexical: string): Literal => ({ lexical, type: 'double' })
const digest = (letter: string) => letter.repeat(64)

const file = { path: 'swep.py', sha256: digest('1'), size: 1804 }
export const code = (qualname: string, startLine = 1, endLine = 2) => ({
  project: 'survey',
  module: 'swep',
  qualname,
  file,
  startLine,
  endLine,
  source: `def ${qualname}(): …`,
})
export const component = (
  n: number,
  more: Partial<ComponentVersion> & { name: string },
): ComponentVersion => ({
  n,
  kind: 'Function',
  code: undefined,
  package: undefined,
  program: undefined,
  signature: undefined,
  documentation: undefined,
  parameters: [],
  generator: false,
  ...more,
})

const swep = component(1, { name: 'swep', kind: 'Module', code: code('', 1, 48) })
const sextractor = component(2, {
  name: 'swep.sextractor',
  code: code('sextractor', 14, 20),
  signature: '(imageName)',
  parameters: [{ name: 'imageName', position: 0 }],
})
const program = component(3, {
  name: 'source-extractor',
  kind: 'Command',
  package: {
    purl: 'pkg:deb/debian/source-extractor@2.25.0',
    name: 'source-extractor',
    version: '2.25.0',
  },
  program: { path: '/usr/bin/source-extractor', sha256: digest('2') },
})
const fourier = component(4, {
  name: 'swep.fourierTransform',
  code: code('fourierTransform', 22, 32),
  signature: '(imageName, std=2.5)',
  parameters: [
    { name: 'imageName', position: 0 },
    { name: 'std', position: 1 },
  ],
})
export const clip = component(5, {
  name: 'swep.clip',
  code: code('clip', 8, 9),
  signature: '(value)',
  parameters: [{ name: 'value', position: 0 }],
})

export const python: Process = {
  n: 1,
  pid: 4121,
  label: 'python 3.11.7 (pid 4121)',
  package: 'pkg:generic/cpython@3.11.7',
}
const child: Process = { n: 2, pid: 4133, label: 'source-extractor (pid 4133)', package: undefined }

export const value = (n: number, more: Partial<Value>): Value => ({
  n,
  type: 'str',
  literal: undefined,
  fields: undefined,
  length: undefined,
  bytes: undefined,
  shape: undefined,
  elementType: undefined,
  columns: undefined,
  redacted: false,
  generatedBy: undefined,
  generatedAs: undefined,
  revisionOf: undefined,
  ...more,
})

const content = (sha256: string, size: number, format: string, facts: Content['facts']): Content => ({
  sha256,
  size,
  format,
  describer: 'FitsDescriber',
  facts,
})
const fileVersion = (n: number, path: string, of: Content, generatedBy?: number): FileVersion => ({
  n,
  path,
  url: `file:///data/survey/${path}`,
  pathNumber: n,
  content: of,
  noDigestBecause: undefined,
  size: of.size,
  generatedBy: generatedBy === undefined ? undefined : { call: generatedBy },
  invalidatedBy: undefined,
})
const field = fileVersion(
  1,
  'a.fits',
  content(digest('a'), 1051200, 'image/fits', {
    shape: [512, 512],
    elementType: 'float32',
    unit: 'adu',
    minimum: -3.1,
    maximum: 20000,
  }),
)
const catalogue = fileVersion(
  2,
  'a.cat.fits',
  content(digest('b'), 25920, 'application/fits', {
    rowCount: 311,
    columns: ['NUMBER', 'MAG_AUTO', 'X_IMAGE', 'Y_IMAGE'],
  }),
  3,
)
const smoothed = fileVersion(
  3,
  'a_fft.fits',
  content(digest('c'), 2102400, 'image/fits', { shape: [512, 512], elementType: 'float64' }),
  5,
)

export const call = (n: number, of: ComponentVersion, more: Partial<Call>): Call => ({
  n,
  component: of,
  process: python,
  caller: { call: 1 },
  calledFrom: undefined,
  startedAt: at('1'),
  endedAt: at('2'),
  status: 'Completed',
  wall: undefined,
  cpu: undefined,
  peakMemory: undefined,
  exitCode: undefined,
  commandLine: undefined,
  exception: undefined,
  arguments: [],
  outputs: [],
  received: [],
  usedFiles: [],
  metadata: [],
  gaps: [],
  ...more,
})

export const summary = (
  n: number,
  of: ComponentVersion,
  more: Partial<ComponentSummary> & { firstStart: number },
): ComponentSummary => ({
  n,
  component: of,
  caller: swep,
  process: python,
  callCount: 1,
  failureCount: 0,
  wall: seconds(0.5),
  wallQuantiles: undefined,
  self: seconds(0.4),
  cpu: undefined,
  measuredCount: 0,
  peakMemory: undefined,
  addedMemory: undefined,
  inputBytes: 0,
  outputBytes: 0,
  settings: [],
  used: [],
  generated: [],
  isStep: true,
  followedBy: [],
  informedBy: [],
  ...more,
})

export const run: Run = {
  id: runId,
  base,
  label: 'astronomy, 23 Nov 2026 20:14',
  detail: 'adaptive',
  startedAt: start + 118_204_311n,
  endedAt: start + 2_830_117_902n,
  status: 'Completed',
  exitCode: 0,
  signal: undefined,
  commandLine: ['python', 'swep.py', 'a.fits'],
  workingDirectory: '/data/survey',
  wall: 2_711_913_591n,
  cpu: seconds(2.41),
  peakMemory: 187695104,
  readBytes: undefined,
  writtenBytes: undefined,
  memoryCurve: [
    [0, 41.2],
    [0.9, 112],
    [2.1, 179],
    [2.7, 163.5],
  ],
  operator: { login: 'operator', hostHash: '3f21c0', iri: undefined },
  pipeline: {
    name: 'astronomy',
    entry: 'swep.py',
    sources: [file],
    repository: 'https://example.org/survey.git',
    commit: '9f2c1e7',
    uncommittedChanges: false,
    diff: undefined,
  },
  environment: {
    os: 'Linux 6.1.0-18-amd64',
    machine: 'x86_64',
    cpuModel: 'AMD EPYC',
    cpuCount: 2,
    memoryBytes: 25769803776,
    interpreter: 'pkg:generic/cpython@3.11.7',
    container: undefined,
    packages: [
      { purl: 'pkg:pypi/astropy@5.2.1', name: 'astropy', version: '5.2.1' },
      { purl: 'pkg:pypi/numpy@1.24.2', name: 'numpy', version: '1.24.2' },
      { purl: 'pkg:generic/cpython@3.11.7', name: 'cpython', version: '3.11.7' },
    ],
  },
  variables: [],
  seeds: [],
  lockFiles: [],
  hostHash: undefined,
  recorderVersion: '0.1.0',
  agents: [],
  metadata: [{ name: 'telescope', value: string('test') }],
  quality: [
    {
      metric: 'completeness',
      value: double('9.4E-1'),
      unit: undefined,
      on: { file: 2 },
      by: { call: 2 },
    },
  ],
  gaps: [],
  include: [],
  exclude: [],
  ignore: [],
  droppedEvents: 0,
  redacted: 0,
}

export const componentsOfExample: readonly ComponentVersion[] = [swep, sextractor, program, fourier, clip]

export function emitExample(listener: RunListener): void {
  listener.process(python)
  listener.process(child)
  for (const each of componentsOfExample) listener.component(each)
  listener.file(field)
  listener.file(catalogue)
  listener.file(smoothed)
  listener.value(value(1, { literal: string('a.fits') }))
  listener.value(value(2, { literal: string('a.cat.fits'), generatedBy: { call: 2 }, generatedAs: -1 }))
  listener.call(
    call(3, program, {
      process: child,
      caller: { call: 2 },
      exitCode: 0,
      wall: seconds(0.36921),
      cpu: seconds(0.31),
      peakMemory: 33554432,
      commandLine: ['source-extractor', 'a.fits', '-c', 'default.sex', '-CATALOG_NAME', 'a.cat.fits'],
      usedFiles: [1],
    }),
  )
  listener.call(
    call(2, sextractor, {
      calledFrom: 'swep.py:45',
      wall: seconds(0.373114114),
      cpu: seconds(0.004),
      arguments: [{ position: 0, value: 1, isDefault: false }],
      outputs: [2],
    }),
  )
  listener.value(value(4, { type: 'float', literal: double('2.5E0') }))
  listener.call(
    call(5, fourier, {
      calledFrom: 'swep.py:46',
      wall: seconds(0.611114114),
      cpu: seconds(0.602),
      peakMemory: 181403648,
      arguments: [
        { position: 0, value: 1, isDefault: false },
        { position: 1, value: 4, isDefault: true },
      ],
      usedFiles: [1],
    }),
  )
  listener.group({
    n: 1,
    component: clip,
    process: python,
    caller: { call: 1 },
    startedAt: at('2.521'),
    endedAt: at('2.53'),
    callCount: 4094,
    totalCallCount: 4096,
    failureCount: 0,
    wall: seconds(0.0021),
    wallQuantiles: [4.1e-7, 5e-7, 6.2e-7],
    settings: [
      {
        parameter: 0,
        values: [],
        histogram: [
          [0, 1024],
          [8, 2048],
          [16, 1022],
        ],
        sampledCount: 4094,
        redacted: false,
      },
    ],
    received: [],
    usedValues: [],
  })
  listener.call(call(1, swep, { caller: undefined, wall: seconds(2.600114114), received: [2] }))
  listener.summary(summary(1, swep, { firstStart: 1, caller: undefined }))
  listener.summary(summary(2, sextractor, { firstStart: 2 }))
  listener.summary(
    summary(3, program, {
      firstStart: 3,
      caller: sextractor,
      process: child,
      used: [{ file: field }],
      generated: [{ file: catalogue }],
    }),
  )
  listener.summary(
    summary(4, fourier, {
      firstStart: 5,
      wall: seconds(0.611114114),
      self: seconds(0.598),
      cpu: seconds(0.602),
      measuredCount: 1,
      peakMemory: 181403648,
      inputBytes: 1051200,
      outputBytes: 2102400,
      settings: [
        {
          parameter: 1,
          values: [{ literal: double('2.5E0'), count: 1 }],
          histogram: undefined,
          sampledCount: 1,
          redacted: false,
        },
      ],
      used: [{ file: field }],
      generated: [{ file: smoothed }],
      informedBy: [2],
    }),
  )
  listener.run(run)
}
