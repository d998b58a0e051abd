import { describeRun } from '../../src/prov/describe-run.ts'
import type { DescribedRun } from '../../src/prov/described-run.ts'
import type { Store } from '../../src/store/store.ts'
import { emitExample, runId } from '../prov/example-run.ts'

export interface SampleTexts {
  record: string
  summary: string
  line: DescribedRun
}

/** UUIDv7 that sort by `n`. */
export const idOf = (n: number) => `019343c2-8a10-7c3e-9d55-${n.toString(16).padStart(12, '0')}`

/** The texts of the example run, of which a test makes as many runs as it needs. */
export async function sampleTexts(): Promise<SampleTexts> {
  const texts = { record: '', summary: '' }
  const description = describeRun(
    {
      async write(part, text) {
        texts[part] += text
      },
    },
    { id: runId },
  )
  emitExample(description)
  const line = await description.finish()
  return { ...texts, line }
}

/** Puts the example run into a store under another id, and perhaps another name of its pipeline. */
export async function storeSample(
  store: Store,
  n: number,
  texts: SampleTexts,
  name = 'astronomy',
): Promise<DescribedRun> {
  const id = idOf(n)
  const rename = (text: string) => text.replaceAll(runId, id).replaceAll('astronomy', name)
  const line = JSON.parse(rename(JSON.stringify(texts.line))) as DescribedRun
  const writer = await store.begin(id)
  await writer.write('record', rename(texts.record))
  await writer.write('summary', rename(texts.summary))
  await writer.commit(line)
  return line
}
