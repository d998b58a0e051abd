import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/canonical-json.ts'
import { describeRunAsQuads } from '../../src/prov/describe-run.ts'
import { contentIri } from '../../src/prov/names.ts'
import { NAMESPACES } from '../../src/rdf/vocabulary.ts'
import type { Content, FileVersion, Run, RunListener } from '../../src/record/run.ts'
import { call, clip, component, python, run, runId, summary, value } from './example-run.ts'

/** A list in the summary of a run. */
function list(
  name: 'fileOverview' | 'packageOverview' | 'returnOverview',
  emit: (listener: RunListener) => void,
  of: Run = run,
): Json | undefined {
  const { listener, quads } = describeRunAsQuads(DataFactory, { id: runId })
  listener.process(python)
  listener.component(clip)
  emit(listener)
  listener.run(of)
  const found = quads.filter(({ predicate }) => predicate.value === `${NAMESPACES.vam}${name}`)
  expect(found.filter(({ graph }) => !graph.value.endsWith('#summary'))).toEqual([])
  expect(found.length).toBeLessThan(2)
  return found[0] && (JSON.parse(found[0].object.value) as Json)
}

const file = (n: number, more: Partial<FileVersion> = {}): FileVersion => ({
  n,
  path: `file-${n}`,
  url: `file:///data/file-${n}`,
  pathNumber: n,
  content: undefined,
  noDigestBecause: 'gone before it was read',
  size: 3,
  generatedBy: undefined,
  invalidatedBy: undefined,
  ...more,
})

const sha256 = 'a'.repeat(64)
const content: Content = {
  sha256,
  size: 12,
  format: 'text/csv',
  describer: 'DelimitedTextDescriber',
  facts: { rowCount: 2, minimum: -1.5, maximum: Infinity, columns: ['x'] },
}

describe("A summary's list of files", () => {
  test('has a source with the calls that read it, and what its content is', () => {
    const files = list('fileOverview', (to) => {
      to.file(file(1, { content }))
      to.call(call(1, clip, { usedFiles: [1] }))
      to.call(call(2, clip, { usedFiles: [1] }))
    })
    expect(files).toEqual([
      {
        path: 'file-1',
        role: 'read',
        uses: 2,
        content: contentIri(sha256),
        sizeBytes: 12,
        format: 'text/csv',
        rowCount: 2,
        minimum: -1.5,
      },
    ])
  })

  test('names the component that made a file, the run where nobody saw which, and what may have', () => {
    const seen = file(1, { generatedBy: { call: 1 } })
    const possible = file(3, { possiblyGeneratedBy: { call: 1 } })
    const files = list('fileOverview', (to) => {
      for (const each of [possible, seen, file(2, { generatedBy: 'run' })]) to.file(each)
      to.call(call(1, clip, {}))
      to.summary(
        summary(1, clip, {
          caller: undefined,
          firstStart: 1,
          generated: [{ file: seen }],
          possiblyGenerated: [{ file: possible }],
        }),
      )
    })
    expect(files).toEqual([
      { path: 'file-1', role: 'made', uses: 0, maker: clip.name },
      { path: 'file-2', role: 'made', uses: 0, maker: run.label },
      { path: 'file-3', role: 'possibly made', uses: 0, maker: clip.name },
    ])
  })

  test('leaves out what was made and is gone, temporary files, and what nobody read or made', () => {
    const files = list('fileOverview', (to) => {
      to.file(file(1, { generatedBy: 'run', invalidatedBy: 'run' }))
      to.file(file(2, { generatedBy: 'run', isScratch: true }))
      to.file(file(3))
    })
    expect(files).toEqual([])
  })

  test.each([
    [100, 'has', 100],
    [101, 'is left out with', undefined],
  ])('with %i files %s them all', (count, _, length) => {
    const files = list('fileOverview', (to) => {
      for (let n = 1; n <= count; n++) to.file(file(n, { generatedBy: 'run' }))
    })
    expect((files as Json[] | undefined)?.length).toBe(length)
  })
})

describe("A summary's list of packages", () => {
  const withPackages = (count: number): Run => ({
    ...run,
    environment: {
      ...run.environment,
      interpreter: 'pkg:generic/cpython@3.11.7',
      packages: Array.from({ length: count }, (_, n) => ({
        purl: `pkg:pypi/p${n}`,
        name: `p${n}`,
        version: n === 0 ? undefined : `${n}`,
      })),
    },
  })

  test('has names and versions, and the interpreter', () => {
    const packages = list('packageOverview', () => {}, withPackages(2))
    expect(packages).toEqual([['cpython', '3.11.7'], ['p0'], ['p1', '1']])
  })

  test('is left out where they are more than 300', () => {
    expect(list('packageOverview', () => {}, withPackages(299))).toHaveLength(300)
    expect(list('packageOverview', () => {}, withPackages(300))).toBeUndefined()
  })
})

describe("A summary's list of what components returned", () => {
  const returning = (to: RunListener, texts: readonly string[], first = 1) => {
    for (const [index, lexical] of texts.entries()) {
      const n = first + index
      to.value(value(n, { literal: { lexical, type: 'string' }, generatedBy: { call: n }, generatedAs: -1 }))
      to.call(call(n, clip, { outputs: [n] }))
    }
  }
  const returned = (emit: (to: RunListener) => void) =>
    list('returnOverview', emit) as { [key: string]: Json }[]

  test('has each result with the number of calls that had it', () => {
    const [only, ...others] = returned((to) => returning(to, ['b', 'a', 'b']))
    expect(others).toEqual([])
    expect(only).toMatchObject({
      name: clip.name,
      results: [
        { value: 'a', valueType: 'string', calls: 1 },
        { value: 'b', valueType: 'string', calls: 2 },
      ],
    })
  })

  test('leaves out arguments that a call changed', () => {
    const lists = returned((to) => {
      to.value(value(1, { generatedBy: { call: 1 }, generatedAs: 0 }))
      to.call(call(1, clip, { outputs: [1] }))
    })
    expect(lists).toEqual([])
  })

  test('has a digest of many results, the same in whatever order they came, and another for others', () => {
    const texts = Array.from({ length: 21 }, (_, n) => `result ${n}`)
    const digest = (of: readonly string[]) => returned((to) => returning(to, of))[0]?.['digest']
    expect(digest(texts)).toMatch(/^[0-9a-f]{20,32}$/)
    expect(digest(texts.toReversed())).toBe(digest(texts))
    expect(digest([...texts, 'result 20'])).not.toBe(digest(texts))
    expect(digest(texts.slice(11))).toBeUndefined()
    expect(digest(['x'.repeat(501)])).toBeDefined()
  })

  test('says that it is not known where calls are kept as a group', () => {
    const lists = returned((to) => {
      returning(to, ['a'])
      to.group({
        n: 1,
        component: clip,
        process: python,
        caller: undefined,
        startedAt: run.startedAt,
        endedAt: undefined,
        callCount: 300,
        totalCallCount: 301,
        failureCount: 0,
        wall: undefined,
        wallQuantiles: undefined,
        settings: [],
        received: [],
        usedValues: [],
      })
    })
    expect(lists).toMatchObject([{ name: clip.name, grouped: true }])
    expect(lists[0]).not.toHaveProperty('results')
  })

  test('is left out where there are more than 200 components', () => {
    const many = (count: number) =>
      list('returnOverview', (to) => {
        for (let n = 1; n <= count; n++) {
          const each = component(n + 10, { name: `f${n}`, code: { ...clip.code!, qualname: `f${n}` } })
          to.component(each)
          to.value(value(n, { generatedBy: { call: n }, generatedAs: -1 }))
          to.call(call(n, each, { outputs: [n] }))
        }
      })
    expect(many(200)).toHaveLength(200)
    expect(many(201)).toBeUndefined()
  })
})
