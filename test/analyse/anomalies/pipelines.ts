import {
  keyOf,
  type Aspect,
  type PipelineFacts,
  type RunFacts,
} from '../../../src/analyse/anomalies/aspect.ts'

export const quality: Aspect = { kind: 'quality', of: 'sources', measure: 'value', components: [] }
export const smoothing: Aspect = {
  kind: 'time',
  of: 'smooth',
  measure: 'selfSeconds',
  components: ['smooth'],
}
export const smoothingCpu: Aspect = { ...smoothing, kind: 'processor', measure: 'cpuSeconds' }
export const zeros: Aspect = {
  kind: 'content',
  of: 'image/fits read',
  measure: 'zeroShare',
  components: ['extract'],
}
export const width: Aspect = { kind: 'parameter', of: 'smooth std', measure: 'value', components: ['smooth'] }

/** Runs of a pipeline that extracts, smooths, then counts: `values` by aspect, one a run. */
export function pipelineOf(
  values: readonly (readonly [Aspect, readonly (number | string)[]])[],
  runs: Readonly<
    Partial<{ inputBytes: readonly number[]; failed: readonly number[]; load: readonly number[] }>
  > = {},
): PipelineFacts {
  const count = values[0]?.[1].length ?? 0
  return {
    aspects: new Map(values.map(([aspect]) => [keyOf(aspect), aspect])),
    onward: new Map([
      ['extract', new Set(['smooth'])],
      ['smooth', new Set(['count'])],
    ]),
    depths: new Map([
      ['extract', 0],
      ['smooth', 1],
      ['count', 1],
    ]),
    runs: Array.from({ length: count }, (_, at): RunFacts => {
      const own = values.map(([aspect, all]) => [keyOf(aspect), all[at]!] as const)
      return {
        run: `run ${at}`,
        started: '',
        status: runs.failed?.includes(at) === true ? 'Failed' : 'Completed',
        numbers: new Map(own.filter((each): each is [string, number] => typeof each[1] === 'number')),
        words: new Map(own.filter((each): each is [string, string] => typeof each[1] === 'string')),
        places: new Map(),
        inputBytes: runs.inputBytes?.[at] ?? 1000,
        load: runs.load?.[at],
      }
    }),
  }
}
