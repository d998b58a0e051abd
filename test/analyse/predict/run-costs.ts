import type { RunCosts } from '../../../src/analyse/predict/run-costs.ts'

/** Runs of a pipeline that reads one file, of a second a million bytes, the latest first. */
export function runsOf(
  megabytes: readonly number[],
  of: (at: number, bytes: number) => Partial<RunCosts> = () => ({}),
): RunCosts[] {
  return megabytes.map((size, at): RunCosts => {
    const bytes = size * 1e6
    return {
      run: `urn:uuid:run-${at}`,
      started: '',
      pipelineVersion: undefined,
      loaded: false,
      inputs: { files: 1, bytes },
      settings: new Map(),
      costs: {
        wallSeconds: size,
        cpuSeconds: size * 0.9,
        peakMemoryBytes: bytes * 10,
        outputBytes: bytes * 2,
      },
      parts: [],
      ...of(at, bytes),
    }
  })
}
