import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parseLine } from '../../src/journal/parse-line.ts'
import { readSpool } from '../../src/journal/read-spool.ts'
import { packageRoot } from '../../src/package-root.ts'

const contract = join(packageRoot, 'contract')
const schema = JSON.parse(readFileSync(join(contract, 'journal.schema.json'), 'utf8'))
const isValid = new Ajv2020({ strict: false }).compile(schema)

/** Sample files of a folder, however deep. */
function samples(folder: string): string[] {
  return readdirSync(join(contract, 'samples', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => join(contract, 'samples', folder, file))
}

/** One line of each kind, with all its fields. */
const whole: object[] = [
  {
    kind: 'process',
    version: 1,
    spool: 's',
    pid: 1,
    parentPid: 0,
    parent: { spool: 'p', spawn: 1, call: 2 },
    wall: '1',
    monotonic: '-1',
    agent: { name: 'a', version: '1' },
    interpreter: { name: 'cpython', version: '3' },
    executable: '/x',
    arguments: ['a', { $: 'bytes', v: 'gA==' }],
    directory: '/',
    host: 'h',
  },
  { kind: 'module', id: 1, at: 0, name: 'm', file: '/m.py', source: '' },
  { kind: 'library', at: 0, name: 'numpy', file: '/n', version: '1' },
  {
    kind: 'component',
    id: 1,
    module: 1,
    name: '',
    type: 'function',
    line: 1,
    endLine: 1,
    signature: '()',
    parameters: [{ name: 'a', form: 'keyword-only', default: '1' }],
    documentation: 'd',
    async: true,
    generator: false,
  },
  {
    kind: 'start',
    id: 1,
    component: 1,
    at: 0,
    caller: 1,
    from: [1, 1],
    thread: 1,
    task: 1,
    defaults: [0],
    arguments: [
      null,
      true,
      'a',
      1.5,
      { $: 'integer', v: '9007199254740993' },
      { $: 'double', v: 'NaN' },
      { $: 'text', v: 'a', length: 9, id: 1 },
      { $: 'bytes', v: 'AA==', length: 1 },
      { $: 'redacted' },
      { $: 'unseen' },
      {
        $: 'object',
        type: 'T',
        id: 1,
        v: [1],
        length: 1,
        bytes: 1,
        shape: [1],
        elementType: 'f',
        columns: ['c'],
        digest: 'crc32:0',
      },
    ],
  },
  { kind: 'return', call: 1, at: 0, value: 1, cpu: 0, peak: 0, changed: [[0, 1]] },
  { kind: 'raise', call: 1, at: 0, type: 'E', message: 'm', raisedAt: [1, 1], cpu: 0, peak: 0, changed: [] },
  { kind: 'suspend', call: 1, at: 0, value: 1 },
  { kind: 'resume', call: 1, at: 0, value: 1 },
  {
    kind: 'count',
    component: 1,
    caller: 1,
    at: 0,
    since: 0,
    calls: 1,
    failures: 0,
    samples: [{ nanoseconds: 1, arguments: [1] }],
  },
  {
    kind: 'file',
    at: 0,
    call: 1,
    op: 'rename',
    path: '/a',
    to: '/b',
    stat: { size: 1, modified: '1', inode: 1 },
    old: { size: 1, modified: '1', sha256: 'a'.repeat(64) },
  },
  {
    kind: 'spawn',
    id: 1,
    at: 0,
    call: 1,
    arguments: ['a'],
    shell: true,
    program: '/a',
    directory: '/',
    pid: 1,
    input: '/i',
    output: '/o',
    error: '/e',
  },
  {
    kind: 'wait',
    spawn: 1,
    at: 0,
    status: -1,
    signal: 9,
    cpu: 0,
    peak: 0,
    files: [
      {
        path: '/a',
        op: 'write',
        stat: { size: 1, modified: '1' },
        old: { size: 0, modified: '0' },
        seen: 'change',
      },
    ],
  },
  { kind: 'memory', at: 0, resident: 1 },
  { kind: 'kept', sha256: 'a'.repeat(64), as: 'whole', because: 'b' },
  { kind: 'seed', at: 0, by: 'random.seed', value: 1 },
  { kind: 'peak', at: 0, spool: 's', spawn: 1, peak: 0 },
  { kind: 'note', at: 0, call: 1, path: '/a', type: 'quality', name: 'n', value: 1, unit: 'u' },
  { kind: 'gap', at: 0, call: 1, reason: 'r', dropped: 1 },
  { kind: 'exit', at: 0, cpu: 0, peak: 0, readBytes: 0, writtenBytes: 0 },
  {
    kind: 'run',
    version: 1,
    id: '019343c2-8a10-7c3e-9d55-3f2b7a1c0001',
    wall: '1',
    monotonic: '1',
    name: 'n',
    arguments: [],
    directory: '/',
    base: 'urn:vampira:',
    detail: 'full',
    recorder: '1',
    operator: { login: 'l', hostHash: 'h', iri: 'i' },
    metadata: [{ name: 'a', value: 1 }],
    include: ['a'],
    exclude: ['b'],
    quality: [{ metric: 'm', component: 'c', unit: 'u' }],
    generators: ['g'],
    redacted: 0,
  },
  {
    kind: 'digest',
    path: '/a',
    stat: { size: 1, modified: '1' },
    because: 'b',
    format: 'f',
    describer: 'd',
    facts: {},
  },
  {
    kind: 'environment',
    packages: [{ purl: 'pkg:a/b', name: 'b', version: '1', modules: ['b'], programs: ['/b'] }],
    facts: {
      os: 'o',
      machine: 'm',
      cpuModel: 'c',
      cpuCount: 1,
      memoryBytes: 1,
      interpreter: 'i',
      container: 'c',
    },
    programs: [{ path: '/p', sha256: 'a'.repeat(64) }],
    variables: { A: 'b' },
    locks: [{ path: '/l', stat: { size: 1, modified: '1' } }],
    hostHash: 'h',
  },
  {
    kind: 'repository',
    project: 'p',
    root: '/',
    origin: 'o',
    commit: 'c',
    dirty: true,
    diff: 'd',
    files: { a: 'a'.repeat(64) },
  },
  {
    kind: 'options',
    at: 0,
    by: 'argparse',
    options: [{ name: 'alpha', value: 1, default: true }],
  },
  { kind: 'measurement', path: '/a', stat: { size: 0, modified: '0' }, metric: 'm', value: 1, unit: 'u' },
  {
    kind: 'finish',
    at: 0,
    status: 0,
    signal: 'SIGKILL',
    cpu: 0,
    peak: 0,
    readBytes: 0,
    writtenBytes: 0,
    load: [0, 150],
  },
]

const parse = (line: object) => parseLine(JSON.stringify(line), 'spool', 1)

describe('the check at run time and the schema agree', () => {
  test('on every kind there is', () => {
    const kinds = schema.oneOf.map((one: { $ref: string }) => schema.$defs[one.$ref.split('/').at(-1) ?? ''])
    const known = kinds.flatMap(
      (kind: { properties: { kind: { const?: string } } }) => kind.properties.kind.const ?? [],
    )
    expect(whole.map((line) => (line as { kind: string }).kind).sort()).toEqual([...known].sort())
  })

  test.each(whole)('on a line with all its fields: $kind', (line) => {
    expect(isValid(line), JSON.stringify(isValid.errors)).toBe(true)
    expect(parse(line)).toEqual(line)
  })

  test.each(whole)('on what may be left out of it: $kind', (line) => {
    for (const name of Object.keys(line)) {
      const less = Object.fromEntries(Object.entries(line).filter(([key]) => key !== name))
      expect(refuses(less), `without ${name}`).toBe(!isValid(less))
    }
  })

  test.each(whole)('on fields that hold something else: $kind', (line) => {
    for (const name of Object.keys(line)) {
      for (const other of [
        -1,
        0,
        1.5,
        'text',
        null,
        [],
        {},
        [null],
        { $: 'bytes', v: 1 },
        { $: 'bytes', v: 'AA==' },
      ]) {
        const changed = { ...line, [name]: other }
        expect(refuses(changed), `${name}: ${JSON.stringify(other)}`).toBe(!isValid(changed))
      }
    }
  })

  test.each(whole)('on fields that nobody knows: $kind', (line) => {
    expect(isValid({ ...line, more: 1 })).toBe(false)
    expect(refuses({ ...line, more: 1 })).toBe(true)
  })
})

function refuses(line: object): boolean {
  try {
    parse(line)
    return false
  } catch {
    return true
  }
}

describe('the samples of the contract', () => {
  const accepted = samples('accepted')
  const rejected = samples('rejected')

  test.skipIf(accepted.length === 0)('that are accepted are read', () => {
    for (const file of accepted) {
      for (const line of readSpool(file)) expect(isValid(line), JSON.stringify(isValid.errors)).toBe(true)
    }
  })

  test.skipIf(rejected.length === 0)('that are rejected are refused', () => {
    for (const file of rejected) expect(() => [...readSpool(file)], file).toThrow(/line \d+/)
  })
})
