import { describe, expect, test } from 'vitest'
import type { DigestLine } from '../../src/journal/line.ts'
import {
  callOf,
  fileAt,
  finished,
  recordJournal,
  runLine,
  sha,
  SpoolBuilder,
  stat,
  writeJournal,
} from './journal-builder.ts'

const digest = (path: string, size: number, modified: number, digit: string): DigestLine => ({
  kind: 'digest',
  path: `/data/survey/${path}`,
  stat: stat(size, modified, { sha256: sha(digit) }),
})

/** A spool whose calls of `swep.{name}` do these file events each. */
function spoolOf(
  steps: [name: string, ...events: [op: string, path: string, more?: object][]][],
): SpoolBuilder {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component(''))
  for (const [name, ...events] of steps) {
    const call = spool.start(spool.component(name), [], { caller: main })
    for (const [op, path, more] of events) spool.file(op, path, { call, ...more })
    spool.return(call)
  }
  return spool.return(main)
}

const record = (spool: SpoolBuilder, digests: DigestLine[] = [], recorder: object[] = [finished]) =>
  recordJournal(writeJournal([spool], [runLine(), ...digests, ...(recorder as [])]))

describe('versions of files', () => {
  test.each([
    ['/tmp/draft.txt', '/tmp', true],
    ['/data/survey/draft.txt', '/data', undefined],
    ['/tmpfiles/draft.txt', '/tmp', undefined],
    ['/tmp/draft.txt', undefined, undefined],
  ])('what is left at %s is scratch if %s is for temporary files: %s', async (path, temporary, scratch) => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    spool.file('write', path, { call: main })
    spool.return(main)
    const recorded = await recordJournal(
      writeJournal([spool], [runLine({ ...(temporary !== undefined && { temporary }) }), finished]),
    )
    expect([...recorded.files.values()].map(({ isScratch }) => isScratch)).toEqual([scratch])
  })

  test('a file that a call reads is a version that nobody in the run made', async () => {
    const recorded = await record(spoolOf([['load', ['read', 'a.fits', { stat: stat(10, 1) }]]]), [
      digest('a.fits', 10, 1, 'a'),
    ])
    const [file] = fileAt(recorded, 'a.fits')
    expect(file).toMatchObject({
      url: 'file:///data/survey/a.fits',
      generatedBy: undefined,
      invalidatedBy: undefined,
      size: 10,
      content: { sha256: sha('a'), size: 10 },
    })
    expect(callOf(recorded, 'swep.load').usedFiles).toEqual([file?.n])
  })

  test('one version passes from the call that wrote it to the call that reads it', async () => {
    const recorded = await record(
      spoolOf([
        ['save', ['write', 'out.txt']],
        ['load', ['read', 'out.txt', { stat: stat(5, 7) }]],
      ]).file('final', 'out.txt', { stat: stat(5, 7) }),
      [digest('out.txt', 5, 7, 'b')],
    )
    const versions = fileAt(recorded, 'out.txt')
    expect(versions).toHaveLength(1)
    expect(versions[0]).toMatchObject({
      generatedBy: { call: callOf(recorded, 'swep.save').n },
      invalidatedBy: undefined,
      content: { sha256: sha('b') },
    })
    expect(callOf(recorded, 'swep.load').usedFiles).toEqual([versions[0]?.n])
    const [save, load] = ['swep.save', 'swep.load'].map((name) =>
      recorded.summaries.find((summary) => summary.component.name === name),
    )
    expect(load).toMatchObject({ inputBytes: 5, informedBy: [save?.n] })
    expect(save).toMatchObject({ outputBytes: 5, generated: [{ file: versions[0] }] })
  })

  test('a file written over is invalidated by the call that does it, with the content it had', async () => {
    const recorded = await record(
      spoolOf([
        ['save', ['write', 'out.txt']],
        ['again', ['write', 'out.txt', { old: stat(5, 7, { sha256: sha('c') }) }]],
      ]).file('final', 'out.txt', { stat: stat(6, 8) }),
      [digest('out.txt', 6, 8, 'd')],
    )
    const again = { call: callOf(recorded, 'swep.again').n }
    expect(fileAt(recorded, 'out.txt')).toMatchObject([
      { invalidatedBy: again, content: { sha256: sha('c'), size: 5 } },
      { generatedBy: again, invalidatedBy: undefined, content: { sha256: sha('d') } },
    ])
  })

  test('a call that opens its own file for writing again has written one version', async () => {
    const recorded = await record(
      spoolOf([
        ['save', ['write', 'out.txt'], ['update', 'out.txt', { old: stat(1, 1) }], ['write', 'out.txt']],
      ]),
    )
    expect(fileAt(recorded, 'out.txt')).toHaveLength(1)
  })

  test('a call that reads its own file before it writes it again has written two versions', async () => {
    const recorded = await record(
      spoolOf([
        [
          'save',
          ['write', 'out.txt'],
          ['read', 'out.txt', { stat: stat(1, 1) }],
          ['write', 'out.txt', { old: stat(1, 1) }],
        ],
      ]),
    )
    expect(fileAt(recorded, 'out.txt')).toHaveLength(2)
  })

  test('a file opened for update is used and made anew', async () => {
    const recorded = await record(spoolOf([['append', ['update', 'log.txt', { old: stat(3, 1) }]]]))
    const [before, after] = fileAt(recorded, 'log.txt')
    const append = callOf(recorded, 'swep.append')
    expect(append.usedFiles).toEqual([before?.n])
    expect(before?.invalidatedBy).toEqual({ call: append.n })
    expect(after?.generatedBy).toEqual({ call: append.n })
  })

  test('a rename ends a version at one path and begins one with the same content at the other', async () => {
    const recorded = await record(
      spoolOf([
        ['save', ['write', 'a.tmp'], ['rename', 'a.tmp', { to: '/data/survey/a.txt', old: stat(4, 2) }]],
      ]).file('final', 'a.txt', { stat: stat(4, 2) }),
      [digest('a.tmp', 4, 2, 'e')],
    )
    const save = { call: callOf(recorded, 'swep.save').n }
    const [moved] = fileAt(recorded, 'a.tmp')
    const [arrived] = fileAt(recorded, 'a.txt')
    expect(moved).toMatchObject({ generatedBy: save, invalidatedBy: save, content: { sha256: sha('e') } })
    expect(arrived).toMatchObject({
      generatedBy: save,
      invalidatedBy: undefined,
      content: { sha256: sha('e') },
    })
    expect(callOf(recorded, 'swep.save').usedFiles).toEqual([moved?.n])
    expect(moved?.pathNumber).not.toBe(arrived?.pathNumber)
  })

  test('a folder that is renamed takes the files along that are known in it', async () => {
    const recorded = await record(
      spoolOf([
        ['save', ['write', 'tmp/a/1.txt'], ['write', 'tmpfile']],
        ['move', ['rename', 'tmp', { to: '/data/survey/done', old: stat(4096, 2) }]],
      ]).file('final', 'done/a/1.txt', { stat: stat(4, 2) }),
    )
    const move = { call: callOf(recorded, 'swep.move').n }
    expect(fileAt(recorded, 'tmp/a/1.txt')).toMatchObject([{ invalidatedBy: move }])
    expect(fileAt(recorded, 'done/a/1.txt')).toMatchObject([{ generatedBy: move, size: 4 }])
    expect(fileAt(recorded, 'tmpfile')).toMatchObject([{ invalidatedBy: undefined }])
    expect(fileAt(recorded, 'tmp')).toEqual([])
  })

  test('a removed file is invalidated by the call that removed it, even if nobody had seen it', async () => {
    const recorded = await record(spoolOf([['clean', ['remove', 'old.txt', { old: stat(4, 2) }]]]))
    expect(fileAt(recorded, 'old.txt')).toMatchObject([
      { generatedBy: undefined, invalidatedBy: { call: callOf(recorded, 'swep.clean').n } },
    ])
  })

  test('a stat that no event explains is somebody unknown: a version of its own', async () => {
    const recorded = await record(
      spoolOf([
        ['one', ['read', 'a.txt', { stat: stat(4, 2) }]],
        ['two', ['read', 'a.txt', { stat: stat(9, 3) }]],
      ]),
    )
    expect(fileAt(recorded, 'a.txt')).toMatchObject([
      { generatedBy: undefined, invalidatedBy: 'run', size: 4 },
      { generatedBy: undefined, invalidatedBy: undefined, size: 9 },
    ])
  })

  describe('a file that differs after the call that wrote it has ended', () => {
    const steps = [
      ['save', ['write', 'a.txt']],
      ['load', ['read', 'a.txt', { stat: stat(1, 1) }]],
    ] as Parameters<typeof spoolOf>[0]
    const generators = async (recorded: ReturnType<typeof record>) =>
      fileAt(await recorded, 'a.txt').map(({ generatedBy, size }) => [generatedBy, size])
    const save = { call: 2 }

    test('was written by it until its process ended, which saw the file last', async () => {
      const spool = spoolOf(steps).file('final', 'a.txt', { stat: stat(2, 2) })
      expect(await generators(record(spool))).toEqual([
        [save, 1],
        [save, 2],
      ])
    })

    test('was written by somebody unknown where another process saw it at its end', async () => {
      const other = new SpoolBuilder({ spool: 'other', pid: 200 })
      other.file('final', 'a.txt', { stat: stat(2, 2), at: 5000 })
      const journal = writeJournal([spoolOf(steps), other])
      expect(await generators(recordJournal(journal))).toEqual([
        [save, 1],
        [undefined, 2],
      ])
    })

    test('was written by somebody unknown where another call reads it', async () => {
      const spool = spoolOf([...steps, ['again', ['read', 'a.txt', { stat: stat(2, 2) }]]])
      expect(await generators(record(spool))).toEqual([
        [save, 1],
        [undefined, 2],
      ])
    })
  })

  test('a written file that is gone at exit was removed by somebody unknown', async () => {
    const recorded = await record(spoolOf([['save', ['write', 'a.txt']]]).file('final', 'a.txt'))
    expect(fileAt(recorded, 'a.txt')).toMatchObject([
      { invalidatedBy: 'run', noDigestBecause: 'gone before it was read' },
    ])
  })

  test.each([
    [
      'what the recorder says',
      [{ ...digest('a.txt', 4, 2, 'a'), stat: stat(4, 2), because: 'changed after' }],
      true,
    ],
    ['not read by the recorder', [], true],
    ['interrupted', [], false],
  ])('a version without a digest says why: %s', async (reason, digests, isFinished) => {
    const spool = spoolOf([['load', ['read', 'a.txt', { stat: stat(4, 2) }]]])
    const recorded = await record(spool, digests as DigestLine[], isFinished ? [finished] : [])
    const [file] = fileAt(recorded, 'a.txt')
    expect(file?.content).toBeUndefined()
    expect(file?.noDigestBecause).toBe(digests.length > 0 ? 'changed after' : reason)
  })

  test('a file outside the working directory keeps its whole path, as its own URL', async () => {
    const recorded = await record(spoolOf([['load', ['read', '/etc/ä b.txt', { stat: stat(4, 2) }]]]))
    const [file] = recorded.files.values()
    expect(file).toMatchObject({ path: '/etc/ä b.txt', url: 'file:///etc/%C3%A4%20b.txt' })
  })

  test('a file that library code opened without naming a call belongs to the first call of its process', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    spool.file('read', 'a.txt', { stat: stat(1, 1) }).return(main)
    const recorded = await recordJournal(writeJournal([spool]))
    expect(callOf(recorded, 'swep').usedFiles).toEqual([1])
  })

  test('what a process was redirected from and to is its entry’s, which has not begun then, and has ended', async () => {
    const spool = new SpoolBuilder()
    spool.file('read', 'in.txt', { stat: stat(1, 1), seen: 'redirection' })
    const main = spool.start(spool.component(''))
    spool.return(main).file('write', 'out.txt', { seen: 'redirection' })
    const recorded = await record(spool.file('final', 'out.txt', { stat: stat(2, 2) }))
    const { n, usedFiles } = callOf(recorded, 'swep')
    expect(usedFiles).toEqual([fileAt(recorded, 'in.txt')[0]?.n])
    expect(fileAt(recorded, 'out.txt')[0]?.generatedBy).toEqual({ call: n })
  })

  test('code that was only loaded is no data, code that a call reads is', async () => {
    const spool = new SpoolBuilder()
    spool.file('read', 'swep.py', { stat: stat(1, 1) }).file('read', 'other.py', { stat: stat(1, 1) })
    const main = spool.start(spool.component(''))
    spool.module('other', '')
    spool.file('read', 'other.py', { stat: stat(1, 1), call: main }).return(main)
    const recorded = await recordJournal(writeJournal([spool]))
    expect([...recorded.files.values()].map((file) => file.path)).toEqual(['other.py'])
  })

  test('a file that the program speaks of has what it says of it', async () => {
    const spool = spoolOf([['save', ['write', 'a.txt']]])
    const note = { kind: 'note' as const, path: '/data/survey/a.txt' }
    spool.add({ ...note, type: 'metadata', name: 'band', value: 'r' })
    spool.add({ ...note, type: 'quality', name: 'completeness', value: 0.94, unit: '1' })
    const recorded = await recordJournal(writeJournal([spool]))
    const [file] = fileAt(recorded, 'a.txt')
    expect(file?.metadata).toEqual([{ name: 'band', value: { lexical: 'r', type: 'string' } }])
    expect(recorded.run.quality).toMatchObject([{ metric: 'completeness', on: { file: file?.n }, unit: '1' }])
  })
})
