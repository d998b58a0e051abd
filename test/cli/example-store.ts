import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeRun } from '../../src/prov/describe-run.ts'
import type { Run } from '../../src/record/run.ts'
import { initStore } from '../../src/open/init-store.ts'
import { emitExample, run as exampleRun, runId } from '../prov/example-run.ts'

/** How a stored run differs from the example. */
export type Variant = { id: string; name?: string } & Partial<
  Pick<Run, 'startedAt' | 'status' | 'exitCode' | 'endedAt'>
>

export const exampleId = runId

/** A folder with a store that holds the example run in these variants. */
export async function makeStore(variants: readonly Variant[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vampira-cli-'))
  const store = await initStore(folder)
  for (const { id, name, ...more } of variants) {
    const writer = await store.begin(`urn:uuid:${id}`)
    const description = describeRun(writer, { id })
    const label =
      name === undefined ? exampleRun.label : exampleRun.label.replace(exampleRun.pipeline.name, name)
    const pipeline = { ...exampleRun.pipeline, name: name ?? exampleRun.pipeline.name }
    emitExample({
      process: (each) => description.process(each),
      component: (each) => description.component(each),
      option: () => undefined,
      value: (each) => description.value(each),
      file: (each) => description.file(each),
      call: (each) => description.call(each),
      group: (each) => description.group(each),
      summary: (each) => description.summary(each),
      run: (run) => description.run({ ...run, ...more, id, label, pipeline }),
    })
    await writer.commit(await description.finish())
  }
  return folder
}
