import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { digestIri } from '../../src/rdf/digest-iri.ts'
import { graphIri, runIri } from '../../src/rdf/run-names.ts'

test('bytes have the name that RFC 6920 gives them in section 8.1', () => {
  const sha256 = createHash('sha256').update('Hello World!').digest()
  expect(digestIri(sha256)).toBe('ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk')
})

test('a run and its graphs are named by its UUID', () => {
  const run = runIri('019343c2-8a10-7c3e-9d55-3f2b7a1c0001')
  expect(run).toBe('urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001')
  expect(graphIri(run, 'summary')).toBe(`${run}#summary`)
})
