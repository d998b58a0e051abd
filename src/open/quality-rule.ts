import { UsageError } from '../errors.ts'
import type { RecordingSettings } from '../recorder/workplace.ts'

export type QualityRule = RecordingSettings['quality'][number]

const advice = 'Write for example: r2=train.evaluate, r2=train.evaluate#/test/r2, or r2=metrics.json#/r2'

/**
 * A declared quality metric as people write it: a component or a file (JSON, YAML, CSV, TSV), and after `#` a JSON
 * pointer to the number in what is returned or written.
 * @throws UsageError
 */
export function readQualityRule(metric: string, text: string): QualityRule {
  const [where = '', ...rest] = text.trim().split('#')
  const pointer = rest.length === 0 ? undefined : rest.join('#')
  if (metric === '' || where === '') throw new UsageError(`quality ${metric} names nothing`, { advice })
  if (pointer !== undefined && pointer !== '' && !pointer.startsWith('/')) {
    throw new UsageError(`${pointer} is no JSON pointer: it begins with /`, { advice })
  }
  const isFile = /[\\/]|\.(json|ya?ml|csv|tsv)$/i.test(where)
  return {
    metric,
    ...(isFile ? { file: where } : { component: where }),
    ...(pointer !== undefined && { pointer }),
  }
}
