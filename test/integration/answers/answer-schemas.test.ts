import Ajv2020 from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../../src/package-root.ts'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns } from './planted-runs.ts'

let project: string
beforeAll(async () => {
  ;({ project } = await plantRuns())
})

const schemaOf = (name: string) =>
  JSON.parse(readFileSync(join(packageRoot, 'contract', 'output', `${name}.schema.json`), 'utf8')) as object

// Elsewhere these answers are withheld, since the stores of unit tests hold too little.
test.each([
  ['storage', ['storage']],
  ['suspects', ['suspects', 'half_fft.png']],
  ['trace', ['impact', 'survey.fourierTransform(std=1.5)']],
  ['trace', ['impact', 'numpy<2.4']],
])('An answer is as the schema %s says: %j', async (name, args) => {
  const { stdout } = await vampira([...args, '--json'], { cwd: project })
  const ajv = new Ajv2020.default({ allErrors: true, allowUnionTypes: true })
  ajv.addSchema(schemaOf('answer'))
  const validate = ajv.compile(schemaOf(name))
  validate(JSON.parse(stdout))
  expect(validate.errors).toBeNull()
})
