import type { CliCommand } from './command.ts'

/**
 * Every command: what `vampira --help` says of it, and how to load it. Only the one that is asked for is loaded.
 * A new command is a file beside this one that exports `command: CliCommand`, and a line here. A name of two words groups
 * commands by the first: `recommend parameters` is in `recommend-parameters.ts`.
 */
export const commands: Readonly<
  Record<string, { summary: string; load(): Promise<{ command: CliCommand }> }>
> = {
  init: { summary: 'make a store', load: () => import('./init.ts') },
  run: { summary: 'run a program and record what it did', load: () => import('./run.ts') },
  list: { summary: 'the runs of a store', load: () => import('./list.ts') },
  show: { summary: 'one run: functions, files, path taken', load: () => import('./show.ts') },
  cat: { summary: 'a file of a run as it was then', load: () => import('./cat.ts') },
  export: { summary: 'write a record as RDF', load: () => import('./export.ts') },
  rerun: { summary: 'run a run again: does it come to the same?', load: () => import('./rerun.ts') },
  validate: {
    summary: 'which use cases a record can answer, and what is missing',
    load: () => import('./validate.ts'),
  },
  queries: { summary: 'what there is to ask', load: () => import('./queries.ts') },
  query: { summary: 'ask a question in SPARQL', load: () => import('./query.ts') },
  lineage: { summary: 'what something came from', load: () => import('./lineage.ts') },
  impact: { summary: 'what came from something', load: () => import('./impact.ts') },
  suspects: { summary: 'what may have caused that a file is wrong', load: () => import('./suspects.ts') },
  diff: { summary: 'what differs between two runs', load: () => import('./diff.ts') },
  similar: { summary: 'pipelines like this one', load: () => import('./similar.ts') },
  parameters: {
    summary: 'which values parameters had, as histograms',
    load: () => import('./parameter-values.ts'),
  },
  'recommend parameters': {
    summary: 'settings that went with good outcomes',
    load: () => import('./recommend-parameters.ts'),
  },
  'recommend components': {
    summary: 'which components come next, or in the place of one',
    load: () => import('./recommend-components.ts'),
  },
  anomalies: { summary: 'what is unusual in runs, and why', load: () => import('./anomalies.ts') },
  storage: {
    summary: 'which files are cheaper to make again than to keep',
    load: () => import('./storage.ts'),
  },
  predict: { summary: 'what a run will take', load: () => import('./predict.ts') },
  advise: { summary: 'what matters now, on one page', load: () => import('./advise.ts') },
  answers: {
    summary: 'answers that were kept, and whether they still hold',
    load: () => import('./answers.ts'),
  },
  recover: { summary: 'make records of what killed recorders left', load: () => import('./recover.ts') },
  push: { summary: 'copy runs to a SPARQL server', load: () => import('./push.ts') },
}
