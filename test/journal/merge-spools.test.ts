import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { JournalError } from '../../src/errors.ts'
import { mergeSpools } from '../../src/journal/merge-spools.ts'

const origin = 1_000_000n

interface Written {
  name: string
  /** Nanoseconds after the origin. */
  wall: number
  parent?: { spool: string; spawn?: number; call?: number }
  lines: object[]
}

function journal(...spools: Written[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-journal-'))
  for (const { name, wall, parent, lines } of spools) {
    const process = {
      kind: 'process',
      version: 1,
      spool: name,
      pid: 1,
      parentPid: 0,
      ...(parent === undefined ? {} : { parent }),
      wall: String(origin + BigInt(wall)),
      monotonic: '0',
      agent: { name: 'a', version: '1' },
      interpreter: { name: 'cpython', version: '3' },
      executable: '/x',
      arguments: [],
      directory: '/',
    }
    const text = [process, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
    writeFileSync(join(folder, `${name}.jsonl`), text)
  }
  writeFileSync(join(folder, 'recorder.jsonl'), 'not an agent’s\n')
  writeFileSync(join(folder, 'notes.txt'), 'not a spool\n')
  return folder
}

const memory = (at: number) => ({ kind: 'memory', at, resident: 1 })
const spawn = (at: number, id = 1) => ({ kind: 'spawn', id, at, arguments: ['x'] })

function order(folder: string): string[] {
  return [...mergeSpools(folder, origin).events()].map(
    ({ spool, line, at }) => `${spool.name} ${line.kind} ${at}`,
  )
}

describe('merging spools', () => {
  test('orders the lines of several processes by the time they share', () => {
    const folder = journal(
      { name: 'b', wall: 100, lines: [memory(5), memory(50)] },
      { name: 'a', wall: 0, lines: [memory(103), memory(120), memory(151)] },
    )
    expect(order(folder)).toEqual([
      'a process 0',
      'b process 100',
      'a memory 103',
      'b memory 105',
      'a memory 120',
      'b memory 150',
      'a memory 151',
    ])
  })

  test('keeps the order of a spool even where its times fall back', () => {
    const folder = journal({ name: 'a', wall: 0, lines: [memory(50), memory(10), memory(60)] })
    expect(order(folder)).toEqual(['a process 0', 'a memory 50', 'a memory 10', 'a memory 60'])
  })

  test.each([
    ['spawn', { spool: 'a', spawn: 1 }, spawn(500)],
    ['call', { spool: 'a', call: 1 }, { kind: 'start', id: 1, component: 1, at: 500 }],
  ])('lets a child begin only after the %s of its parent, whatever its clock says', (_, parent, cause) => {
    const folder = journal(
      { name: 'a', wall: 1000, lines: [cause, memory(900)] },
      { name: 'child', wall: 0, parent, lines: [memory(1)] },
    )
    expect(order(folder)).toEqual([
      'a process 1000',
      `a ${cause.kind} 1500`,
      'child process 0',
      'child memory 1',
      'a memory 1900',
    ])
  })

  test.skipIf(process.platform !== 'linux')('opens only the spools of processes that are alive', () => {
    const written = Array.from({ length: 2000 }, (_, i) => ({
      name: `p${i}`,
      wall: i * 100,
      ...(i % 2 === 1 ? { parent: { spool: `p${i - 1}`, spawn: 1 } } : {}),
      lines: i % 2 === 0 ? [spawn(10), memory(90)] : [memory(5)],
    }))
    const folder = journal(...written)
    let most = 0
    let last = -Infinity
    for (const { at } of mergeSpools(folder, origin).events()) {
      most = Math.max(most, readdirSync('/proc/self/fd').length)
      last = Math.max(last, at)
    }
    expect(last).toBe(1999 * 100 + 5)
    expect(most).toBeLessThan(200)
  })

  test('takes lines of one moment in the order in which their processes began, then by name', () => {
    const folder = journal(
      { name: 'c', wall: 0, lines: [memory(100)] },
      { name: 'a', wall: 10, lines: [memory(90)] },
      { name: 'b', wall: 10, lines: [memory(90)] },
    )
    expect(order(folder).slice(3)).toEqual(['c memory 100', 'a memory 100', 'b memory 100'])
    expect(mergeSpools(folder, origin).spools.map(({ name, index }) => [name, index])).toEqual([
      ['c', 0],
      ['a', 1],
      ['b', 2],
    ])
  })

  test('takes lines of one moment from the process that began first, even where it was known last', () => {
    const folder = journal(
      { name: 'a', wall: 1000, lines: [spawn(500), memory(900)] },
      { name: 'child', wall: 0, parent: { spool: 'a', spawn: 1 }, lines: [memory(1900)] },
    )
    expect(order(folder).slice(3)).toEqual(['child memory 1900', 'a memory 1900'])
  })

  test('lets the children of a process that goes on wait when another process ends', () => {
    const folder = journal(
      { name: 'a', wall: 0, lines: [memory(1)] },
      { name: 'ab', wall: 0, lines: [memory(10), spawn(20)] },
      { name: 'child', wall: 0, parent: { spool: 'ab', spawn: 1 }, lines: [] },
    )
    expect(order(folder).slice(2)).toEqual(['a memory 1', 'ab memory 10', 'ab spawn 20', 'child process 0'])
  })

  test('lets a child that names only its parent begin after the first line of it', () => {
    const folder = journal(
      { name: 'a', wall: 1000, lines: [memory(900)] },
      { name: 'child', wall: 0, parent: { spool: 'a' }, lines: [] },
    )
    expect(order(folder)).toEqual(['a process 1000', 'child process 0', 'a memory 1900'])
  })

  test('loses no child whose parent has no line about it, or has no spool, or is its own child', () => {
    const folder = journal(
      { name: 'a', wall: 0, lines: [memory(1)] },
      { name: 'late', wall: 0, parent: { spool: 'a', spawn: 9 }, lines: [] },
      { name: 'orphan', wall: 0, parent: { spool: 'gone', spawn: 1 }, lines: [] },
      { name: 'x', wall: 0, parent: { spool: 'y', spawn: 1 }, lines: [] },
      { name: 'y', wall: 0, parent: { spool: 'x', spawn: 1 }, lines: [] },
    )
    const processes = order(folder).filter((line) => line.includes('process'))
    expect(processes.map((line) => line.split(' ')[0]).sort()).toEqual(['a', 'late', 'orphan', 'x', 'y'])
  })

  test('names the spools that were cut before their first line', () => {
    const folder = journal({ name: 'a', wall: 0, lines: [] })
    writeFileSync(join(folder, 'cut.jsonl'), '{"kind":"process"')
    expect(mergeSpools(folder, origin).unreadable).toEqual(['cut.jsonl'])
  })

  test('refuses a spool that begins with something else than its process', () => {
    const folder = journal()
    writeFileSync(join(folder, 'odd.jsonl'), `${JSON.stringify(memory(1))}\n`)
    expect(() => mergeSpools(folder, origin)).toThrow(JournalError)
  })

  test('keeps a component, which has no time, where its spool has it', () => {
    const component = { kind: 'component', id: 1, module: 1, name: '', type: 'module', line: 1, endLine: 1 }
    const folder = journal(
      { name: 'a', wall: 0, lines: [memory(50), component, memory(60)] },
      { name: 'b', wall: 0, lines: [memory(55)] },
    )
    expect(order(folder).slice(2)).toEqual(['a memory 50', 'a component 50', 'b memory 55', 'a memory 60'])
  })
})
