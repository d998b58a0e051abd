import type { CliCommand } from './command.ts'

/**
 * Every command: what `vampira --help` says of it, and how to load it. Only the one that is asked for is loaded.
 * A new command is a file beside this one that exports `command: CliCommand`, and a line here.
 */
export const commands: Readonly<
  Record<string, { summary: string; load(): Promise<{ command: CliCommand }> }>
> = {
  list: { summary: 'the runs of a store', load: () => import('./list.ts') },
  push: { summary: 'copy runs to a SPARQL server', load: () => import('./push.ts') },
}
