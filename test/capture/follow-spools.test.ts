import { appendFileSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SpoolFollower } from '../../src/capture/follow-spools.ts'
import { makeFolder } from './temporary-folder.ts'

function follow(kinds: readonly string[]) {
  const folder = makeFolder()
  const lines: string[] = []
  const follower = new SpoolFollower(folder, kinds, (line, spool) =>
    lines.push(`${spool} ${JSON.stringify(line)}`),
  )
  return { follower, lines, spool: join(folder, '1-a.jsonl'), folder }
}

test('Whole lines of the kinds asked for are emitted once, in their order, from every spool but the recorder’s', async () => {
  const { follower, lines, spool, folder } = follow(['file', 'exit'])
  writeFileSync(join(folder, 'recorder.jsonl'), '{"kind":"file"}\n')
  appendFileSync(spool, '{"kind":"start","id":1}\n{"kind":"file","op":"read"}\n{"kind": "exit","at":1}\n')
  await follower.poll()
  await follower.poll()
  appendFileSync(join(folder, '2-b.jsonl'), '{"at":5,"kind":"exit"}\n')
  await follower.poll()
  await follower.close()
  expect(lines).toEqual([
    '1-a {"kind":"file","op":"read"}',
    '1-a {"kind":"exit","at":1}',
    '2-b {"at":5,"kind":"exit"}',
  ])
})

test('A torn tail is emitted when the rest of it has come', async () => {
  const { follower, lines, spool } = follow(['file'])
  appendFileSync(spool, '{"kind":"fi')
  await follower.poll()
  appendFileSync(spool, 'le"}')
  await follower.poll()
  expect(lines).toEqual([])
  appendFileSync(spool, '\n')
  await follower.poll()
  await follower.close()
  expect(lines).toEqual(['1-a {"kind":"file"}'])
})

test('A spool that is allocated ahead is read up to its zeros, and on from there when they are filled', async () => {
  const { follower, lines, spool } = follow(['file'])
  const file = openSync(spool, 'w')
  writeSync(file, Buffer.alloc(65536))
  const first = '{"kind":"file","n":1}\n'
  writeSync(file, first, 0)
  await follower.poll()
  expect(lines).toEqual(['1-a {"kind":"file","n":1}'])
  writeSync(file, '{"kind":"file","n":2}\n{"kind":"fi', first.length)
  await follower.poll()
  await follower.close()
  expect(lines).toEqual(['1-a {"kind":"file","n":1}', '1-a {"kind":"file","n":2}'])
})

test('What stands inside of strings is not taken for a line’s kind', async () => {
  const { follower, lines, spool } = follow(['file'])
  const value = { kind: 'start', arguments: ['{"kind":"file"}', { $: 'object', v: { kind: 'file' } }] }
  appendFileSync(spool, `${JSON.stringify(value)}\nnot JSON "kind":"file"\n`)
  await follower.poll()
  await follower.close()
  expect(lines).toEqual([])
})

test('A line longer than a chunk is emitted whole', async () => {
  const { follower, lines, spool } = follow(['module', 'exit'])
  const source = 'x'.repeat(9 << 20)
  appendFileSync(spool, `{"kind":"module","source":"${source}"}\n{"kind":"exit"}\n`)
  await follower.poll()
  await follower.close()
  expect(lines.map((line) => line.length)).toEqual([
    source.length + '1-a {"kind":"module","source":""}'.length,
    19,
  ])
})
