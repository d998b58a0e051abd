import { writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { describeFile } from '../../../src/capture/files/describe-file.ts'
import { makeFolder } from '../temporary-folder.ts'

async function describe(name: string, bytes: Buffer | string) {
  const path = join(makeFolder(), name)
  writeFileSync(path, bytes)
  const file = await open(path)
  try {
    return await describeFile(file, path, Buffer.byteLength(bytes))
  } finally {
    await file.close()
  }
}

/** A header unit of FITS: cards of 80 characters, END, blanks up to 2880 bytes. */
function fitsHeader(...cards: string[]): Buffer {
  const text = [...cards, 'END'].map((card) => card.padEnd(80)).join('')
  return Buffer.from(text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1')
}

const fitsImage = Buffer.concat([
  fitsHeader(
    'SIMPLE  =                    T',
    'BITPIX  =                  -32 / 32-bit floating point',
    'NAXIS   =                    2',
    'NAXIS1  =                    6',
    'NAXIS2  =                    4',
    "BUNIT   = 'adu     '           / counts",
  ),
  Buffer.alloc(2880),
])

const fitsTable = Buffer.concat([
  fitsHeader(
    'SIMPLE  =                    T',
    'BITPIX  =                    8',
    'NAXIS   =                    0',
  ),
  fitsHeader(
    "XTENSION= 'BINTABLE'",
    'BITPIX  =                    8',
    'NAXIS   =                    2',
    'NAXIS1  =                   12',
    'NAXIS2  =                  311',
    'PCOUNT  =                    0',
    'GCOUNT  =                    1',
    'TFIELDS =                    2',
    "TTYPE1  = 'NUMBER  '",
    "TFORM1  = 'J       '",
    "TTYPE2  = 'O''NEIL '",
    "TFORM2  = 'D       '",
  ),
  Buffer.alloc(2880 * 2),
])

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(8 + body.length)
  chunk.writeUInt32BE(data.length)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), 4 + body.length)
  return chunk
}

/** An 8-bit RGB picture, 3 wide and 2 high. */
const png = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  pngChunk('IHDR', Buffer.from([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0])),
  pngChunk('IDAT', deflateSync(Buffer.alloc(2 * (1 + 9)))),
  pngChunk('IEND', Buffer.alloc(0)),
])

const gif = Buffer.from('R0lGODlhAwACAIAAAAAAAP///ywAAAAAAwACAAACAoRRADs=', 'base64')

/** Start of image, an application segment, and a baseline frame 5 wide and 7 high with three components. */
const jpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc00011080007000503012200021101031101ffd9',
  'hex',
)

function npy(header: string): Buffer {
  const padded = `${header}\n`
  const size = Buffer.alloc(2)
  size.writeUInt16LE(padded.length)
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\0', 'latin1'), size, Buffer.from(padded)])
}

test.each<[name: string, bytes: Buffer | string, description: object]>([
  [
    'field.fits',
    fitsImage,
    {
      format: 'image/fits',
      describer: 'FitsDescriber',
      facts: { shape: [4, 6], elementType: 'float32', unit: 'adu' },
    },
  ],
  [
    'catalogue.fits',
    fitsTable,
    {
      format: 'application/fits',
      describer: 'FitsDescriber',
      facts: { rowCount: 311, columns: ['NUMBER', "O'NEIL"] },
    },
  ],
  ['torn.fits', fitsImage.subarray(0, 400), { format: 'image/fits' }],
  [
    'a.png',
    png,
    { format: 'image/png', describer: 'ImageDescriber', facts: { shape: [2, 3, 3], elementType: 'uint8' } },
  ],
  [
    'a.gif',
    gif,
    { format: 'image/gif', describer: 'ImageDescriber', facts: { shape: [2, 3], elementType: 'uint8' } },
  ],
  [
    'a.jpg',
    jpeg,
    { format: 'image/jpeg', describer: 'ImageDescriber', facts: { shape: [7, 5, 3], elementType: 'uint8' } },
  ],
  [
    'a.npy',
    npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }"),
    {
      format: 'application/x-npy',
      describer: 'NumpyDescriber',
      facts: { shape: [3, 4], elementType: 'float64' },
    },
  ],
  [
    'one.npy',
    npy("{'descr': '|b1', 'fortran_order': False, 'shape': (7,), }"),
    { format: 'application/x-npy', describer: 'NumpyDescriber', facts: { shape: [7], elementType: 'bool' } },
  ],
  [
    'a.csv',
    'minute,"celsius, raw"\n0,"88,3"\n\n1,"two\nlines"\n',
    {
      format: 'text/csv',
      describer: 'DelimitedTextDescriber',
      facts: { columns: ['minute', 'celsius, raw'], rowCount: 2 },
    },
  ],
  [
    'european.csv',
    'minute;celsius\n0;88,3\n1;87,2',
    {
      format: 'text/csv',
      describer: 'DelimitedTextDescriber',
      facts: { columns: ['minute', 'celsius'], rowCount: 2 },
    },
  ],
  [
    'headless.tsv',
    '0\t88.3\n1\t87.2\n',
    { format: 'text/tab-separated-values', describer: 'DelimitedTextDescriber', facts: { rowCount: 2 } },
  ],
  [
    'a.json',
    '[{"a": 1, "b": 2}, {"a": 3}]',
    {
      format: 'application/json',
      describer: 'JsonDescriber',
      facts: { rowCount: 2, columns: ['a', 'b'] },
    },
  ],
  [
    'int16.fits',
    fitsHeader(
      'SIMPLE  =                    T',
      'BITPIX  =                   16',
      'NAXIS   =                    1',
      'NAXIS1  =                    6',
    ),
    { format: 'image/fits', describer: 'FitsDescriber', facts: { shape: [6], elementType: 'int16' } },
  ],
  [
    'odd.fits',
    fitsHeader(
      'SIMPLE  =                    T',
      'BITPIX  =                    7',
      'NAXIS   =                    1',
      'NAXIS1  =                    6',
      "BUNIT   = ''",
    ),
    { format: 'image/fits', describer: 'FitsDescriber', facts: { shape: [6] } },
  ],
  [
    'compressed.fits',
    Buffer.concat([
      fitsHeader(
        'SIMPLE  =                    T',
        'BITPIX  =                    8',
        'NAXIS   =                    0',
      ),
      fitsHeader(
        "XTENSION= 'BINTABLE'",
        'BITPIX  =                    8',
        'NAXIS   =                    2',
        'NAXIS1  =                    8',
        'NAXIS2  =                    4',
        'TFIELDS =                    1',
        'ZIMAGE  =                    T',
        'ZBITPIX =                  -64',
        'ZNAXIS  =                    2',
        'ZNAXIS1 =                  300',
        'ZNAXIS2 =                  200',
      ),
    ]),
    {
      format: 'application/fits',
      describer: 'FitsDescriber',
      facts: { shape: [200, 300], elementType: 'float64' },
    },
  ],
  [
    'nameless.fits',
    Buffer.concat([
      fitsHeader(
        'SIMPLE  =                    T',
        'BITPIX  =                    8',
        'NAXIS   =                    0',
      ),
      fitsHeader(
        "XTENSION= 'TABLE   '",
        'BITPIX  =                    8',
        'NAXIS   =                    2',
        'NAXIS1  =                    8',
        'NAXIS2  =                    4',
        'TFIELDS =                    2',
        "TTYPE2  = 'FLUX'",
      ),
    ]),
    {
      format: 'application/fits',
      describer: 'FitsDescriber',
      facts: { rowCount: 4, columns: ['column1', 'FLUX'] },
    },
  ],
  [
    'empty.fits',
    fitsHeader(
      'SIMPLE  =                    T',
      'BITPIX  =                    8',
      'NAXIS   =                    0',
    ),
    { format: 'application/fits', describer: 'FitsDescriber', facts: {} },
  ],
  [
    'grey16.png',
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      pngChunk('IHDR', Buffer.from([0, 0, 0, 3, 0, 0, 0, 2, 16, 0, 0, 0, 0])),
    ]),
    { format: 'image/png', describer: 'ImageDescriber', facts: { shape: [2, 3], elementType: 'uint16' } },
  ],
  [
    'alpha.png',
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      pngChunk('IHDR', Buffer.from([0, 0, 0, 3, 0, 0, 0, 2, 8, 6, 0, 0, 0])),
    ]),
    { format: 'image/png', describer: 'ImageDescriber', facts: { shape: [2, 3, 4], elementType: 'uint8' } },
  ],
  ['headless.png', png.subarray(0, 12), { format: 'image/png' }],
  [
    'grey.jpg',
    Buffer.from('ffd8ffc4000400ffffc0000b080007000501012200ffd9', 'hex'),
    { format: 'image/jpeg', describer: 'ImageDescriber', facts: { shape: [7, 5], elementType: 'uint8' } },
  ],
  ['cut.jpg', jpeg.subarray(0, 22), { format: 'image/jpeg' }],
  [
    'long.npy',
    Buffer.concat([
      Buffer.from('\x93NUMPY\x02\0', 'latin1'),
      Buffer.from([60, 0, 0, 0]),
      Buffer.from("{'descr': '<c16', 'fortran_order': False, 'shape': (), }".padEnd(60)),
    ]),
    {
      format: 'application/x-npy',
      describer: 'NumpyDescriber',
      facts: { shape: [], elementType: 'complex128' },
    },
  ],
  [
    'record.npy',
    npy("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (2,), }"),
    { format: 'application/x-npy', describer: 'NumpyDescriber', facts: { shape: [2] } },
  ],
  ['broken.npy', npy('{}'), { format: 'application/x-npy' }],
  [
    'object.json',
    '{"a": 1, "b": [2]}',
    { format: 'application/json', describer: 'JsonDescriber', facts: { columns: ['a', 'b'] } },
  ],
  [
    'list.json',
    '[[1], 2]',
    { format: 'application/json', describer: 'JsonDescriber', facts: { rowCount: 2 } },
  ],
  ['number.json', '17', { format: 'application/json', describer: 'JsonDescriber', facts: {} }],
  [
    'wide.json',
    JSON.stringify(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, n]))),
    {
      format: 'application/json',
      describer: 'JsonDescriber',
      facts: { columns: Array.from({ length: 100 }, (_, n) => `k${n}`) },
    },
  ],
  [
    'larger than what is read first.json',
    JSON.stringify(Array.from({ length: 20_000 }, () => ({ a: 1 }))),
    {
      format: 'application/json',
      describer: 'JsonDescriber',
      facts: { rowCount: 20_000, columns: ['a'] },
    },
  ],
  [
    'too large.json',
    JSON.stringify('x'.repeat(4 << 20)),
    { format: 'application/json', describer: 'JsonDescriber', facts: {} },
  ],
  [
    'from a spreadsheet.csv',
    '\uFEFFname , value\r\na,1\r\n',
    {
      format: 'text/csv',
      describer: 'DelimitedTextDescriber',
      facts: { columns: ['name', 'value'], rowCount: 1 },
    },
  ],
  [
    'gap.csv',
    'name,,value\na,1,2\n',
    { format: 'text/csv', describer: 'DelimitedTextDescriber', facts: { rowCount: 2 } },
  ],
  [
    'one line.tsv',
    'a\tb',
    {
      format: 'text/tab-separated-values',
      describer: 'DelimitedTextDescriber',
      facts: { columns: ['a', 'b'], rowCount: 0 },
    },
  ],
  ['lines.txt', '\n\na\n', { format: 'text/plain', describer: 'TextDescriber', facts: { rowCount: 3 } }],
  [
    'more than a chunk.txt',
    'line\n'.repeat(300_000),
    { format: 'text/plain', describer: 'TextDescriber', facts: { rowCount: 300_000 } },
  ],
  ['broken.json', '{"a": ', { format: 'application/json' }],
  ['notes', 'one\ntwo', { format: 'text/plain', describer: 'TextDescriber', facts: { rowCount: 2 } }],
  ['empty.txt', '', { format: 'text/plain', describer: 'TextDescriber', facts: { rowCount: 0 } }],
  ['a.h5', Buffer.from('\x89HDF\r\n\x1a\n\0\0', 'latin1'), { format: 'application/x-hdf5' }],
  ['step', '#!/usr/bin/env python3\nprint()\n', { format: 'text/x-python' }],
  ['misnamed.csv', Buffer.from([0, 1, 2, 255]), { format: 'application/octet-stream' }],
  ['a.csv.gz', Buffer.from([0x1f, 0x8b, 8, 0]), { format: 'application/gzip' }],
])('%s', async (name, bytes, description) => {
  expect(await describe(name, bytes)).toMatchObject(description)
})

test('The numbers of an image are scaled, and its blanks are missing', async () => {
  const header = fitsHeader(
    'SIMPLE  =                    T',
    'BITPIX  =                   16',
    'NAXIS   =                    1',
    'NAXIS1  =                    4',
    'BSCALE  =                  0.5',
    'BZERO   =                 10.0',
    'BLANK   =                   -1',
  )
  const pixels = Buffer.from([0, 0, 0xff, 0xff, 0, 4, 0xff, 0xec])
  const { facts } = await describe('scaled.fits', Buffer.concat([header, pixels]))
  expect(facts).toMatchObject({ minimum: 0, maximum: 12, zeroShare: 0.25, missingShare: 0.25 })
})

test('The columns of a table have figures of their own, texts between them passed over', async () => {
  const header = fitsHeader(
    "XTENSION= 'BINTABLE'",
    'BITPIX  =                    8',
    'NAXIS   =                    2',
    'NAXIS1  =                    9',
    'NAXIS2  =                    2',
    'TFIELDS =                    3',
    "TTYPE1  = 'ID'",
    "TFORM1  = '3A'",
    "TTYPE2  = 'FLUX'",
    "TFORM2  = 'E'",
    "TTYPE3  = 'FLAGS'",
    "TFORM3  = '2B'",
  )
  const rows = Buffer.from('abc\x40\0\0\0\x01\x02def\x7f\xc0\0\0\x03\0', 'latin1')
  const primary = fitsHeader(
    'SIMPLE  =                    T',
    'BITPIX  =                    8',
    'NAXIS   = 0',
  )
  const { facts } = await describe('table.fits', Buffer.concat([primary, header, rows]))
  expect(facts?.['columnStatistics']).toMatchObject([
    { name: 'FLUX', minimum: 2, maximum: 2, missingShare: 0.5 },
    { name: 'FLAGS', minimum: 0, maximum: 3, mean: 1.5, zeroShare: 0.25 },
  ])
})

test('The cells of delimited text are numbers or texts, column by column', async () => {
  const { facts } = await describe('a.csv', 'star;flux;note\nA;1,5;x\nB;;x\nC;2,5;"y;\nz"\n')
  expect(facts?.['columnStatistics']).toMatchObject([
    { name: 'star', missingShare: 0, distinct: 3 },
    { name: 'flux', minimum: 1.5, maximum: 2.5, mean: 2, missingShare: expect.closeTo(1 / 3) },
    { name: 'note', missingShare: 0, distinct: 2 },
  ])
})
