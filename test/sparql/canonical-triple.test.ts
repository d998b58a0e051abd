import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { StoreError } from '../../src/errors.ts'
import { canonicalLexical, canonicalTriple, tripleLine } from '../../src/sparql/canonical-triple.ts'

const { blankNode, literal, namedNode, quad } = DataFactory
const xsd = 'http://www.w3.org/2001/XMLSchema#'

test.each([
  ['integer', '007', '7'],
  ['integer', '+7', '7'],
  ['integer', '-0', '0'],
  ['integer', '123456789012345678901234567890', '123456789012345678901234567890'],
  ['integer', 'seven', 'seven'],
  ['long', '01', '1'],
  ['decimal', '1.500', '1.5'],
  ['decimal', '+01.0', '1'],
  ['decimal', '.5', '0.5'],
  ['decimal', '-0.0', '0'],
  ['decimal', '-2.50', '-2.5'],
  ['decimal', '100', '100'],
  ['double', '2.5', '2.5E0'],
  ['double', '25.0e-1', '2.5E0'],
  ['double', '4.8926091293762084E1', '4.89261E1'],
  ['double', 'INF', 'INF'],
  ['double', 'NaN', 'NaN'],
  ['double', 'fast', 'fast'],
  ['boolean', '1', 'true'],
  ['boolean', 'false', 'false'],
  ['dateTime', '2026-11-23T20:14:02.118204311Z', '2026-11-23T20:14:02.118204Z'],
  ['dateTime', '2026-11-23T20:14:02.500000Z', '2026-11-23T20:14:02.5Z'],
  ['dateTime', '2026-11-23T20:14:02.000Z', '2026-11-23T20:14:02Z'],
  ['dateTime', '2026-11-23T20:14:02+00:00', '2026-11-23T20:14:02Z'],
  ['dateTime', '2026-11-23T20:14:02-05:00', '2026-11-23T20:14:02-05:00'],
  ['date', '2026-11-23', '2026-11-23'],
])('An xsd:%s written %s is %s to a server that keeps six digits', (type, written, canonical) => {
  const triple = quad(namedNode('urn:s'), namedNode('urn:p'), literal(written, namedNode(xsd + type)))
  const kind = type === 'decimal' && /^\d+$/.test(canonical) ? 'integer' : type
  expect(canonicalTriple(triple, { dateTimeDigits: 6, doubleDigits: 6 })).toBe(
    `<urn:s> <urn:p> "${canonical}"^^<${xsd}${kind}> .`,
  )
  expect(tripleLine(triple)).toBe(`<urn:s> <urn:p> "${written}"^^<${xsd}${type}> .`)
})

test('Strings are escaped, IRIs too, and a language is in lower case', () => {
  const triple = quad(namedNode('urn:a b'), namedNode('urn:p'), literal('line\n"é"', 'en-GB'))
  expect(canonicalTriple(triple, { dateTimeDigits: 9, doubleDigits: 17 })).toBe(
    '<urn:a\\u0020b> <urn:p> "line\\n\\"é\\""@en-gb .',
  )
})

const whole = { dateTimeDigits: 9, doubleDigits: 17 }

test.each([
  ...['integer', 'long', 'int', 'short', 'byte', 'nonNegativeInteger', 'positiveInteger'],
  ...[
    'nonPositiveInteger',
    'negativeInteger',
    'unsignedLong',
    'unsignedInt',
    'unsignedShort',
    'unsignedByte',
  ],
])('An xsd:%s is written without plus and leading zeros', (type) => {
  expect(canonicalLexical('+007', xsd + type, whole)).toBe('7')
})

test.each([
  ['decimal', '1.5e3', '1.5e3'],
  ['decimal', '0010', '10'],
  ['decimal', '-0', '0'],
  ['decimal', '7.', '7'],
  ['decimal', '1.0500', '1.05'],
  ['decimal', '-.50', '-0.5'],
  ['float', '1', '1.0E0'],
  ['double', '+INF', 'INF'],
  ['double', '-INF', '-INF'],
  ['double', 'NaN', 'NaN'],
  ['double', '+1.', '1.0E0'],
  ['double', '-.5E+01', '-5.0E0'],
  ['double', '0x10', '0x10'],
  ['double', 'Infinity', 'Infinity'],
  ['double', 'constructor', 'constructor'],
  ['double', '1 2', '1 2'],
  ['double', 'x1', 'x1'],
  ['double', '1e', '1e'],
  ['double', '.', '.'],
  ['double', '  ', '  '],
  ['double', '', ''],
  ['double', '48.926091293762084', '4.8926091293762084E1'],
  ['boolean', '0', 'false'],
  ['boolean', '01', '01'],
  ['integer', '1.0', '1.0'],
  ['integer', '', ''],
  ['integer', 'x7', 'x7'],
  ['dateTime', '2026-11-23T20:14:02.123456789123Z', '2026-11-23T20:14:02.123456789Z'],
  ['dateTime', '2026-11-23T20:14:02-00:00', '2026-11-23T20:14:02Z'],
  ['dateTime', '2026-11-23T20:14:02+10:00', '2026-11-23T20:14:02+10:00'],
  ['dateTime', '2026-11-23T20:14:02.10', '2026-11-23T20:14:02.1'],
  ['dateTime', '-0044-03-15T12:00:00.0Z', '-0044-03-15T12:00:00Z'],
  ['dateTime', '12026-11-23T20:14:02.50Z', '12026-11-23T20:14:02.5Z'],
  ['dateTime', 'on 2026-11-23T20:14:02.50Z', 'on 2026-11-23T20:14:02.50Z'],
  ['dateTime', '2026-11-23T20:14:02.50Z or so', '2026-11-23T20:14:02.50Z or so'],
  ['string', '007', '007'],
])('To a server that keeps all digits, an xsd:%s %j is %j', (type, written, canonical) => {
  expect(canonicalLexical(written, xsd + type, whole)).toBe(canonical)
})

test.each([
  [16, '4.892609129376208E1'],
  [1, '5.0E1'],
])('A double is cut to %i digits', (doubleDigits, cut) => {
  const type = `${xsd}double`
  expect(canonicalLexical('48.926091293762084', type, { dateTimeDigits: 9, doubleDigits })).toBe(cut)
})

test('A literal of a type that is not of XML Schema keeps its spelling', () => {
  expect(canonicalLexical('007', 'urn:integer', whole)).toBe('007')
})

test('A whole decimal has the line of that integer, and no other number has', () => {
  const lineOf = (lexical: string, type: string) =>
    canonicalTriple(
      quad(namedNode('urn:s'), namedNode('urn:p'), literal(lexical, namedNode(xsd + type))),
      whole,
    )
  expect(lineOf('-7.0', 'decimal')).toBe(lineOf('-7', 'integer'))
  expect(lineOf('7.5', 'decimal')).toBe(`<urn:s> <urn:p> "7.5"^^<${xsd}decimal> .`)
  expect(lineOf('7', 'int')).toBe(`<urn:s> <urn:p> "7"^^<${xsd}int> .`)
  expect(lineOf('7', 'double')).not.toBe(lineOf('7', 'integer'))
})

test.each([...'<>"{}|^`\\ \u0000\u001f'])('The character %j in an IRI is escaped', (char) => {
  const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  const triple = quad(namedNode(`urn:${char}`), namedNode('urn:p'), namedNode('urn:é!'))
  expect(tripleLine(triple)).toBe(`<urn:\\u${code}> <urn:p> <urn:é!> .`)
})

test('A plain string has no type in its line, and an IRI that needs no escape none', () => {
  expect(tripleLine(quad(namedNode('urn:s'), namedNode('urn:p'), literal('x')))).toBe('<urn:s> <urn:p> "x" .')
})

test('An IRI as object is written as it is', () => {
  const triple = quad(namedNode('urn:s'), namedNode('urn:p'), namedNode('urn:o'))
  expect(canonicalTriple(triple, whole)).toBe('<urn:s> <urn:p> <urn:o> .')
})

test('A blank node has no line, because it has no name on another server', () => {
  const triple = quad(blankNode('b'), namedNode('urn:p'), literal('x'))
  expect(() => tripleLine(triple)).toThrow(StoreError)
  expect(() => canonicalTriple(triple, whole)).toThrow(/^A BlankNode \(‹b›\) stands in a graph of a run$/)
})
