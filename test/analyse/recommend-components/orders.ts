import type { ComponentOrder } from '../../../src/analyse/recommend-components/component-orders.ts'

/** Orders written as words, `read fit plot`, each of a run and a pipeline of its own. `fit>read` at the end: back again. */
export function ordersFrom(...lines: readonly string[]): ComponentOrder[] {
  return lines.map((line, at) => {
    const words = line.split(' ')
    return {
      components: words.filter((word) => !word.includes('>')),
      repeats: words.flatMap((word): [string, string][] => {
        const [after, again] = word.split('>')
        return again === undefined ? [] : [[after!, again]]
      }),
      runs: new Set([`run ${at}`]),
      pipelines: new Set([`pipeline ${at}`]),
    }
  })
}
