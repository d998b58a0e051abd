import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parser } from 'n3'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { parseShapes } from '../../src/validate/read-shapes.ts'
import type { ShapeResult } from '../../src/validate/shape-result.ts'
import { validateShapes } from '../../src/validate/validate-shapes.ts'

const prefixes = `PREFIX : <https://example.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
`

async function validate(data: string, shapes: string): Promise<ShapeResult[]> {
  const graph = await parseShapes([{ file: 'shapes.ttl', text: prefixes + shapes }])
  return validateShapes(new Parser().parse(prefixes + data), graph)
}

describe('a query of a shape', () => {
  const accepted = readFileSync(join(packageRoot, 'test', 'validate', 'accepted-shapes.ttl'), 'utf8')
  const early = `:a prov:startedAtTime "2026-01-01T00:00:00Z"^^xsd:dateTime ; prov:used :late .
    :late prov:generatedAtTime "2026-01-02T00:00:00Z"^^xsd:dateTime .`

  test('is asked about each focus node, and writes what it found into its message', async () => {
    const graph = await parseShapes([{ file: 'accepted-shapes.ttl', text: accepted }])
    const results = await validateShapes(new Parser().parse(prefixes + early), graph)
    expect(results).toMatchObject([
      {
        focusNode: { value: 'https://example.org/a' },
        value: { value: 'https://example.org/late' },
        severity: 'Warning',
        component: 'SPARQLConstraintComponent',
        message: 'https://example.org/a used https://example.org/late before it was there',
      },
    ])
  })

  test('is asked about blank nodes too, and answers with them', async () => {
    const shapes = `:S a sh:NodeShape ; sh:targetSubjectsOf prov:used ;
      sh:sparql [ sh:select "SELECT $this ?value WHERE { $this <http://www.w3.org/ns/prov#used> ?value }" ] .`
    const [result] = await validate('[] prov:used [] .', shapes)
    expect(result?.focusNode.termType).toBe('BlankNode')
    expect(result?.value?.termType).toBe('BlankNode')
    expect(result?.value?.equals(result.focusNode)).toBe(false)
  })

  test('is asked where it is not ours, though its shape has the name of one of ours', async () => {
    const shapes = `<https://w3id.org/vampira/shapes/data-flow#leads-back> a sh:NodeShape ;
      sh:targetSubjectsOf prov:used ; sh:message "Say less." ;
      sh:sparql [ sh:select "SELECT $this ?value WHERE { $this <http://www.w3.org/ns/prov#used> ?value }" ] .`
    expect(await validate(':a prov:used :b .', shapes)).toMatchObject([
      { focusNode: { value: 'https://example.org/a' }, value: { value: 'https://example.org/b' } },
    ])
  })

  test('binds $this in subqueries and in EXISTS', async () => {
    const shapes = `:S a sh:NodeShape ; sh:targetSubjectsOf prov:used ; sh:sparql [ sh:select """
      PREFIX prov: <http://www.w3.org/ns/prov#>
      SELECT $this ?value WHERE {
        { SELECT $this (COUNT(?used) AS ?value) WHERE { $this prov:used ?used } GROUP BY $this }
        FILTER NOT EXISTS { $this prov:endedAtTime ?end }
      }""" ] .`
    const results = await validate(
      ':a prov:used :x, :y . :b prov:used :x ; prov:endedAtTime "2026-01-01T00:00:00Z"^^xsd:dateTime .',
      shapes,
    )
    expect(results.map(({ focusNode, value }) => [focusNode.value, value?.value])).toEqual([
      ['https://example.org/a', '2'],
    ])
  })
})

test('a qualified shape within a property shape within a property shape is asked of the right values', async () => {
  const shapes = `:S a sh:NodeShape ; sh:targetClass :Run ; sh:property :places .
    :places sh:path :at ; sh:property :one .
    :one sh:path [ sh:inversePath :at ] ; sh:qualifiedValueShape [ sh:class :Run ] ; sh:qualifiedMaxCount 1 .`
  const results = await validate(':a a :Run ; :at :p . :b a :Run ; :at :p, :q .', shapes)
  expect(new Set(results.map(({ focusNode }) => focusNode.value))).toEqual(new Set(['https://example.org/p']))
})

test('a shape whose target is a node is checked even where there is no data', async () => {
  const shapes =
    ':S a sh:NodeShape ; sh:targetNode :Run ; sh:property [ sh:path prov:used ; sh:minCount 1 ] .'
  expect(await validate('', shapes)).toHaveLength(1)
})
