import type { RunListener } from '../record/run.ts'

/** How many there are of what people ask about first. */
export interface Tally {
  /** Files that the run used and did not make. */
  sources: number
  /** Files that it made and left. */
  products: number
  /** Files that changed while it ran, where nothing says that it did it. */
  possibleProducts: number
  /** Things that could not be captured. */
  gaps: number
}

/**
 * Counts what is emitted to a listener.
 * @returns a listener that passes everything on, and the counts, which are complete after `run`
 */
export function tallyRun(listener: RunListener): { listener: RunListener; tally: Tally } {
  const tally: Tally = { sources: 0, products: 0, possibleProducts: 0, gaps: 0 }
  /** Files that were there before the run. Of these, the used ones are sources; the others were only written over. */
  const found = new Set<number>()
  const used = new Set<number>()
  const use = (file: number) => {
    if (!found.has(file)) return
    used.add(file)
    tally.sources = used.size
  }
  return {
    tally,
    listener: {
      process: (process) => listener.process(process),
      component: (component) => listener.component(component),
      option: (component, option) => listener.option(component, option),
      value: (value) => listener.value(value),
      file(file) {
        if (file.generatedBy === undefined) {
          if (file.possiblyGeneratedBy === undefined) found.add(file.n)
          else if (file.invalidatedBy === undefined) tally.possibleProducts++
        } else if (file.invalidatedBy === undefined && file.isScratch !== true) tally.products++
        listener.file(file)
      },
      call(call) {
        tally.gaps += call.gaps.length
        for (const file of call.usedFiles) use(file)
        listener.call(call)
      },
      group: (group) => listener.group(group),
      summary(summary) {
        for (const { file } of summary.used) use(file.n)
        listener.summary(summary)
      },
      run(run) {
        tally.gaps += run.gaps.length
        listener.run(run)
      },
    },
  }
}
