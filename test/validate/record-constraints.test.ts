import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { findRecordConstraint } from '../../src/validate/core/record-constraints.ts'
import { readShapes } from '../../src/validate/read-shapes.ts'
import { SH } from '../../src/validate/shacl-terms.ts'

const files = ['requirements', 'use-cases'].flatMap((name) => {
  const folder = join(packageRoot, 'shapes', name)
  return readdirSync(folder).map((file) => join(folder, file))
})
const { dataset } = await readShapes(files, { checked: true })

// Who changes a query changes its walk, and gives it the digest of the new one.
test.each(
  dataset
    .getQuads(null, `${SH}sparql`, null, null)
    .map(({ subject, object }) => [subject.value, object] as const),
)('The query of %s is answered by a walk', (_, constraint) => {
  expect(findRecordConstraint(dataset, constraint)).toBeDefined()
})
