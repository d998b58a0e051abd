import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { canonicalTriple, tripleLine } from '../../src/sparql/canonical-triple.ts'

const { literal, namedNode, quad } = DataFactory
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
