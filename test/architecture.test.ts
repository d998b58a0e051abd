import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../src/package-root.ts'
import {
  findCircles,
  findForbiddenImports,
  findHeavyStarts,
  findUnusedArrows,
  table,
} from './architecture.ts'
import { readImports } from './imports.ts'

/** Files that are longer than a noun needs, each with why it is one noun all the same. */
const longForAReason: Readonly<Record<string, string>> = {
  'src/analyse/python-calls.ts': 'one walk over a syntax tree, with a case for each kind of node',
  'src/journal/line-fields.ts': 'the field table of every kind of line, one entry a field',
  'src/journal/line.ts': 'the types of every kind of line, which refer to each other',
  'src/record/data-flow.ts': 'one state machine over the ids of objects; its steps share all of its state',
  'src/record/files.ts': 'one state machine over the paths of a run; its steps share all of its state',
  'src/record/run.ts': 'the vocabulary of a run: plain types that refer to each other, and nothing else',
}

const vagueWords = /(^|[-/])(utils?|helpers?|managers?|common|misc|shared|stuff)([-./]|$)/
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.tsx?$/

const product = read('src', 'cli')
let arrows: (readonly [from: string, to: string])[] | undefined
const everything = read('src', 'cli', 'test', 'bench')

test('No room imports what the table does not allow it', () => {
  expect(findForbiddenImports(product)).toEqual([])
})

test('docs/architecture.md says of every room what happens there', () => {
  const page = readFileSync(join(packageRoot, 'docs/architecture.md'), 'utf8')
  const folders = [...new Set([...product.keys()].map((path) => path.split('/').slice(0, -1).join('/')))]
  const rooms = folders.filter((folder) => folder in table)
  expect(rooms.filter((room) => !page.includes(`| \`${room}/\` |`))).toEqual([])
})

// These hold whatever the table allows: each would tie two things that are made to change apart.
test.each<[from: string, to: string, why: string]>([
  ['src/recorder', 'src/store/directory', 'any store takes a run'],
  ['src/recorder', 'src/store/sparql', 'any store takes a run'],
  ['src/query', 'src/store/sparql', 'a question to a server needs no store'],
  ['src/analyse', 'src/store', 'an answer is the same over every store'],
  ['src/analyse', 'src/formats', 'an answer is the same over every store'],
  ['src/capture', 'src/record', 'a journal can be written without what reads it'],
  ['src/capture', 'src/prov', 'a journal can be written without what reads it'],
  ['src/formats', 'src/record', 'any RDF is read and written'],
  ['src', 'cli', 'the public API needs no terminal'],
])('%s never imports %s: %s', (from, to) => {
  const found = listArrows().filter(
    ([path, target]) => path.startsWith(`${from}/`) && target.startsWith(`${to}/`),
  )
  expect(found).toEqual([])
})

test('No arrow of the table is without an import', () => {
  expect(findUnusedArrows(product)).toEqual([])
})

test('No files import one another in a circle, types included', () => {
  expect(findCircles(product)).toEqual([])
})

test('The guard sees a circle of types', () => {
  const sources = {
    'src/record/a.ts': "import type { B } from './b.ts'",
    'src/record/b.ts': "import { C } from './c.ts'",
    'src/record/c.ts': "let a: import('./a.ts').A | undefined",
  }
  expect(findCircles(new Map(Object.entries(sources)))).toEqual([
    'src/record/a.ts → src/record/b.ts → src/record/c.ts → src/record/a.ts',
  ])
})

test.each<[what: string, folder: string, port: RegExp, table: string]>([
  [
    'reads a journal',
    'src/record/languages/',
    /^src\/record\/languages\/language(-of)?\.ts$/,
    'src/record/languages/language-of.ts',
  ],
  ['records a program', 'src/capture/agents/', /^src\/capture\/agents\/agent\.ts$/, 'src/capture/agents.ts'],
])('What %s knows of languages only by their port and the table', (_, folder, port, tableFile) => {
  const found = listArrows().filter(
    ([path, target]) =>
      !path.startsWith(folder) && path !== tableFile && target.startsWith(folder) && !port.test(target),
  )
  expect(found).toEqual([])
})

test('Of what records a program only the agents and the formats of files name a language', () => {
  const named = [...product].filter(
    ([path, source]) =>
      path.startsWith('src/capture/') &&
      !path.startsWith('src/capture/agents') &&
      path !== 'src/capture/files/detect-format.ts' &&
      /python|py-?pi|pypy/i.test(source),
  )
  expect(named.map(([path]) => path)).toEqual([])
})

test('Nothing heavy is loaded before it is needed', () => {
  expect(findHeavyStarts(product)).toEqual([])
})

test('The arrows of the table make no circle', () => {
  const reached = (room: string, seen: readonly string[]): string[] => {
    if (seen.includes(room)) return [[...seen, room].join(' → ')]
    const { rooms = [], types = [] } = table[room.replace(/^(src\/[^/]+)\/.*$/, '$1')] ?? {}
    return [...rooms, ...types].flatMap((next) => reached(next, [...seen, room]))
  }
  expect(Object.keys(table).flatMap((room) => reached(room, []))).toEqual([])
})

test('Files are named in kebab-case, after a thing', () => {
  const names = [...everything.keys()]
  expect(names.filter((path) => !kebabCase.test(path.split('/').at(-1) ?? ''))).toEqual([])
  expect(names.filter((path) => vagueWords.test(path))).toEqual([])
})

test('A file of more than 250 lines is listed with its reason, and only long files are', () => {
  const lines = new Map([...product].map(([path, text]) => [path, text.trimEnd().split('\n').length]))
  const listed = Object.keys(longForAReason)
  expect([...lines].filter(([path, count]) => count > 250 && !listed.includes(path))).toEqual([])
  // Not at once when a file falls below 250: it may be on its way.
  expect(listed.filter((path) => (lines.get(path) ?? 0) < 200)).toEqual([])
})

test.each([
  {
    what: 'an import',
    sources: { 'src/record/run.ts': "import { a } from '../store/store.ts'", 'src/store/store.ts': '' },
    finding: 'src/record/run.ts:1: src/record may import nothing of src/store',
  },
  {
    what: 'a type',
    sources: { 'src/analyse/a.ts': "\nimport type { a } from '../store/store.ts'", 'src/store/store.ts': '' },
    finding: 'src/analyse/a.ts:2: src/analyse may import nothing of src/store',
  },
  {
    what: 'a type in place',
    sources: {
      'src/analyse/a.ts': "let a: import('../store/store.ts').A | undefined",
      'src/store/store.ts': '',
    },
    finding: 'src/analyse/a.ts:1: src/analyse may import nothing of src/store',
  },
  {
    what: 're-export',
    sources: { 'src/prov/a.ts': "export * from '../formats/b.ts'", 'src/formats/b.ts': '' },
    finding: 'src/prov/a.ts:1: src/prov may import nothing of src/formats',
  },
  {
    what: 'a dynamic import',
    sources: { 'cli/list.ts': "await import('../src/store/open-store.ts')", 'src/store/open-store.ts': '' },
    finding: 'cli/list.ts:1: cli may import nothing of src/store',
  },
  {
    what: 'a computed import',
    sources: { 'cli/list.ts': 'await import(`../src/${name}.ts`)' },
    finding: 'cli/list.ts:1: cli may not import the package `../src/${name}.ts`',
  },
  {
    what: 'a package',
    sources: { 'src/analyse/a.ts': "import('oxigraph')" },
    finding: 'src/analyse/a.ts:1: src/analyse may not import the package oxigraph',
  },
  {
    what: 'more than the port',
    sources: {
      'src/query/a.ts': "import { a } from '../store/directory/b.ts'",
      'src/store/directory/b.ts': '',
    },
    finding: 'src/query/a.ts:1: src/query may import nothing of src/store',
  },
  {
    what: 'more than a type',
    sources: { 'src/report/a.ts': "import { a } from '../analyse/b.ts'", 'src/analyse/b.ts': '' },
    finding: 'src/report/a.ts:1: src/report may import nothing of src/analyse but its types',
  },
  {
    what: 'another adapter',
    sources: {
      'src/store/sparql/a.ts': "import { a } from '../directory/b.ts'",
      'src/store/directory/b.ts': '',
    },
    finding:
      'src/store/sparql/a.ts:1: the adapter src/store/sparql may not import the adapter src/store/directory',
  },
  {
    what: 'a file that is not there',
    sources: { 'src/record/run.ts': "import { a } from './b.ts'" },
    finding: 'src/record/run.ts:1: src/record/b.ts is not a source file',
  },
  {
    what: 'a new room',
    sources: { 'src/attic/run.ts': '' },
    finding: 'src/attic/run.ts: no room of the table',
  },
])('The guard sees $what where it should not be', ({ sources, finding }) => {
  expect(findForbiddenImports(new Map(Object.entries(sources)))).toEqual([finding])
})

test('The guard lets through what the table allows', () => {
  const sources = {
    'src/errors.ts': '',
    'src/store/store.ts': "import type { Quad } from '@rdfjs/types'",
    'src/store/directory/a.ts': "import { b } from '../store.ts'\nimport { fail } from '../../errors.ts'",
    'src/query/a.ts': "import type { b } from '../store/store.ts'\nawait import('@comunica/query-sparql')",
    'src/report/a.ts': "import type { A } from '../analyse/a.ts'",
    'src/analyse/a.ts': "import { a } from '../query/a.ts'",
  }
  expect(findForbiddenImports(new Map(Object.entries(sources)))).toEqual([])
})

test('The guard sees an arrow that nothing uses', () => {
  const unused = findUnusedArrows(new Map([['src/sparql/a.ts', "import type { Quad } from '@rdfjs/types'"]]))
  expect(unused).toContain('src/sparql → src/rdf is not used')
  expect(unused).not.toContain('src/sparql → @rdfjs/types is not used')
  expect(unused).toContain('src/query is not there')
})

test('The guard sees a heavy package behind two files, and not behind a dynamic import or a type', () => {
  const sources = {
    'src/index.ts': "export { a } from './a.ts'\nexport { c } from './c.ts'",
    'src/a.ts': "import { b } from './b.ts'",
    'src/b.ts': "import { Store } from 'n3'",
    'src/c.ts': "import type { Store } from 'oxigraph'\nawait import('./d.ts')",
    'src/d.ts': "import { Store } from 'oxigraph'",
  }
  expect(findHeavyStarts(new Map(Object.entries(sources)))).toEqual([
    'src/index.ts → src/a.ts → src/b.ts → n3',
  ])
})

test('Imports are listed with their lines, types apart', () => {
  const source = "import { type A, type B } from './a.ts'\nimport './b.ts'\nexport type { C } from './c.ts'\n"
  expect(readImports('x.ts', source)).toEqual([
    { specifier: './a.ts', line: 1, isType: true, isDynamic: false },
    { specifier: './b.ts', line: 2, isType: false, isDynamic: false },
    { specifier: './c.ts', line: 3, isType: true, isDynamic: false },
  ])
})

/** Every file of the product with each file that it imports. */
function listArrows(): readonly (readonly [from: string, to: string])[] {
  arrows ??= [...product].flatMap(([path, source]) =>
    readImports(path, source)
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier }) => [path, posix.join(posix.dirname(path), specifier)] as const),
  )
  return arrows
}

function read(...folders: string[]): Map<string, string> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return new Map(
    files.map((file) => [relative(packageRoot, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  )
}
