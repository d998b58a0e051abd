import { expect, test } from 'vitest'
import { DelimitedRecords, splitRecords } from '../../src/capture/describers/delimited-records.ts'

const cases: [what: string, text: string, records: string[][]][] = [
  [
    'lines with and without a carriage return',
    'a,b\r\n1,2\n3,4',
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['a quoted separator, line break and quotation mark', 'a\n"x, ""y""\nz",1\n', [['a'], ['x, "y"\nz', '1']]],
  [
    'a quotation mark that is none',
    'size,name\n5" pipe,a "b" c\n',
    [
      ['size', 'name'],
      ['5" pipe', 'a "b" c'],
    ],
  ],
  ['white space around cells, and around quotes', ' a , "b" \n', [['a', 'b']]],
  ['empty lines', '\na\n\r\n \n1\n\n', [['a'], ['1']]],
  ['empty cells, and an empty quoted one', ',\n""\n"",""\n', [['', ''], [''], ['', '']]],
  ['text after quotes', '"a"b,c\n', [['ab', 'c']]],
  ['quotes that are never closed', 'a,"b\nc,d\n', [['a', 'b\nc,d']]],
  [
    'a byte order mark, and semicolons',
    '\uFEFFa;b\n1,5;2\n',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  ['nothing', '', []],
]

test.each(cases)('Records of %s are read', (_, text, records) => {
  expect(splitRecords(text)).toEqual(records)
})

test.each(cases)(
  'Records of %s are the same in pieces of any length, and as many when only counted',
  (_, text, records) => {
    const separator = text.includes(';') ? ';' : ','
    const content = text.replace(/^\uFEFF/, '')
    for (let length = 1; length <= content.length; length++) {
      const found: string[][] = []
      const reading = new DelimitedRecords(separator, (cells) => found.push(cells))
      const counting = new DelimitedRecords(separator, () => expect.unreachable())
      counting.onlyCount()
      for (let at = 0; at < content.length; at += length) {
        reading.take(content.slice(at, at + length))
        counting.take(content.slice(at, at + length))
      }
      reading.end()
      counting.end()
      expect(found).toEqual(records)
      expect([reading.count, counting.count]).toEqual([records.length, records.length])
    }
  },
)
