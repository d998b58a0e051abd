import Ajv2020 from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commands } from '../../cli/commands.ts'
import { packageRoot } from '../../src/package-root.ts'
import { exampleId, makeStore } from './example-store.ts'
import { vampiraHere } from './here.ts'

const moonId = '019343c2-8a10-7c3e-9d55-3f2b7a1c0002'
const fileIri = `urn:uuid:${exampleId}#file-3`
let folder: string

beforeAll(async () => {
  folder = await makeStore([{ id: exampleId }, { id: moonId, name: 'moon', status: 'Failed', exitCode: 3 }])
})
afterAll(() => rm(folder, { recursive: true }))

const cases = [
  { command: ['init'], schema: 'init', code: 0 },
  { command: ['list'], schema: 'list', code: 0 },
  { command: ['list', '--status', 'interrupted'], schema: 'list', code: 0 },
  { command: ['show', 'astronomy'], schema: 'show', code: 0 },
  { command: ['show', 'astronomy', '--readiness'], schema: 'show', code: 0 },
  { command: ['cat', 'astronomy'], schema: 'cat', code: 0 },
  { command: ['export', 'astronomy', '-o', 'run.nq'], schema: 'export', code: 0 },
  { command: ['validate', 'astronomy'], schema: 'validate' },
  { command: ['validate', 'astronomy', 'moon', '--use-case', 'UC1,UC2'], schema: 'validate' },
  { command: ['queries'], schema: 'queries', code: 0 },
  { command: ['query', 'runs'], schema: 'query', code: 0 },
  {
    command: ['query', 'data-products', '--run', 'last'],
    schema: 'query',
    code: 0,
    said: 'About 1 of 2 runs.\n',
  },
  { command: ['lineage', fileIri], schema: 'trace', code: 0 },
  { command: ['impact', `urn:uuid:${exampleId}#file-1`], schema: 'trace', code: 0 },
  {
    command: ['impact', 'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    schema: 'trace',
    code: 1,
  },
  { command: ['impact', '--person', 'root'], schema: 'trace' },
  {
    command: ['suspects', fileIri],
    schema: 'suspects',
    code: 3,
    said: 'Not enough evidence: 0 good runs of astronomy made something else, and at least 2 are needed to say what is usual. Record runs of astronomy that are right, or name some with --good.\n',
  },
  { command: ['diff', 'astronomy', 'moon'], schema: 'diff', code: 1 },
  { command: ['diff', '--code', 'astronomy', 'moon'], schema: 'diff-code' },
  { command: ['diff', 'astronomy', 'astronomy'], schema: 'diff', code: 0 },
  { command: ['diff', 'astronomy', 'moon', 'astronomy'], schema: 'diff', code: 1 },
  { command: ['similar', 'astronomy'], schema: 'similar', code: 0 },
  {
    command: ['recommend', 'components', '--after', 'sextractor'],
    schema: 'recommend-components',
    code: 3,
    said: 'Not enough evidence: the completed runs used components in 1 different order, and at least 3 are needed. Record runs of other pipelines that use some of these components.\n',
  },
  {
    command: ['anomalies', 'astronomy'],
    schema: 'anomalies',
    code: 3,
    said: 'Not enough evidence: 1 of 1 runs of astronomy completed, and at least 5 are needed to say what is usual. Record 4 more of astronomy: vampira run --repeat 4 -- …\n',
  },
  {
    command: ['storage', 'moon'],
    schema: 'storage',
    code: 3,
    said: 'Not enough evidence: none of the 2 files that this run made is still where it was, as it was. Record runs that make files, on the machine that keeps them: vampira run -- …\n',
  },
  {
    command: ['predict', 'astronomy'],
    schema: 'predict',
    code: 3,
    said: 'Not enough evidence: 1 run of astronomy completed, and at least 5 are needed. Record 4 more of astronomy, on inputs of different sizes: vampira run -- …\n',
  },
  {
    command: ['predict', 'survey.smooth,survey.extract'],
    schema: 'predict',
    code: 3,
    said: 'Not enough evidence: of what survey.smooth,survey.extract calls, nothing was called in at least 5 runs: survey.smooth, survey.extract. Record runs of pipelines that call the same functions: vampira run -- …\n',
  },
  { command: ['parameters', 'astronomy'], schema: 'parameters', code: 0 },
  {
    command: ['recommend', 'parameters', 'astronomy'],
    schema: 'recommend-parameters',
    code: 3,
    said: 'Not enough evidence: no run of astronomy measured a quality. Say which component measures one: vampira run --quality METRIC=COMPONENT -- …; or ask for --optimise time.\n',
  },
  { command: ['rerun', 'astronomy', '--check'], schema: 'rerun', code: 3 },
  { command: ['rerun', 'astronomy', '--export', 'script'], schema: 'rerun', code: 0 },
  { command: ['advise'], schema: 'advise', code: 1 },
  { command: ['answers'], schema: 'answers', code: 0 },
  { command: ['recover'], schema: 'recover', code: 0 },
]

test.each(cases)(
  'vampira $command --json is as the schema $schema says',
  async ({ command, schema, code, said = '' }: (typeof cases)[number] & { said?: string }) => {
    const ended = await vampiraHere([...command, '--json'], { cwd: folder })
    expect(ended.stderr).toBe(said)
    if (code !== undefined) expect(ended.code).toBe(code)
    expectValid(schema, ended.stdout)
  },
)

test('no command is without a schema; those of run and push are held by their own tests', () => {
  const held = [...cases.map(({ command }) => command.join(' ')), 'run', 'push']
  const isHeld = (name: string) => held.some((line) => `${line} `.startsWith(`${name} `))
  expect(Object.keys(commands).filter((name) => !isHeld(name))).toEqual([])
})

test('list is an array of runs, newest first, id being the IRI of the run', async () => {
  const { stdout } = await vampiraHere(['list', '--json'], { cwd: folder })
  const runs = JSON.parse(stdout) as { id: string; name: string; status: string; exitCode: number }[]
  expect(runs.map(({ id }) => id)).toEqual([`urn:uuid:${moonId}`, `urn:uuid:${exampleId}`])
  expect(runs[0]).toMatchObject({ name: 'moon', status: 'Failed', exitCode: 3 })
})

function expectValid(schema: string, text: string): void {
  const read = (name: string) =>
    JSON.parse(readFileSync(join(packageRoot, `contract/output/${name}.schema.json`), 'utf8')) as object
  const validate = new Ajv2020.default({ allErrors: true, allowUnionTypes: true })
    .addSchema(read('answer'))
    .compile(read(schema))
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors, null, 1)).toBe(true)
}
