import { Command } from 'commander'
import { expect, test } from 'vitest'
import { addTo } from '../../cli/command.ts'
import type { CliCommand } from '../../cli/command.ts'
import { commands } from '../../cli/commands.ts'
import type { Terminal } from '../../cli/terminal/terminal.ts'

test('docs/commands.md says what the commands themselves say (npx vitest -u test/cli rewrites it)', async () => {
  const sections = await Promise.all(
    Object.entries(commands).map(async ([name, { load }]) => section(name, (await load()).command)),
  )
  await expect([heading, ...sections].join('\n')).toMatchFileSnapshot('../../docs/commands.md')
})

const heading = `# Commands

\`RUN\` is \`last\`, a unique beginning of a run's UUID, its IRI, or the name of a pipeline (its latest run); \`last~1\` is the
run before the last, \`name~1\` that of a pipeline. Every command but \`queries\` takes \`--store\` (a folder, the URL of a SPARQL endpoint,
or a name in \`vampira.toml\`; without it, the nearest \`.vampira\` upwards) and \`--json\`. The JSON that commands print is described by the schemas in \`contract/output/\`.

Exit codes: 0 fine, 1 findings, 2 asked wrongly, 3 could not be done, 130 stopped by Ctrl-C. Set \`NO_COLOR\` for plain
text and \`VAMPIRA_DEBUG=1\` to see where an error came from.
`

function section(name: string, ours: CliCommand): string {
  const command = new Command(`vampira ${name}`)
  addTo(command, ours, {} as Terminal, () => {})
  const own = command.options.filter(({ long }) => long !== '--store' && long !== '--json')
  return [
    `## ${name}`,
    '',
    ours.description,
    '',
    '```sh',
    ...ours.examples.flatMap(([line, does]) => [`# ${does}`, line]),
    '```',
    '',
    `\`${command.name()} ${command.usage()}\``,
    '',
    ...(own.length === 0
      ? []
      : ['| option | |', '|---|---|', ...own.map((o) => `| \`${o.flags}\` | ${cell(o.description)} |`), '']),
    ...Object.entries(ours.exitCodes ?? {}).map(([code, meaning]) => `- exit code ${code}: ${meaning}`),
    ...(ours.exitCodes === undefined ? [] : ['']),
  ].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
