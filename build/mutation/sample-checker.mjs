import { readFileSync } from 'node:fs'
import { nameMutant } from './mutants.mjs'

/** A checker of Stryker that lets the mutants of the sample through; it says of the others that they do not compile. */
class SampleChecker {
  #sample = new Set()

  async init() {
    this.#sample = new Set(JSON.parse(readFileSync(process.env.VAMPIRA_MUTATION_SAMPLE, 'utf8')))
  }

  async check(mutants) {
    return Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        { status: this.#sample.has(nameMutant(mutant)) ? 'passed' : 'compileError' },
      ]),
    )
  }
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', factory: () => new SampleChecker() }]
