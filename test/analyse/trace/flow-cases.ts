import type { SmallRun } from '../small-run.ts'

/** Contents that a content came from: those seen, and those only possible. */
export interface FlowCase {
  title: string
  runs: readonly SmallRun[]
  of: string
  seen: readonly string[]
  possible: readonly string[]
}

const main = { n: 1, name: 'main' }

export const flowCases: readonly FlowCase[] = [
  {
    title: 'keeps apart what one function made of two files in two calls',
    runs: [
      {
        id: 1,
        calls: [
          main,
          { n: 2, name: 'convert', by: 1, args: [1], reads: [1] },
          { n: 3, name: 'convert', by: 1, args: [2], reads: [2] },
        ],
        values: { 1: '"a"', 2: '"b"' },
        files: {
          1: { content: 'a' },
          2: { content: 'b' },
          3: { content: 'a2', by: 2 },
          4: { content: 'b2', by: 3 },
        },
      },
    ],
    of: 'b2',
    seen: ['b'],
    possible: [],
  },
  {
    title: 'follows an object from the function that read it to the function that wrote it',
    runs: [
      {
        id: 1,
        calls: [
          { ...main, received: [2] },
          { n: 2, name: 'read', by: 1, args: [1], reads: [1], returns: 2 },
          { n: 3, name: 'write', by: 1, args: [2] },
        ],
        values: { 1: '"a"' },
        files: { 1: { content: 'a' }, 2: { content: 'out', by: 3 } },
      },
    ],
    of: 'out',
    seen: ['a'],
    possible: [],
  },
  {
    title:
      'calls it possible that a sum passed on was made of what had been read: d = read("a"); write("out", d + 1)',
    runs: [
      {
        id: 1,
        calls: [
          { ...main, received: [2] },
          { n: 2, name: 'read', by: 1, args: [1], reads: [1], returns: 2 },
          { n: 3, name: 'write', by: 1, args: [3, 4] },
        ],
        values: { 1: '"a"', 2: '5', 3: '"out"', 4: '6' },
        files: { 1: { content: 'a' }, 2: { content: 'out', by: 3 } },
      },
    ],
    of: 'out',
    seen: [],
    possible: ['a'],
  },
  {
    title: 'does not take what was read later for a source of what was written before',
    runs: [
      {
        id: 1,
        calls: [
          { ...main, received: [4, 6] },
          { n: 2, name: 'read', by: 1, args: [1], reads: [1], returns: 4 },
          { n: 3, name: 'write', by: 1, args: [5] },
          { n: 4, name: 'read', by: 1, args: [3], reads: [2], returns: 6 },
        ],
        values: { 1: '"a"', 3: '"b"' },
        files: { 1: { content: 'a' }, 2: { content: 'b' }, 3: { content: 'out', by: 3 } },
      },
    ],
    of: 'out',
    seen: [],
    possible: ['a'],
  },
  {
    title: 'claims nothing of a call whose only argument is a default',
    runs: [
      {
        id: 1,
        calls: [
          { ...main, received: [2] },
          { n: 2, name: 'read', by: 1, args: [1], reads: [1], returns: 2 },
          { n: 3, name: 'write', by: 1, args: [3], defaults: [3] },
        ],
        values: { 1: '"a"', 3: '"out"' },
        files: { 1: { content: 'a' }, 2: { content: 'out', by: 3 } },
      },
    ],
    of: 'out',
    seen: [],
    possible: [],
  },
  {
    title: 'calls it possible that a file which a body wrote itself is made of what calls below it read',
    runs: [
      {
        id: 1,
        calls: [main, { n: 2, name: 'load', by: 1 }, { n: 3, name: 'open_all', by: 2, reads: [1] }],
        files: { 1: { content: 'a' }, 2: { content: 'out', by: 1 } },
      },
    ],
    of: 'out',
    seen: [],
    possible: ['a'],
  },
  {
    title: 'sees what a body read and wrote itself',
    runs: [
      {
        id: 1,
        calls: [{ ...main, reads: [1] }],
        files: { 1: { content: 'a' }, 2: { content: 'out', by: 1 } },
      },
    ],
    of: 'out',
    seen: ['a'],
    possible: [],
  },
  {
    title: 'calls it possible that a file whose writer nobody saw is made of anything that the run read',
    runs: [
      {
        id: 1,
        calls: [main, { n: 2, name: 'load', by: 1, reads: [1] }],
        files: { 1: { content: 'a' }, 2: { content: 'out', by: 'run' } },
      },
    ],
    of: 'out',
    seen: [],
    possible: ['a'],
  },
  {
    title: 'passes through an external program by the files it read and wrote',
    runs: [
      {
        id: 1,
        calls: [
          main,
          { n: 2, name: 'extract', by: 1, args: [1] },
          { n: 3, name: 'sex', by: 2, program: true, reads: [1] },
          { n: 4, name: 'histogram', by: 1, args: [2], reads: [2] },
        ],
        values: { 1: '"a"', 2: '"cat"' },
        files: { 1: { content: 'a' }, 2: { content: 'cat', by: 3 }, 3: { content: 'png', by: 4 } },
      },
    ],
    of: 'png',
    seen: ['cat', 'a'],
    possible: [],
  },
  {
    title: 'calls it possible that a caller used what a program printed',
    runs: [
      {
        id: 1,
        calls: [
          main,
          { n: 2, name: 'count', by: 1, args: [1], returns: 2 },
          { n: 3, name: 'wc', by: 2, program: true, reads: [1] },
          { n: 4, name: 'write', by: 1, args: [2] },
        ],
        values: { 1: '"a"' },
        files: { 1: { content: 'a' }, 2: { content: 'out', by: 4 } },
      },
    ],
    of: 'out',
    seen: [],
    possible: ['a'],
  },
  {
    title: 'passes through a group of calls',
    runs: [
      {
        id: 1,
        calls: [
          { ...main, received: [2, 3] },
          { n: 2, name: 'read', by: 1, args: [1], reads: [1], returns: 2 },
          { n: 3, name: 'clip', by: 1, group: true, args: [2], returns: 3 },
          { n: 4, name: 'write', by: 1, args: [3] },
        ],
        values: { 1: '"a"' },
        files: { 1: { content: 'a' }, 2: { content: 'out', by: 4 } },
      },
    ],
    of: 'out',
    seen: ['a'],
    possible: [],
  },
  {
    title: 'follows a value that was changed in place back to what it was',
    runs: [
      {
        id: 1,
        calls: [
          { ...main, received: [2] },
          { n: 2, name: 'read', by: 1, args: [1], reads: [1], returns: 2 },
          { n: 3, name: 'scale', by: 1, args: [2], changes: [3, 2] },
          { n: 4, name: 'write', by: 1, args: [3] },
        ],
        values: { 1: '"a"' },
        files: { 1: { content: 'a' }, 2: { content: 'out', by: 4 } },
      },
    ],
    of: 'out',
    seen: ['a'],
    possible: [],
  },
  {
    title: 'takes the right writer where the same bytes were written twice in a run',
    runs: [
      {
        id: 1,
        calls: [
          main,
          { n: 2, name: 'copy', by: 1, reads: [1] },
          { n: 3, name: 'reset', by: 1, reads: [2] },
          { n: 4, name: 'use', by: 1, reads: [4] },
        ],
        files: {
          1: { content: 'a' },
          2: { content: 'b' },
          3: { content: 'same', path: 'x', by: 2, gone: true },
          4: { content: 'same', path: 'x', by: 3 },
          5: { content: 'out', by: 4 },
        },
      },
    ],
    of: 'out',
    seen: ['same', 'b'],
    possible: [],
  },
  {
    title: 'ends where compressing and decompressing come back to the same bytes',
    runs: [
      {
        id: 1,
        calls: [
          main,
          { n: 2, name: 'compress', by: 1, reads: [1] },
          { n: 3, name: 'decompress', by: 1, reads: [2] },
        ],
        files: {
          1: { content: 'a', path: 'a' },
          2: { content: 'gz', by: 2 },
          3: { content: 'a', path: 'a.copy', by: 3 },
        },
      },
    ],
    of: 'a',
    seen: ['gz'],
    possible: [],
  },
  {
    title:
      'calls it possible that a file was copied between runs, where the same bytes were called otherwise there',
    runs: [
      {
        id: 1,
        calls: [{ n: 1, name: 'first', reads: [1] }],
        files: { 1: { content: 'a' }, 2: { content: 'b', path: 'one', by: 1 } },
      },
      {
        id: 2,
        calls: [{ n: 1, name: 'second', reads: [1] }],
        files: { 1: { content: 'b', path: 'other' }, 2: { content: 'c', by: 1 } },
      },
    ],
    of: 'c',
    seen: ['b'],
    possible: ['a'],
  },
  {
    title: 'keeps apart two files across runs that one function had handled both',
    runs: [
      {
        id: 1,
        calls: [
          main,
          { n: 2, name: 'convert', by: 1, reads: [1] },
          { n: 3, name: 'convert', by: 1, reads: [2] },
        ],
        files: {
          1: { content: 'a' },
          2: { content: 'b' },
          3: { content: 'a2', by: 2 },
          4: { content: 'b2', by: 3 },
        },
      },
      {
        id: 2,
        calls: [{ n: 1, name: 'plot', reads: [1] }],
        files: { 1: { content: 'a2' }, 2: { content: 'png', by: 1 } },
      },
    ],
    of: 'png',
    seen: ['a2', 'a'],
    possible: [],
  },
  {
    title: 'takes no run for a source that started after the reader had ended',
    runs: [
      {
        id: 1,
        calls: [{ n: 1, name: 'first', reads: [1] }],
        files: { 1: { content: 'b' }, 2: { content: 'c', by: 1 } },
      },
      {
        id: 2,
        calls: [{ n: 1, name: 'second', reads: [1] }],
        files: { 1: { content: 'later' }, 2: { content: 'b', by: 1 } },
      },
    ],
    of: 'c',
    seen: ['b'],
    possible: [],
  },
  {
    title: 'is possible from a possible hop on, even across runs',
    runs: [
      {
        id: 1,
        calls: [{ n: 1, name: 'first', reads: [1] }],
        files: { 1: { content: 'a' }, 2: { content: 'b', by: 1 } },
      },
      {
        id: 2,
        calls: [
          { ...main, received: [2] },
          { n: 2, name: 'read', by: 1, args: [1], reads: [1], returns: 2 },
          { n: 3, name: 'write', by: 1, args: [3] },
        ],
        values: { 1: '"b"', 2: '1', 3: '2' },
        files: { 1: { content: 'b' }, 2: { content: 'c', by: 3 } },
      },
    ],
    of: 'c',
    seen: [],
    possible: ['b', 'a'],
  },
]
