import type { CliCommand } from './command.ts'
import { traceCommand } from './trace.ts'

export const command: CliCommand = traceCommand('impact', {
  description:
    'Shows what came from something: the mirror of lineage. Ask it when a file, a run, a component, a value of a parameter, ' +
    'a package, a person or a machine turns out wrong, to know which results rest on it, in every run, and what to make ' +
    'again in which order. What was seen and what is only possible stand apart.',
  examples: [
    ['vampira impact measurements.csv', 'everything that was made from this file'],
    ['vampira impact measurements.csv --json', 'the same as a graph of nodes and edges'],
    [
      "vampira impact 'pipeline.remove_glitches(threshold=1000)'",
      'what came from calls of this component with this value',
    ],
    ["vampira impact 'setuptools<70'", 'what runs made that had such a version of this package'],
    ['vampira impact last', 'what came from what the last run made'],
    ['vampira impact --machine 08b5eb', 'what came from all that this machine made'],
  ],
})
