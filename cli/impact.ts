import type { CliCommand } from './command.ts'
import { traceCommand } from './trace.ts'

export const command: CliCommand = traceCommand('impact', {
  description:
    'Shows what came from something: the mirror of lineage. Ask it when a file turns out wrong, to know which results ' +
    'rest on it, in every run. What was seen and what is only possible stand apart.',
  examples: [
    ['vampira impact measurements.csv', 'everything that was made from this file'],
    ['vampira impact measurements.csv --json', 'the same as a graph of nodes and edges'],
  ],
})
