import { appendFileSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CommandFiles, statFile } from '../../../src/capture/files/command-files.ts'
import { makeFolder } from '../temporary-folder.ts'

function folderWith(...names: string[]): string {
  const folder = makeFolder()
  for (const name of names) {
    writeFileSync(join(folder, name), name)
    utimesSync(join(folder, name), 1_700_000_000, 1_700_000_000)
  }
  return folder
}

/** What is found out, as `write out by change`, sorted. */
function summarise(files: CommandFiles, folder: string): string[] {
  return files
    .compare()
    .map(({ path, op, seen }) => `${op} ${String(path).slice(folder.length + 1)} by ${seen}`)
    .toSorted()
}

test('Files that arguments name were read, written or removed; beside them only changes show', () => {
  const folder = folderWith('in', 'edited', 'gone', 'beside', 'lost', 'untouched')
  const files = new CommandFiles(['tool', 'in', 'edited', 'gone', 'new', 'never', '-v'], folder)
  writeFileSync(join(folder, 'edited'), 'other')
  writeFileSync(join(folder, 'new'), '')
  writeFileSync(join(folder, 'beside'), 'other')
  writeFileSync(join(folder, 'log'), '')
  rmSync(join(folder, 'gone'))
  rmSync(join(folder, 'lost'))
  expect(summarise(files, folder)).toEqual([
    'read in by argument',
    'remove gone by argument',
    'remove lost by change',
    'write beside by change',
    'write edited by argument',
    'write log by change',
    'write new by argument',
  ])
})

test('A change has the states before and after it', () => {
  const folder = folderWith('edited', 'gone', 'in')
  const path = (name: string) => join(folder, name)
  const before = { edited: statFile(path('edited')), gone: statFile(path('gone')), in: statFile(path('in')) }
  const files = new CommandFiles(['tool', 'edited', 'gone', 'in', 'new'], folder)
  writeFileSync(path('edited'), 'other text')
  writeFileSync(path('new'), '')
  rmSync(path('gone'))
  expect(files.compare()).toEqual([
    {
      path: path('edited'),
      op: 'write',
      stat: statFile(path('edited')),
      old: before.edited,
      seen: 'argument',
    },
    { path: path('gone'), op: 'remove', old: before.gone, seen: 'argument' },
    { path: path('in'), op: 'read', stat: before.in, seen: 'argument' },
    { path: path('new'), op: 'write', stat: statFile(path('new')), seen: 'argument' },
  ])
})

test.each([
  ['--input=in', ['read in by argument']],
  ['if=in', ['read in by argument']],
  ['./in', ['read in by argument']],
  ['-in', []],
  ['in=', []],
  ['', []],
  ['a\0b', []],
  ['x'.repeat(5000), []],
])('The argument %j names a file as people mean it', (argument, found) => {
  const folder = folderWith('in')
  expect(summarise(new CommandFiles(['tool', argument], folder), folder)).toEqual(found)
})

test('A file with = in its name is found as well as one after =', () => {
  const folder = folderWith('a=b', 'b')
  expect(summarise(new CommandFiles(['tool', 'a=b'], folder), folder)).toEqual([
    'read a=b by argument',
    'read b by argument',
  ])
})

test('Folders, and links beside, are no files', () => {
  const folder = folderWith('in')
  mkdirSync(join(folder, 'sub'))
  const files = new CommandFiles(['tool', 'sub', '.'], folder)
  symlinkSync('in', join(folder, 'link'))
  mkdirSync(join(folder, 'made'))
  expect(files.compare()).toEqual([])
})

test('A link that an argument names is the file that it leads to', () => {
  const folder = folderWith('in')
  symlinkSync('in', join(folder, 'link'))
  expect(statFile(join(folder, 'link'))).toEqual(statFile(join(folder, 'in')))
})

test('A folder of more than 1000 entries is not looked through', () => {
  const folder = folderWith(...Array.from({ length: 1000 }, (_, n) => `f${n}`))
  const files = new CommandFiles(['tool', 'f0'], folder)
  expect(summarise(files, folder)).toEqual(['read f0 by argument'])
  writeFileSync(join(folder, 'f1'), 'other')
  expect(summarise(files, folder)).toEqual(['read f0 by argument', 'write f1 by change'])
  writeFileSync(join(folder, 'one-more'), '')
  expect(summarise(files, folder)).toEqual(['read f0 by argument'])
  expect(summarise(new CommandFiles(['tool', 'f0'], folder), folder)).toEqual(['read f0 by argument'])
})

test('Of a working directory that is gone nothing is known but what was removed', () => {
  const folder = folderWith('in')
  const files = new CommandFiles(['tool'], folder)
  rmSync(folder, { recursive: true })
  expect(summarise(files, folder)).toEqual(['remove in by change'])
})

test('Files that its streams lead to were read from and written to; an output that has not changed was neither', () => {
  const folder = makeFolder()
  const [input = '', output = '', log = '', error = ''] = ['in', 'out', 'log', 'err'].map((name) =>
    join(folder, name),
  )
  for (const path of [input, output, error]) writeFileSync(path, '')
  writeFileSync(log, 'before')
  const streams = [input, output, error]
  const files = new CommandFiles(['sort'], folder, () => false, streams)
  const appended = new CommandFiles(['sort'], folder, () => false, [undefined, log, undefined])
  writeFileSync(output, 'x')
  appendFileSync(log, 'after')
  expect(files.compare().filter(({ seen }) => seen === 'redirection')).toMatchObject([
    { path: input, op: 'read' },
    { path: output, op: 'write' },
  ])
  expect(appended.compare().filter(({ seen }) => seen === 'redirection')).toMatchObject([
    { path: log, op: 'write', old: { size: 6 }, stat: { size: 11 } },
  ])
})
