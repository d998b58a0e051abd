import type { CliCommand } from './command.ts'
import { traceCommand } from './trace.ts'

export const command: CliCommand = traceCommand('lineage', {
  description:
    'Shows what something came from: a file (by its bytes, wherever it is now), or the IRI of a content, file version, ' +
    'value, call or run. It goes back call by call, and from run to run where one read what another had made. What was ' +
    'seen and what is only possible stand apart.',
  examples: [
    ['vampira lineage results/fit.json', 'how this file was made, back to the first inputs'],
    ['vampira lineage results/fit.json --within-run', 'only in the run that made it'],
    [
      'vampira lineage results/fit.json --source .vampira --source http://localhost:3030/lab',
      'over runs here and on a server',
    ],
  ],
})
