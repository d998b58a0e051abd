import Ajv2020 from 'ajv/dist/2020.js'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { RunEntry } from '../../src/store/store.ts'

/** A working directory with some files in it, which lives as long as the test. */
export function workIn(files: Record<string, string> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vampira-run-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** A working directory for all tests of a file. */
export function makeStay(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vampira-run-')))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What is stored in a folder's store, oldest first. */
export async function listRuns(folder: string): Promise<RunEntry[]> {
  return (await openStore(folder)).runs()
}

/** Journals that are left in the store of a folder. */
export function leftJournals(folder: string): string[] {
  const journals = join(folder, '.vampira/journal')
  return existsSync(journals) ? readdirSync(journals) : []
}

/** Resolves when a file is there. */
export async function appears(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** The record of a run of a folder's store, as text; of the only one unless `id` says which. */
export function readRecord(folder: string, id?: string): string {
  const runs = join(folder, '.vampira/runs')
  const [only = ''] = readdirSync(runs)
  return readFileSync(join(runs, id ?? only, 'record.trig'), 'utf8')
}

/** What a JSON answer says, held to its schema in contract/output. */
export function parseAnswer(schema: string, text: string): unknown {
  const read = (name: string) =>
    JSON.parse(readFileSync(join(packageRoot, 'contract/output', `${name}.schema.json`), 'utf8')) as object
  const validate = new Ajv2020.default({ allErrors: true, allowUnionTypes: true })
    .addSchema(read('answer'))
    .compile(read(schema))
  const answer: unknown = JSON.parse(text)
  if (!validate(answer))
    throw new Error(`Not as ${schema}.schema.json says: ${JSON.stringify(validate.errors)}`)
  return answer
}
