import { expect, test } from 'vitest'
import { SeenProcesses } from '../../src/capture/seen-processes.ts'
import type { AgentLine, ProcessLine } from '../../src/journal/line.ts'

const process = (more: Partial<ProcessLine> = {}): ProcessLine => ({
  kind: 'process',
  version: 1,
  spool: '1-a',
  pid: 1,
  parentPid: 0,
  wall: '0',
  monotonic: '0',
  agent: { name: 'vampira-python', version: '0.1.0' },
  interpreter: { name: 'CPython', version: '3.11.7' },
  executable: '/usr/bin/python3',
  arguments: [],
  directory: '/',
  ...more,
})

function see(...lines: AgentLine[]): SeenProcesses {
  const seen = new SeenProcesses()
  for (const line of lines) seen.take(line)
  return seen
}

test('Interpreters are listed once each, in lower case; the recorder itself is none', () => {
  const { pids, interpreters } = see(
    process(),
    process({ pid: 2 }),
    process({ pid: 3, interpreter: { name: 'CPython', version: '3.12.1' } }),
    process({
      pid: 4,
      agent: { name: 'vampira', version: '1' },
      interpreter: { name: 'node', version: '20' },
    }),
  )
  expect([...pids]).toEqual([1, 2, 3, 4])
  expect([...interpreters.values()]).toEqual([
    { name: 'cpython', version: '3.11.7' },
    { name: 'cpython', version: '3.12.1' },
  ])
})

test('Libraries are listed once for each file that they came from', () => {
  const { libraries } = see(
    { kind: 'library', at: 1, name: 'yaml', file: '/site/yaml/__init__.py' },
    { kind: 'library', at: 2, name: 'yaml', file: '/site/yaml/__init__.py', version: '6' },
    { kind: 'library', at: 3, name: 'yaml', file: '/other/yaml/__init__.py' },
    { kind: 'library', at: 4, name: 'sys' },
  )
  expect([...libraries.values()]).toEqual([
    { name: 'yaml', file: '/site/yaml/__init__.py' },
    { name: 'yaml', file: '/other/yaml/__init__.py' },
    { name: 'sys' },
  ])
})

test('Programs are those of spawns that were found', () => {
  const { programs } = see(
    { kind: 'spawn', id: 1, at: 1, arguments: ['sort'], program: '/usr/bin/sort' },
    { kind: 'spawn', id: 2, at: 2, arguments: ['none'] },
  )
  expect([...programs]).toEqual(['/usr/bin/sort'])
})

test('CPU time is the sum of all processes, memory the largest of them', () => {
  const { cpu, peak } = see(
    { kind: 'exit', at: 1, cpu: 10, peak: 500 },
    { kind: 'exit', at: 2, cpu: 5, peak: 700 },
    { kind: 'exit', at: 3, cpu: 1, peak: 600 },
    { kind: 'exit', at: 4 },
  )
  expect({ cpu, peak }).toEqual({ cpu: 16, peak: 700 })
})
