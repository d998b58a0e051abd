import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { readShapes } from '../../src/validate/read-shapes.ts'
import type { ShapesGraph } from '../../src/validate/shapes-graph.ts'
import { SH, SHAPES } from '../../src/validate/shacl-terms.ts'
import { validateShapes } from '../../src/validate/validate-shapes.ts'
import { writeTerm } from '../../src/rdf/write-term.ts'
import { editRecord, edits } from '../shapes/edited-record.ts'
import { mutate } from '../shapes/mutations.ts'

/** The Python that has pySHACL; .ci/run makes one of test/integration/requirements.txt. */
const python = process.env['VAMPIRA_PYSHACL'] ?? 'python3'

interface PythonResult {
  focusNode: string
  value: string | null
  shape: string
  component: string
  severity: string
}

/** Shapes files, and records that they are asked about. */
const batches = [
  {
    about: 'the nine use-case files',
    files: shapesIn('use-cases'),
    records: [
      { name: 'good-record', quads: editRecord() },
      ...edits.map(({ name, update }) => ({ name, quads: editRecord(update) })),
    ],
  },
  // Of which the use-case files are copies.
  { about: 'the requirement files, of mutated records', files: shapesIn('requirements'), records: mutate() },
]

function shapesIn(name: string): string[] {
  const folder = join(packageRoot, 'shapes', name)
  return readdirSync(folder)
    .toSorted()
    .map((file) => join(folder, file))
}

/** Severity, shape, focus node, and the value where it names the node; once each. */
function describeAll(
  results: Iterable<{ [Key in keyof PythonResult]: string | null | undefined }>,
): string[] {
  const lines = [...results].map(({ severity, shape, focusNode, value, component }) =>
    [
      severity?.replace(SH, ''),
      shape?.replace(SHAPES, ''),
      component?.replace(SH, ''),
      focusNode,
      /(?:Node|Or|Not|Class|SPARQL)Constraint/.test(component ?? '') ? value : '',
    ].join(' '),
  )
  return [...new Set(lines)].toSorted()
}

describe.each(batches)(
  'pySHACL, run on $about, finds what our checker finds',
  ({ files: shapesFiles, records }) => {
    const scratch = mkdtempSync(join(tmpdir(), 'vampira-pyshacl-'))
    let theirs: PythonResult[][]
    let shapes: ShapesGraph

    beforeAll(async () => {
      shapes = await readShapes(shapesFiles)
      const files = records.map(({ quads }, index) => {
        const file = join(scratch, `${index}.nt`)
        const lines = quads.map(
          (quad) => `${writeTerm(quad.subject)} ${writeTerm(quad.predicate)} ${writeTerm(quad.object)} .\n`,
        )
        writeFileSync(file, lines.join(''))
        return file
      })
      const script = join(packageRoot, 'test', 'integration', 'pyshacl_results.py')
      const output = execFileSync(python, [script, ...shapesFiles, '--', ...files], { maxBuffer: 2 ** 28 })
      theirs = JSON.parse(output.toString()) as PythonResult[][]
    }, 3_600_000)
    afterAll(() => rmSync(scratch, { recursive: true }))

    test.each(records.map((record, index) => ({ ...record, index })))('$name', async ({ quads, index }) => {
      const ours = await validateShapes(quads, shapes)
      const found = describeAll(
        ours.map((result) => ({
          ...result,
          focusNode: result.focusNode.value,
          value: result.value?.value,
        })),
      )
      expect(describeAll(theirs[index] ?? [])).toEqual(found)
    })
  },
)
