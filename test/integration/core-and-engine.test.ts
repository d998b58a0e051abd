import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Quad } from '@rdfjs/types'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { openEngine } from '../../src/validate/ask-engine.ts'
import { shapesWithTargets } from '../../src/validate/core/targets-of-shapes.ts'
import { readShapes } from '../../src/validate/read-shapes.ts'
import { readRequirementShapes } from '../../src/validate/requirement-shapes.ts'
import type { ShapesGraph } from '../../src/validate/shapes-graph.ts'
import type { ShapeResult } from '../../src/validate/shape-result.ts'
import { tabulate, validateShapes } from '../../src/validate/validate-shapes.ts'
import { editRecord, edits } from '../shapes/edited-record.ts'
import { mutate } from '../shapes/mutations.ts'

/** All that shacl-engine and Oxigraph find, asked about every shape. */
async function askEngine(quads: readonly Quad[], shapes: ShapesGraph): Promise<ShapeResult[]> {
  const table = (await tabulate(quads)).seal()
  const ask = await openEngine(table, shapes)
  const results: ShapeResult[] = []
  for (const shape of shapesWithTargets(shapes.dataset)) results.push(...(await ask(shape)))
  return results
}

/** In the order of the results; those of one query, which has no order of its own, sorted, and each once. */
function describeAll(results: readonly ShapeResult[]): string[] {
  const lines = results.map(({ focusNode, value, shape, component, severity, message }) =>
    [severity, shape, component, focusNode.value, value?.termType, value?.value, message].join(' '),
  )
  const isAsked = (line: string | undefined): boolean => line?.includes('SPARQLConstraint') === true
  const sorted: string[] = []
  for (let n = 0; n < lines.length;) {
    let end = n + 1
    while (isAsked(lines[n]) && isAsked(lines[end]) && results[end]?.shape === results[n]?.shape) end++
    sorted.push(...new Set(lines.slice(n, end).toSorted()))
    n = end
  }
  return sorted
}

const requirements = await readRequirementShapes()
const folder = join(packageRoot, 'shapes', 'use-cases')
const useCases = await readShapes(
  readdirSync(folder)
    .toSorted()
    .map((file) => join(folder, file)),
)

describe('One pass over numbers finds what the SHACL engine finds, in the same order', () => {
  test.each(edits)('of the requirements after the edit $name', async ({ update }) => {
    const quads = editRecord(update)
    expect(describeAll(await validateShapes(quads, requirements))).toEqual(
      describeAll(await askEngine(quads, requirements)),
    )
  })

  test.each(mutate())('of the requirements after: $name', async ({ quads }) => {
    expect(describeAll(await validateShapes(quads, requirements))).toEqual(
      describeAll(await askEngine(quads, requirements)),
    )
  })

  test.each(edits)('of the nine use-case files after the edit $name', async ({ update }) => {
    const quads = editRecord(update)
    expect(describeAll(await validateShapes(quads, useCases))).toEqual(
      describeAll(await askEngine(quads, useCases)),
    )
  })
})
