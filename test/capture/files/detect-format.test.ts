import { expect, test } from 'vitest'
import { detectFormat } from '../../../src/capture/files/detect-format.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

test.each<[what: string, head: Buffer, format: string]>([
  ['a.PNG', bytes('\x89PNG\r\n\x1a\n'), 'image/png'],
  ['picture', bytes('\xff\xd8\xff\xe0'), 'image/jpeg'],
  ['picture', bytes('GIF89a'), 'image/gif'],
  ['array', bytes('\x93NUMPY\x01\0'), 'application/x-npy'],
  ['cube', bytes('\x89HDF\r\n\x1a\n'), 'application/x-hdf5'],
  ['classic', bytes('CDF\x01'), 'application/x-netcdf'],
  ['64 bit', bytes('CDF\x02'), 'application/x-netcdf'],
  ['store', bytes('SQLite format 3\0'), 'application/vnd.sqlite3'],
  ['table', bytes('PAR1'), 'application/vnd.apache.parquet'],
  ['table', bytes('ARROW1'), 'application/vnd.apache.arrow.file'],
  ['paper', bytes('%PDF-1.7'), 'application/pdf'],
  ['figure', bytes('%!PS-Adobe'), 'application/postscript'],
  ['archive', bytes('PK\x03\x04'), 'application/zip'],
  ['arrays.npz', bytes('PK\x03\x04'), 'application/x-npz'],
  ['a.csv.gz', bytes('\x1f\x8b\b\0'), 'application/gzip'],
  ['a.bz2', bytes('BZh9'), 'application/x-bzip2'],
  ['a.xz', bytes('\xfd7zXZ\0'), 'application/x-xz'],
  ['a.zst', bytes('\x28\xb5\x2f\xfd'), 'application/zstd'],
  ['little endian', bytes('II*\0'), 'image/tiff'],
  ['big endian', bytes('MM\0*'), 'image/tiff'],
  ['a.tar', bytes(`${'a\0'.padEnd(257, '\0')}ustar`), 'application/x-tar'],
])('The first bytes of %s show what it is (%#)', (name, head, format) => {
  expect(detectFormat(`/data/${name}`, head)).toBe(format)
})

test.each([
  ['a.csv', 'text/csv'],
  ['A.CSV', 'text/csv'],
  ['a.tsv', 'text/tab-separated-values'],
  ['a.json', 'application/json'],
  ['a.geojson', 'application/geo+json'],
  ['a.jsonl', 'application/jsonl'],
  ['a.ndjson', 'application/jsonl'],
  ['a.xml', 'application/xml'],
  ['a.vot', 'application/x-votable+xml'],
  ['a.svg', 'image/svg+xml'],
  ['a.html', 'text/html'],
  ['a.htm', 'text/html'],
  ['a.md', 'text/markdown'],
  ['a.py', 'text/x-python'],
  ['a.js', 'text/javascript'],
  ['a.mjs', 'text/javascript'],
  ['a.ts', 'text/x-typescript'],
  ['a.sh', 'application/x-sh'],
  ['a.c', 'text/x-c'],
  ['a.r', 'text/x-r'],
  ['a.jl', 'text/x-julia'],
  ['a.yaml', 'application/yaml'],
  ['a.yml', 'application/yaml'],
  ['a.toml', 'application/toml'],
  ['a.ttl', 'text/turtle'],
  ['a.nt', 'application/n-triples'],
  ['a.log', 'text/plain'],
  ['notes', 'text/plain'],
])('A text named %s is %s, and as other bytes it is not', (name, format) => {
  expect(detectFormat(name, bytes('some text\n'))).toBe(format)
  expect(detectFormat(name, bytes('\0\x01\x02'))).toBe('application/octet-stream')
})

test('Pickles are known by their names only', () => {
  expect(detectFormat('model.pkl', bytes('\x80\x04\x95'))).toBe('application/x-python-pickle')
  expect(detectFormat('model.pickle', bytes('\x80\x04\x95'))).toBe('application/x-python-pickle')
})

test.each([
  ['#!/usr/bin/env python3\n', 'text/x-python'],
  ['#!/bin/sh\n', 'application/x-sh'],
  ['#!/usr/bin/bash -e\n', 'application/x-sh'],
  ['#!/usr/bin/fish\nbash python\n', 'text/plain'],
])('A script without an extension is known by its first line, %j', (text, format) => {
  expect(detectFormat('/bin/step', bytes(text))).toBe(format)
})

test('An extension goes before the first line', () => {
  expect(detectFormat('build.mjs', bytes('#!/bin/sh\n'))).toBe('text/javascript')
  expect(detectFormat('step.unknown', bytes('#!/bin/sh\n'))).toBe('application/x-sh')
})

test.each(['a\tb\r\n', '\fpage', '\x1b[1mbold\x1b[0m'])('%j is text', (text) => {
  expect(detectFormat('a', bytes(text))).toBe('text/plain')
})

test('Text is UTF-8, and a character cut off at the end of what was read does not matter', () => {
  expect(detectFormat('a', Buffer.from('naïve'))).toBe('text/plain')
  expect(detectFormat('a', Buffer.from('naï').subarray(0, 3))).toBe('text/plain')
  expect(detectFormat('a', bytes('na\xefve'))).toBe('application/octet-stream')
})
