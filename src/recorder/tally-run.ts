import type { RunListener } from '../record/run.ts'

/** How many there are of what people ask about first. */
export interface Tally {
  /** Files that the run used and did not make. */
  sources: number
  /** Files that it made and left. */
  products: number
  /** Things that could not be captured. */
  gaps: number
}

/** Counts what a listener is told. */
export function tallyRun(listener: RunListener): { listener: RunListener; tally: Tally } {
  const tally: Tally = { sources: 0, products: 0, gaps: 0 }
  return {
    tally,
    listener: {
      process: (process) => listener.process(process),
      component: (component) => listener.component(component),
      value: (value) => listener.value(value),
      file(file) {
        if (file.generatedBy === undefined) tally.sources++
        else if (file.invalidatedBy === undefined) tally.products++
        listener.file(file)
      },
      call(call) {
        tally.gaps += call.gaps.length
        listener.call(call)
      },
      group: (group) => listener.group(group),
      summary: (summary) => listener.summary(summary),
      run(run) {
        tally.gaps += run.gaps.length
        listener.run(run)
      },
    },
  }
}
