import { describe, expect, test } from 'vitest'
import { NAMESPACES } from '../../src/rdf/vocabulary.ts'
import { checkCompleteness } from '../../src/validate/check-completeness.ts'
import { readRequirementShapes } from '../../src/validate/requirement-shapes.ts'
import { SH, SHAPES } from '../../src/validate/shacl-terms.ts'
import type { ShapeResult } from '../../src/validate/shape-result.ts'
import { validateShapes } from '../../src/validate/validate-shapes.ts'
import { editRecord, edits } from './edited-record.ts'
import { reportingShapes } from './reporting-shapes.ts'

const shapes = await readRequirementShapes()

/** Notes of the two requirements that read a store, where none is in the data. */
const notAsked = ['records-of-other-pipelines', 'records-of-same-pipeline'].map(
  (id) => `Info ${id}#store ${NAMESPACES.vam}Store`,
)

function describeResult({ shape, severity, focusNode, value, component }: ShapeResult): string {
  const reached = /^(?:Node|Or|Not|SPARQL)Constraint/.test(component) ? value : undefined
  return `${severity} ${shape.slice(SHAPES.length)} ${(reached ?? focusNode).value}`
}

describe('the good record', () => {
  test('satisfies every requirement that is about one run, with something to check for each', async () => {
    const results = await validateShapes(editRecord(), shapes)
    expect(results.map(describeResult).toSorted()).toEqual(notAsked)
  })
})

describe('after an edit the shapes find exactly what it broke', () => {
  test.each(edits)('$name: $summary', async ({ update, expected }) => {
    const results = await validateShapes(editRecord(update), shapes)
    const asked = update.includes('a vam:Store')
    const wanted = expected.map(({ severity, shape, node }) => `${severity} ${shape} ${node}`)
    expect([...new Set(results.map(describeResult))].toSorted()).toEqual(
      [...wanted, ...(asked ? [] : notAsked)].toSorted(),
    )
  })
})

describe('a finding names the source line', () => {
  const placed = edits.flatMap(({ name, update, expected }) =>
    expected.flatMap(({ node, place }) => (place === undefined ? [] : [{ name, update, node, place }])),
  )
  test.each(placed)('$name: $place', async ({ update, node, place }) => {
    const { requirements } = await checkCompleteness(editRecord(update))
    const findings = requirements.flatMap((requirement) => requirement.findings)
    expect(findings.filter((finding) => finding.node === node).map((finding) => finding.place)).toContain(
      place,
    )
  })
})

describe('every shape that reports', () => {
  const { dataset } = shapes
  const reporting = reportingShapes(dataset)

  test('every named property shape says its name, its severity and what to do', () => {
    const named = dataset
      .getSubjects(`${SH}path`, null, null)
      .filter(({ termType }) => termType === 'NamedNode')
    expect(named.length).toBeGreaterThan(50)
    for (const shape of [...named, ...reporting])
      for (const property of ['name', 'message', 'severity'])
        expect(
          dataset.countQuads(shape, `${SH}${property}`, null, null),
          `${shape.value} sh:${property}`,
        ).toBe(1)
  })

  test('no named shape with a constraint but no severity is reached by sh:property, where it would report', () => {
    for (const { value } of dataset
      .getObjects(null, `${SH}property`, null)
      .filter((term) => term.termType === 'NamedNode'))
      expect(dataset.countQuads(value as never, `${SH}severity`, null, null), value).toBe(1)
  })
})
