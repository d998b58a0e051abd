const everyMs = 30_000

/** A reporter of Stryker that says from time to time how many mutants of the sample were run. */
class ProgressReporter {
  #run = 0
  #missed = 0
  #said = Date.now()

  onMutantTested({ status }) {
    if (status === 'CompileError') return
    this.#run += 1
    if (status === 'Survived' || status === 'NoCoverage') this.#missed += 1
    if (Date.now() - this.#said < everyMs) return
    this.#said = Date.now()
    console.error(`  ${this.#run} run, ${this.#missed} of them not noticed`)
  }
}

export const strykerPlugins = [
  { kind: 'Reporter', name: 'sample-progress', factory: () => new ProgressReporter() },
]
