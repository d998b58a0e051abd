import { createHash } from 'node:crypto'
import type { Quad } from '@rdfjs/types'
import { describe, expect, test } from 'vitest'
import { readQuads } from '../../src/formats/parse.ts'
import { describeRun } from '../../src/prov/describe-run.ts'
import { contentIri } from '../../src/prov/names.ts'
import { Prefixes } from '../../src/rdf/prefixes.ts'
import type { Content, FileVersion, RunListener } from '../../src/record/run.ts'
import { call, clip, code, component, python, run, runId, summary, value } from './example-run.ts'

const prefixes = new Prefixes({ run: `urn:uuid:${runId}#` })

/** Writes what a run emits besides the run itself. */
async function written(emit: (listener: RunListener) => void, of = run) {
  const texts = { record: '', summary: '' }
  const chunks: string[] = []
  const description = describeRun(
    {
      async write(part, text) {
        texts[part] += text
        chunks.push(text)
      },
    },
    { id: runId },
  )
  description.process(python)
  emit(description)
  description.run(of)
  const line = await description.finish()
  const record = await readQuads(texts.record, { format: 'trig' })
  const summaryGraph = await readQuads(texts.summary, { format: 'nquads' })
  return { line, record, summary: summaryGraph, chunks }
}

/** What a graph says of a subject: `predicate object`, with prefixes, in order. */
function statements(graph: readonly Quad[], subject: string): string[] {
  return graph
    .filter((quad) => prefixes.token(quad.subject.value) === subject)
    .map(({ predicate, object }) => {
      const value = object.termType === 'Literal' ? object.value : prefixes.token(object.value)
      return `${prefixes.token(predicate.value).replace('rdf:type', 'a')} ${value}`
    })
}

const about = (graph: readonly Quad[], sha256: string) => statements(graph, `<${contentIri(sha256)}>`)
const sha = (letter: string) => letter.repeat(64)

describe('a call', () => {
  test('marks as default and as redacted only the arguments that are', async () => {
    const { record } = await written((to) => {
      to.component(clip)
      to.value(value(1, {}))
      to.value(value(2, { redacted: true }))
      to.call(
        call(1, clip, {
          arguments: [
            { position: 0, value: 1, isDefault: false },
            { position: 1, value: 1, isDefault: true },
            { position: 2, value: 2, isDefault: false },
          ],
        }),
      )
    })
    const usage = ['a prov:Usage', 'prov:entity run:value-1']
    const role = 'prov:hadRole <urn:vampira:parameter:survey/swep.clip.value>'
    expect(statements(record, 'run:call-1-in-0')).toEqual([...usage, role])
    expect(statements(record, 'run:call-1-in-1')).toEqual([...usage, 'vam:isDefault true'])
    expect(statements(record, 'run:call-1-in-2')).toEqual([
      'a prov:Usage',
      'prov:entity run:value-2',
      'vam:redacted true',
    ])
    expect(statements(record, 'run:value-1')).not.toContain('vam:redacted true')
  })

  test('used each value once, though it was given it twice', async () => {
    const { record } = await written((to) => {
      to.component(clip)
      to.value(value(7, {}))
      const argument = { value: 7, isDefault: false }
      to.call(
        call(1, clip, {
          arguments: [
            { ...argument, position: 0 },
            { ...argument, position: 1 },
          ],
        }),
      )
    })
    expect(statements(record, 'run:call-1').filter((each) => each.startsWith('prov:used'))).toEqual([
      'prov:used run:value-7',
    ])
  })
})

describe('a pipeline version', () => {
  const diff = '--- ä\n+++ b\n'
  const sha256 = createHash('sha256').update(diff).digest('hex')
  const changed = { ...run, pipeline: { ...run.pipeline, uncommittedChanges: true, diff } }

  test('keeps what was not committed, whole, in the record', async () => {
    const { record, summary: graph } = await written(() => {}, changed)
    expect(about(record, sha256)).toEqual([
      'a prov:Entity',
      'a vam:Content',
      `prov:value ${diff}`,
      'vam:sizeBytes 13',
      `vam:sha256 ${sha256}`,
      'dcterms:format text/x-diff',
    ])
    const said = (quads: readonly Quad[]) =>
      quads.filter(({ predicate }) => predicate.value.endsWith('#uncommittedDiff')).length
    expect([said(record), said(graph)]).toEqual([1, 0])
  })

  test('says nothing of changes where there is no repository', async () => {
    const { record } = await written(() => {}, {
      ...run,
      pipeline: { ...run.pipeline, repository: undefined, commit: undefined, uncommittedChanges: undefined },
    })
    const predicates = record.map(({ predicate }) => predicate.value.replace(/^.*[#/]/, ''))
    expect(predicates.filter((name) => /codeRepository|commit|uncommitted/.test(name))).toEqual([])
  })
})

describe('a source file', () => {
  const withSource = (path: string) =>
    component(1, {
      name: 'f',
      code: { ...code('f'), file: { path, sha256: sha('3'), size: 20 } },
    })

  test.each([
    ['a/swep.py', 'text/x-python'],
    ['a.js', 'text/javascript'],
    ['a.mjs', 'text/javascript'],
    ['a.cjs', 'text/javascript'],
    ['a.ts', 'text/x-typescript'],
    ['a.sh', 'text/x-shellscript'],
    ['fit.R', 'text/x-r'],
    ['note.ipynb', 'application/x-ipynb+json'],
    ['a.f90', undefined],
    ['py', 'text/x-python'],
  ])('%s is %s', async (path, format) => {
    const { record } = await written((to) => to.component(withSource(path)))
    expect(about(record, sha('3'))).toEqual([
      'a prov:Entity',
      'a vam:Content',
      `rdfs:label ${path}`,
      'vam:sizeBytes 20',
      `vam:sha256 ${sha('3')}`,
      ...(format === undefined ? [] : [`dcterms:format ${format}`]),
    ])
  })

  const content: Content = {
    sha256: sha('3'),
    size: 20,
    format: 'text/plain',
    describer: undefined,
    facts: {},
  }
  const file: FileVersion = {
    n: 1,
    path: 'swep.py',
    url: 'file:///data/swep.py',
    pathNumber: 1,
    content,
    noDigestBecause: undefined,
    size: 20,
    generatedBy: undefined,
    invalidatedBy: undefined,
  }

  test('that is read as data, too, has its size and digest once, whichever comes first', async () => {
    const classes = ['a prov:Entity', 'a vam:Content']
    const size = ['vam:sizeBytes 20', `vam:sha256 ${sha('3')}`]
    const sourceFirst = await written((to) => {
      to.component(withSource('swep.py'))
      to.file(file)
    })
    expect(about(sourceFirst.record, sha('3'))).toEqual([
      ...classes,
      'rdfs:label swep.py',
      ...size,
      'dcterms:format text/x-python',
      'vam:describedBy vam:NoDescriber',
    ])
    const dataFirst = await written((to) => {
      to.file(file)
      to.file({ ...file, n: 2 })
      to.component(withSource('swep.py'))
    })
    expect(about(dataFirst.record, sha('3'))).toEqual([
      ...classes,
      'vam:describedBy vam:NoDescriber',
      ...size,
      'dcterms:format text/plain',
      'rdfs:label swep.py',
    ])
  })

  test('with the bytes of another has both paths as labels', async () => {
    const { record } = await written((to) => {
      to.component(withSource('a.py'))
      to.component({
        ...withSource('b.py'),
        n: 2,
        name: 'g',
        code: { ...withSource('b.py').code!, qualname: 'g' },
      })
    })
    expect(about(record, sha('3')).filter((each) => each.startsWith('rdfs:label'))).toEqual([
      'rdfs:label a.py',
      'rdfs:label b.py',
    ])
  })
})

describe('a component summary', () => {
  test('names what called it, and has a setting for each value with its count', async () => {
    const caller = component(9, { name: 'swep.main', code: code('main') })
    const { summary: graph } = await written((to) => {
      to.summary(
        summary(1, clip, {
          firstStart: 4,
          caller,
          callCount: 3,
          settings: [
            {
              parameter: 0,
              values: [{ literal: { lexical: '2', type: 'integer' }, count: 2 }],
              histogram: [[0, 3]],
              sampledCount: 3,
              redacted: false,
            },
          ],
        }),
      )
    })
    const parameter = 'vam:parameter <urn:vampira:parameter:survey/swep.clip.value>'
    expect(statements(graph, '<urn:vampira:component:survey/swep.main>')).toContain('schema:name swep.main')
    expect(statements(graph, 'run:component-1')).toContain(
      'vam:callerComponent <urn:vampira:component:survey/swep.main>',
    )
    expect(statements(graph, 'run:component-1-setting-1')).toEqual([
      'a prov:Entity',
      'a vam:Setting',
      parameter,
      'vam:histogram [[0,3]]',
      'vam:sampledCount 3',
    ])
    expect(statements(graph, 'run:component-1-setting-2')).toEqual([
      'a prov:Entity',
      'a vam:Setting',
      parameter,
      'prov:value 2',
      'vam:callCount 2',
    ])
  })

  test('says how many calls were looked at, where that is not all of them', async () => {
    const values = [{ literal: { lexical: '2', type: 'integer' } as const, count: 2 }]
    const setting = { parameter: 0, values, histogram: undefined, sampledCount: 2, redacted: false }
    const { summary: graph } = await written((to) =>
      to.summary(summary(1, clip, { firstStart: 1, callCount: 3, settings: [setting] })),
    )
    expect(statements(graph, 'run:component-1-setting-1').slice(-2)).toEqual([
      'vam:callCount 2',
      'vam:sampledCount 2',
    ])
  })
})

describe('a component', () => {
  const ports = (graph: readonly Quad[]) =>
    graph.filter(({ predicate }) => predicate.value.endsWith('#hasOutPort')).map(({ object }) => object.value)

  test.each([
    ['Function', ['urn:vampira:parameter:survey/swep.f.return']],
    ['Method', ['urn:vampira:parameter:survey/swep.f.return']],
    ['Module', []],
    ['Command', []],
  ] as const)('of the kind %s returns at %j', async (kind, found) => {
    const { record } = await written((to) => to.component(component(1, { name: 'f', kind, code: code('f') })))
    expect(ports(record)).toEqual(found)
  })

  test('has prefixes for its names and for those of its parameters', async () => {
    const { chunks } = await written((to) => to.component(clip))
    expect(chunks.join('')).toContain('PREFIX swep: <urn:vampira:component:survey/swep.>\n')
    expect(chunks.join('')).toContain('PREFIX swep-par: <urn:vampira:parameter:survey/swep.>\n')
  })
})

describe('the run', () => {
  test('says in both graphs what it read and wrote, in bytes', async () => {
    const { record, summary: graph } = await written(() => {}, { ...run, readBytes: 12, writtenBytes: 34 })
    for (const quads of [record, graph]) {
      const said = statements(quads, `<urn:uuid:${runId}>`).filter((each) => /Bytes/.test(each))
      expect(said).toEqual(['vam:peakMemoryBytes 187695104', 'vam:readBytes 12', 'vam:writtenBytes 34'])
    }
  })

  test('names each piece of software that recorded it once', async () => {
    const agent = { name: 'python', version: '0.1.0' }
    const { summary: graph } = await written(() => {}, { ...run, agents: [agent, agent] })
    const makers = statements(graph, 'run:record').filter((each) => each.startsWith('prov:wasAttributedTo'))
    expect(makers).toEqual([
      'prov:wasAttributedTo <pkg:npm/vampira@0.1.0>',
      'prov:wasAttributedTo <pkg:npm/vampira@0.1.0#agents/python>',
    ])
    expect(statements(graph, '<pkg:npm/vampira@0.1.0#agents/python>')).toEqual([
      'a prov:SoftwareAgent',
      'a prov:Agent',
      'schema:softwareVersion 0.1.0',
    ])
  })
})

describe('an environment', () => {
  const environmentOf = (graph: readonly Quad[]) => {
    const type = graph.find(({ object }) => object.value === 'https://w3id.org/vampira#Environment')
    return statements(graph, prefixes.token(type!.subject.value))
  }

  test.each([
    ['Linux 6.1.0-18-amd64', 'pkg:generic/cpython@3.11.7', 'Linux 6.1, 2 x x86_64, 24 GiB, cpython 3.11.7'],
    ['Linux 6', 'pkg:generic/cpython', 'Linux 6, 2 x x86_64, 24 GiB, cpython'],
    ['Plan 9 from Bell Labs', undefined, 'Plan 9, 2 x x86_64, 24 GiB'],
    ['unknown', undefined, 'unknown, 2 x x86_64, 24 GiB'],
  ])('on %s with %s has the label %s', async (os, interpreter, label) => {
    const { record } = await written(() => {}, {
      ...run,
      environment: { ...run.environment, os, interpreter },
    })
    expect(environmentOf(record)).toContain(`rdfs:label ${label}`)
  })

  test('has its packages in the record, each once, and in the summary only the interpreter', async () => {
    const { record, summary: graph } = await written(() => {})
    const packages = (quads: readonly Quad[]) =>
      environmentOf(quads).filter((each) => /^vam:(package|interpreter) /.test(each))
    const interpreter = 'vam:interpreter <pkg:generic/cpython@3.11.7>'
    expect(packages(record)).toEqual([
      interpreter,
      'vam:package <pkg:pypi/astropy@5.2.1>',
      'vam:package <pkg:pypi/numpy@1.24.2>',
      'vam:package <pkg:generic/cpython@3.11.7>',
    ])
    expect(packages(graph)).toEqual([interpreter])
  })
})

describe('the line for an index', () => {
  test('has what the run has, and nothing for what it has not', async () => {
    const { line } = await written(() => {}, {
      ...run,
      endedAt: undefined,
      exitCode: undefined,
      wall: undefined,
      metadata: [],
    })
    expect(Object.keys(line)).toEqual([
      'id',
      'name',
      'label',
      'startedAt',
      'status',
      'callCount',
      'commandLine',
      'tripleCount',
      'canonicalHash',
    ])
    const whole = await written(() => {})
    expect(whole.line).toMatchObject({
      id: `urn:uuid:${runId}`,
      endedAt: '2026-11-23T20:14:04.830117902Z',
      exitCode: 0,
      wallSeconds: 2.711913591,
      metadata: { telescope: 'test' },
    })
  })

  test('is not there before the run is', async () => {
    const description = describeRun({ write: async () => {} }, { id: runId })
    await expect(description.finish()).rejects.toThrow('`finish` was called before `run`')
  })
})

test('No empty text is handed on', async () => {
  const { chunks } = await written((to) => {
    for (let n = 1; n <= 2000; n++) to.value(value(n, {}))
  })
  expect(chunks.length).toBeGreaterThan(2)
  expect(chunks.filter((text) => text === '')).toEqual([])
})
