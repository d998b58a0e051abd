import { expect, test } from 'vitest'
import type { DigestLine } from '../../src/journal/line.ts'
import { Contents } from '../../src/record/contents.ts'
import { sha } from './journal-builder.ts'

const digest = (path: string, stat: object, more: object = {}): DigestLine => {
  return { kind: 'digest', path, stat: { size: 6, modified: '7', ...stat }, ...more } as DigestLine
}

test('A file’s content is what was read where it had that size and time of change', () => {
  const contents = new Contents([
    digest('/a', { sha256: sha('a') }, { format: 'text/plain', facts: { rowCount: 2 } }),
  ])
  expect(contents.find(['/old-name', '/a'], { size: 6, modified: '7' })).toMatchObject({
    content: { sha256: sha('a'), size: 6, format: 'text/plain', facts: { rowCount: 2 } },
  })
  expect(contents.find(['/a'], { size: 6, modified: '8' })).toEqual({
    content: undefined,
    because: undefined,
  })
})

test('A digest that the program took itself is described by whatever file had the same bytes', () => {
  const contents = new Contents([digest('/b', { sha256: sha('b') }, { format: 'text/csv' })])
  const { content } = contents.find(['/a'], { size: 6, modified: '9', sha256: sha('b') })
  expect(content).toMatchObject({ sha256: sha('b'), format: 'text/csv' })
  const unknown = contents.find(['/a'], { size: 6, modified: '9', sha256: sha('c') })
  expect(unknown.content).toMatchObject({ sha256: sha('c'), format: undefined, facts: {} })
})

test('Where a file could not be read the reason is known, and it has no content', () => {
  const contents = new Contents([digest('/a', {}, { because: 'changed after' })])
  expect(contents.find(['/a'], { size: 6, modified: '7' })).toEqual({
    content: undefined,
    because: 'changed after',
  })
})
