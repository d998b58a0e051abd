import { describe, expect, test } from 'vitest'
import type { RecorderLine } from '../../src/journal/line.ts'
import {
  callOf,
  finished,
  recordJournal,
  runLine,
  SpoolBuilder,
  wall,
  writeJournal,
} from './journal-builder.ts'

const source = `import os

@cache
def f(a, b=2):
    return a   

class Star:
    def shine(self):
        return 1

f(1)
`

describe('components and their versions', () => {
  test('a version is the text of the component, recorded once at its first call', async () => {
    const spool = new SpoolBuilder()
    spool.module('swep', source)
    const main = spool.start(spool.component(''))
    const f = spool.component('f', {
      line: 3,
      endLine: 5,
      signature: '(a, b=2)',
      documentation: 'Does.',
      parameters: [{ name: 'a' }, { name: 'b', default: '2' }],
    })
    spool.component('never', { line: 1, endLine: 1 })
    spool.call(f, [1], null, { caller: main })
    spool.call(f, [2], null, { caller: main })
    spool.return(main)
    const recorded = await recordJournal(writeJournal([spool]))
    expect(recorded.components.map((component) => component.name)).toEqual(['swep', 'swep.f'])
    expect(recorded.components[1]).toMatchObject({
      n: 2,
      kind: 'Function',
      signature: '(a, b=2)',
      documentation: 'Does.',
      parameters: [
        { name: 'a', position: 0 },
        { name: 'b', position: 1 },
      ],
      code: {
        project: 'survey',
        module: 'swep',
        qualname: 'f',
        startLine: 3,
        endLine: 5,
        source: '@cache\ndef f(a, b=2):\n    return a',
        file: { path: 'swep.py', size: Buffer.byteLength(source) },
      },
    })
    expect(recorded.components[0]?.code?.source).toBe(
      'import os\n\n@cache\ndef f(a, b=2):\nclass Star:\nf(1)',
    )
  })

  test('the same text in two processes is one version, another text is another', async () => {
    const spools = ['x = 1\n', 'x = 1\n', 'x = 2\n'].map((text, i) => {
      const spool = new SpoolBuilder({ spool: `s${i}`, pid: i, wall: String(wall + BigInt(i)) })
      spool.module('m', text)
      return spool.return(spool.start(spool.component('')))
    })
    const recorded = await recordJournal(writeJournal(spools))
    expect(recorded.components.map((component) => component.code?.source)).toEqual(['x = 1', 'x = 2'])
  })

  const environment: RecorderLine = {
    kind: 'environment',
    facts: { os: 'Linux', machine: 'x86_64', cpuCount: 1, memoryBytes: 1 },
    packages: [{ purl: 'pkg:pypi/astropy@5.2.1', name: 'astropy', version: '5.2.1', modules: ['astropy'] }],
  }
  test('a library’s component is known by its package', async () => {
    const spool = new SpoolBuilder()
    spool.add({
      kind: 'module',
      id: 9,
      name: 'astropy.stats',
      file: '/usr/lib/astropy/stats.py',
      source: 'def clip(): pass\n',
    })
    spool.call(spool.component('clip', { module: 9, line: 1, endLine: 1 }), [])
    const recorded = await recordJournal(writeJournal([spool], [runLine(), environment, finished]))
    expect(callOf(recorded, 'astropy.stats.clip').component).toMatchObject({
      package: { purl: 'pkg:pypi/astropy@5.2.1' },
      code: undefined,
    })
  })

  test('a generator is what was declared as one', async () => {
    const spool = new SpoolBuilder()
    spool.call(spool.component('noise'), [])
    spool.call(spool.component('clip'), [])
    const recorded = await recordJournal(
      writeJournal([spool], [runLine({ generators: ['swep.noise'] }), finished]),
    )
    expect(recorded.components.map((component) => component.generator)).toEqual([true, false])
  })

  test('a call of a component that was never declared is refused, by name of its spool', async () => {
    const spool = new SpoolBuilder()
    spool.start(7)
    await expect(recordJournal(writeJournal([spool]))).rejects.toThrow(
      /spool main: component 7 was never declared/,
    )
  })
})
