import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import { compareFiles } from '../../../src/analyse/compare/compare-files.ts'

/** A file with the first letters of its bytes, and the component that read or wrote it. */
const file = (content: string, name: string, component = 'main', format = 'text/csv') =>
  Object.fromEntries(
    Object.entries({ content, url: name && `file:///${name}`, function: component, format }).map(
      ([key, value]) => [key, DataFactory.literal(value)],
    ),
  )
const describeDifferences = (...sides: Parameters<typeof compareFiles>[0]) =>
  compareFiles(sides).map(({ url, otherUrl, contents: [one, other] }) =>
    [url, otherUrl ?? '', one ?? '-', other ?? '-'].join(' ').replaceAll('file:///', '').replace('  ', ' '),
  )

describe('Files', () => {
  test('differ where other bytes are at the same place, or only one run has any', () => {
    expect(
      describeDifferences(
        [file('A', 'a'), file('B', 'b'), file('C', 'c')],
        [file('A', 'a'), file('D', 'b'), file('C', 'c'), file('E', 'a2')],
      ),
    ).toEqual(['a2 - E', 'b B D'])
    expect(compareFiles([undefined, undefined])).toEqual([])
  })

  test('with the same bytes at another place are no difference', () => {
    expect(describeDifferences([file('A', 'old')], [file('A', 'new')])).toEqual([])
  })

  test('that have another name are one line each, by their role', () => {
    expect(
      describeDifferences(
        [
          file('A', 'm.csv', 'load'),
          file('B', 'm_clean.csv', 'clean'),
          file('C', 'm.png', 'plot', 'image/png'),
        ],
        [
          file('a', 'n.csv', 'load'),
          file('b', 'n_clean.csv', 'clean'),
          file('c', 'n.png', 'plot', 'image/png'),
        ],
      ),
    ).toEqual(['m.csv n.csv A a', 'm.png n.png C c', 'm_clean.csv n_clean.csv B b'])
  })

  test('of one role belong to the same place first, then to the most similar name', () => {
    expect(
      describeDifferences(
        [file('A', 'out/m_1.csv'), file('B', 'out/m_2.csv'), file('C', 'out/sum.csv')],
        [
          file('a', 'out/n_2.csv'),
          file('b', 'out/sum.csv'),
          file('c', 'out/n_1.csv'),
          file('d', 'out/n_3.csv'),
        ],
      ),
    ).toEqual([
      'out/m_1.csv out/n_1.csv A c',
      'out/m_2.csv out/n_2.csv B a',
      'out/n_3.csv - d',
      'out/sum.csv C b',
    ])
  })

  test('of other roles belong together only at the same place', () => {
    expect(
      describeDifferences(
        [file('A', 'a', 'load'), file('B', 'b', 'load')],
        [file('a', 'a', 'read'), file('c', 'c', 'read')],
      ),
    ).toEqual(['a A a', 'b B -', 'c - c'])
    expect(describeDifferences([file('A', 'x.csv')], [file('B', 'y.png', 'main', 'image/png')])).toHaveLength(
      2,
    )
  })

  test('that several components read, or that were read with several contents, are one place', () => {
    expect(
      describeDifferences(
        [file('B', 'a', 'load'), file('A', 'a', 'load'), file('A', 'a', 'check')],
        [file('C', 'b', 'check'), file('C', 'b', 'load')],
      ),
    ).toEqual(['a b A, B C'])
  })

  test('without a place are not compared', () => {
    expect(describeDifferences([file('A', '')], [])).toEqual([])
  })
})

test('A lone file belongs to a lone one of its format though fewer components came to read it', () => {
  expect(
    describeDifferences(
      [file('A', 'a.fits', 'detect'), file('A', 'a.fits', 'smooth')],
      [file('B', 'b.fits', 'detect')],
    ),
  ).toEqual(['a.fits b.fits A B'])
})
