import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compareContents } from '../../src/contents/compare-contents.ts'

const compare = (path: string, a: string | Buffer, b: string | Buffer, tolerance = 1e-6) =>
  compareContents(path, [Buffer.from(a as string), Buffer.from(b as string)], {
    tolerance,
    folders: ['/tmp/old/project', '/tmp/new/project'],
  })

describe('What means the same is equivalent, whatever the bytes', () => {
  test.each<[why: string, path: string, a: string | Buffer, b: string | Buffer]>([
    ['members come in another order', 'm.json', '{"a": 1, "b": [1, 2.5]}', '{"b":[1,2.5000000001],"a":1}'],
    ['NaN is NaN', 'm.json', '{"a": NaN}', '{ "a": NaN }'],
    ['lines of JSON are values', 'm.jsonl', '{"a":1}\n{"a":0.1}\n', '{"a": 1}\n{"a": 0.1000000001}'],
    ['the last digits differ', 't.csv', 'x,y\n1,0.3333333333\n', 'x,y\n1,0.3333333334\n'],
    ['zero is written otherwise', 't.tsv', 'x\ty\n1\t0.0\n', 'x\ty\n1\t-1e-17\n'],
    ['rounding beside a number near zero', 't.csv', 'x\n1.5\n2.5\n1e-12\n', 'x\n1.5\n2.5\n3e-12\n'],
    ['it says when', 'log.txt', 'began 2026-11-30 07:00:01\nok', 'began 2026-12-01 17:30:59.5\nok'],
    ['it says when in words', 'log.txt', 'Mon Nov 30 07:00:01 UTC 2026', 'Tue Dec  1 17:30:59 UTC 2026'],
    ['it says where', 'log.txt', 'wrote /tmp/old/project/x', 'wrote /tmp/new/project/x'],
    ['numbers in a text', 'log.txt', 'loss=0.12345678901 ok', 'loss=0.12345678902 ok'],
    ['line breaks of another system', 'log.txt', 'a\r\nb\r\n', 'a\nb'],
    ['gzip says when', 't.txt.gz', gzipAt(1, 'same'), gzipAt(2, 'same')],
    ['what is in gzip', 't.csv.gz', gzipSync('x\n0.1\n'), gzipSync('x\n0.1000000001\n')],
    [
      'an SVG names elements by lot',
      'p.svg',
      '<path id="m1f"/>\n<use href="#m1f"/>',
      '<path id="m9"/>\n<use href="#m9"/>',
    ],
    [
      'a PDF says when',
      'p.pdf',
      '%PDF-1.4\n<< /CreationDate (D:20261130) >>',
      '%PDF-1.4\n<< /CreationDate (D:20261201) >>',
    ],
    ['a PNG says by which program', 'p.png', png([1, 2, 3], 'v1'), png([1, 2, 3], 'v2')],
    ['a PNG is filtered otherwise', 'p.png', png([1, 2, 3]), png([1, 2, 3], undefined, 1)],
    ['floats of an array', 'a.npy', npy([1, 2, 1e-9]), npy([1, 2.0000001, 3e-9])],
    ['a FITS file says when', 'f.fits', fits([1, 2], '2026-11-30'), fits([1, 2], '2026-12-01')],
    ['pixels of floats', 'f.fits', fits([1, 2]), fits([1, 2.0000002])],
  ])('%s (%s)', async (_, path, a, b) => {
    expect(await compare(path, a, b)).toMatchObject({ equivalent: true })
  })
})

describe('What means something else is different, and it is said where', () => {
  test.each<[where: string, values: string, path: string, a: string | Buffer, b: string | Buffer]>([
    ['/b/1', '2.5 → 2.6', 'm.json', '{"b":[1,2.5]}', '{"b":[1,2.6]}'],
    ['/b', 'there → missing', 'm.json', '{"a":1,"b":2}', '{"a":1}'],
    ['/a', '1 → 1', 'm.json', '{"a":1}', '{"a":"1"}'],
    ['/n', '1000000 → 1000001', 'm.json', '{"n":1000000}', '{"n":1000001}'],
    ['line 2 /a', '1 → 2', 'm.jsonl', '{"a":1}\n{"a":1}\n', '{"a":1}\n{"a":2}\n'],
    ['row 2 of y', '4 → 5', 't.csv', 'x,y\n1,2\n3,4\n', 'x,y\n1,2\n3,5\n'],
    ['length of x', '2 → 1', 't.csv', 'x,y\n1,2\n3,4\n', 'x,y\n1,2\n'],
    ['row 1 of x', ' → 1', 't.csv', 'x,y\n,2\n', 'x,y\n1,2\n'],
    ['line 1', 'a → b', 'log.txt', 'a', 'b'],
    ['line 1', '3 files → 4 files', 'log.txt', '3 files', '4 files'],
    [
      'line 2',
      '<use href="#element-0"/> → <use href="#element-1"/>',
      'p.svg',
      '<a id="x"/><b id="y"/>\n<use href="#x"/>',
      '<a id="x"/><b id="y"/>\n<use href="#y"/>',
    ],
    ['line 2 of the file', 'red → blue', 'p.pdf', '%PDF-1.4\nred', '%PDF-1.4\nblue'],
    ['pixel (2, 0)', '3 → 4', 'p.png', png([1, 2, 3]), png([1, 2, 4])],
    ['[2]', '3 → 4', 'a.npy', npy([1, 2, 3]), npy([1, 2, 4])],
    ['[0]', 'NaN → 1', 'a.npy', npy([Number.NaN]), npy([1])],
    ['shape', '2 → 3', 'a.npy', npy([1, 2]), npy([1, 2, 3])],
    ['pixel [1] of the first part (0)', '2 → 3', 'f.fits', fits([1, 2]), fits([1, 3])],
  ])('%s: %s (%s)', async (where, values, path, a, b) => {
    const { equivalent, first } = await compare(path, a, b)
    expect(equivalent).toBe(false)
    expect(first).toEqual({ where, values: values.split(' → ') })
  })
})

test('The largest difference is told as part of the larger number', async () => {
  const { largest, differing, compared } = await compare('t.csv', 'x\n1\n2.5\n', 'x\n1\n2.50000001\n')
  expect(largest).toMatchObject({ where: 'row 2 of x', values: ['2.5', '2.50000001'] })
  expect(largest!.relative).toBeCloseTo(4e-9, 12)
  expect({ differing, compared }).toEqual({ differing: 1, compared: 2 })
})

test('With a tolerance of 0 every digit counts', async () => {
  expect(await compare('t.csv', 'x\n0.1\n', 'x\n0.1000000001\n', 0)).toMatchObject({ equivalent: false })
})

test('What is left out is said', async () => {
  const { leftOut } = await compare('log.txt', '/tmp/old/project at 07:00:01', '/tmp/new/project at 08:00:01')
  expect(leftOut).toEqual(['paths', 'time stamps'])
})

test.each([
  [
    'a.pkl',
    Buffer.from([0x80, 4, 0, 1]),
    Buffer.from([0x80, 4, 0, 2]),
    'nothing here reads application/x-python-pickle',
  ],
  ['m.json', '{"a": 1', '{"a": 2', 'it could not be read as application/json'],
  ['p.png', png([1]), 'text', 'one is image/png and the other text/plain'],
])('%s is compared by bytes, and it is said why', async (path, a, b, because) => {
  const found = await compare(path, a, b)
  expect(found).toMatchObject({ equivalent: false, by: 'bytes' })
  expect(found.because).toContain(because)
})

function gzipAt(second: number, text: string): Buffer {
  const bytes = gzipSync(text)
  bytes.writeUInt32LE(second, 4)
  return bytes
}

/** A picture of one line of grey pixels. The checksums of chunks are zero, which nobody here looks at. */
function png(pixels: readonly number[], software?: string, filter = 0): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(pixels.length, 0)
  header.writeUInt32BE(1, 4)
  header[8] = 8
  const line = pixels.map((value, at) => (filter === 1 ? value - (pixels[at - 1] ?? 0) : value))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(software === undefined ? [] : [chunk('tEXt', Buffer.from(`Software\0${software}`))]),
    chunk('IDAT', deflateSync(Buffer.from([filter, ...line]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
}

function npy(values: readonly number[]): Buffer {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`.padEnd(117) + '\n'
  const start = Buffer.from('\x93NUMPY\x01\0\0\0', 'latin1')
  start.writeUInt16LE(header.length, 8)
  return Buffer.concat([start, Buffer.from(header), Buffer.from(Float64Array.from(values).buffer)])
}

function fits(values: readonly number[], date = '2026-11-30'): Buffer {
  const cards = [
    'SIMPLE  =                    T',
    'BITPIX  =                  -64',
    'NAXIS   =                    1',
    `NAXIS1  = ${String(values.length).padStart(20)}`,
    `DATE    = '${date}T07:00:00'`,
    'END',
  ]
  const data = Buffer.alloc(2880)
  for (const [at, value] of values.entries()) data.writeDoubleBE(value, at * 8)
  return Buffer.concat([
    Buffer.from(
      cards
        .map((text) => text.padEnd(80))
        .join('')
        .padEnd(2880),
    ),
    data,
  ])
}
