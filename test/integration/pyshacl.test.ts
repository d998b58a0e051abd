import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { readShapes } from '../../src/validate/read-shapes.ts'
import { SH, SHAPES } from '../../src/validate/shacl-terms.ts'
import { validateShapes } from '../../src/validate/validate-shapes.ts'
import { editRecord, editedNTriples, edits } from '../shapes/edited-record.ts'

/** The Python that has pySHACL; .ci/run makes one of test/integration/requirements.txt. */
const python = process.env['VAMPIRA_PYSHACL'] ?? 'python3'

interface PythonResult {
  focusNode: string
  value: string | null
  shape: string
  component: string
  severity: string
}

const folder = join(packageRoot, 'shapes', 'use-cases')
const useCases = readdirSync(folder)
  .toSorted()
  .map((name) => join(folder, name))
const shapes = await readShapes(useCases)
const records = [{ name: 'good-record', update: undefined }, ...edits]

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

describe('pySHACL, run on the nine use-case files, finds what our checker finds', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'vampira-pyshacl-'))
  let theirs: PythonResult[][]

  beforeAll(() => {
    const files = records.map(({ name, update }) => {
      const file = join(scratch, `${name}.nt`)
      writeFileSync(file, editedNTriples(update))
      return file
    })
    const script = join(packageRoot, 'test', 'integration', 'pyshacl_results.py')
    const output = execFileSync(python, [script, ...useCases, '--', ...files], { maxBuffer: 2 ** 28 })
    theirs = JSON.parse(output.toString()) as PythonResult[][]
  }, 600_000)
  afterAll(() => rmSync(scratch, { recursive: true }))

  test.each(records.map((record, index) => ({ ...record, index })))('$name', async ({ update, index }) => {
    const ours = await validateShapes(editRecord(update), shapes)
    const found = describeAll(
      ours.map((result) => ({
        ...result,
        focusNode: result.focusNode.value,
        value: result.value?.value,
      })),
    )
    expect(describeAll(theirs[index] ?? [])).toEqual(found)
  })
})
