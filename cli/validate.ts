import { checkCompleteness, readRequirementTable } from '../src/index.ts'
import type { CompletenessReport, Finding, RequirementResult } from '../src/index.ts'
import type { CliCommand } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { formatMatrix, requirementSigns } from './matrix.ts'
import { collect, lenient } from './parameters.ts'
import { printable } from './terminal/columns.ts'
import { readTargetsFor } from './read-targets-for.ts'
import type { Terminal } from './terminal/terminal.ts'

interface ValidateOptions {
  useCase?: string[]
  requirements?: boolean
  lenient?: boolean
}

const shown = 5

export const command: CliCommand<ValidateOptions> = {
  arguments: '[targets...]',
  description:
    'Checks how complete the record of a run is (the last one, or these runs and RDF files): which use cases it can ' +
    'answer, what is missing, at which node and source line, and how to record it.',
  examples: [
    ['vampira validate', 'the matrix of use cases and requirements for the last run'],
    [
      'vampira validate last --use-case UC1 --use-case UC3',
      'whether it can be run again, and its cost predicted',
    ],
    ['vampira validate run.ttl --json', 'the findings of an exported record, as JSON'],
  ],
  exitCodes: {
    0: 'the record holds the facts for every use case that was asked about',
    1: 'something is missing for one of them',
    2: 'asked wrongly: an unknown run, file or use case',
    3: 'could not be done',
  },
  configure(command) {
    command
      .option('--use-case <id>', 'only this use case, UC1 to UC9; repeat it for more', collect)
      .option('--requirements', 'list the requirements one by one, with what each asks for')
      .option(...lenient)
  },
  async run(terminal, args, options) {
    const useCases = options.useCase?.flatMap((text) => text.split(','))
    const reports = []
    for await (const { name, record, store } of readTargetsFor(terminal, args, options)) {
      const progress = terminal.progress(`Checking ${name}`)
      try {
        const report = await checkCompleteness(record, {
          ...(useCases && { useCases }),
          ...(store && { store }),
        })
        reports.push({ target: name, ...report })
        progress.done()
        if (options.json === true) continue
        if (reports.length > 1) await terminal.print('')
        await terminal.print(terminal.style('bold', printable(name)))
        await terminal.print(
          options.requirements === true
            ? await listRequirements(terminal, report)
            : formatMatrix(terminal, report),
        )
        await terminal.print(formatMissing(terminal, report), '', `This run ${report.sentence}.`)
      } finally {
        progress.done()
      }
    }
    if (options.json === true) await terminal.printJson(reports)
    const complete = reports.every((report) => report.useCases.every(({ answered }) => answered))
    return complete ? exitCodes.fine : exitCodes.findings
  },
}

async function listRequirements(terminal: Terminal, report: CompletenessReport): Promise<string[]> {
  const { requirements } = await readRequirementTable()
  return report.requirements.flatMap(({ id, name, status }) => {
    const asked = requirements.find((requirement) => requirement.id === id)
    const sign = requirementSigns[status] ?? '?'
    const style = status === 'satisfied' ? 'green' : status === 'missing' ? 'red' : 'dim'
    return [
      `${terminal.style(style, sign)} ${name}`,
      terminal.style('dim', `    ${asked?.satisfiedWhen ?? ''}`),
    ]
  })
}

/** What is missing for the use cases that were asked about: where, and how to record it. */
function formatMissing(terminal: Terminal, report: CompletenessReport): string[] {
  return report.requirements
    .filter(({ status }) => status === 'missing')
    .flatMap((requirement) => {
      const needing = report.useCases.filter(({ needs }) =>
        needs.some((need) => need.requirement === requirement.id && need.status === 'missing'),
      )
      if (needing.length === 0) return []
      const ids = needing.map(({ id }) => id).join(', ')
      return [
        '',
        `${terminal.style('bold', requirement.name)} (${ids})`,
        ...formatFindings(terminal, requirement),
      ]
    })
}

function formatFindings(terminal: Terminal, { findings }: RequirementResult): string[] {
  const byMessage = new Map<string, Finding[]>()
  for (const finding of findings) {
    if (finding.severity === 'Violation')
      byMessage.set(finding.message, [...(byMessage.get(finding.message) ?? []), finding])
  }
  return [...byMessage].flatMap(([message, found]) => [
    `  ${printable(message)}`,
    ...found.slice(0, shown).map((finding) => `    ${terminal.style('cyan', printable(whereIs(finding)))}`),
    ...(found.length > shown
      ? [terminal.style('dim', `    and ${found.length - shown} more; --json lists all`)]
      : []),
    ...(found[0]?.lines ?? []).map((line) => `      ${printable(line)}`),
  ])
}

function whereIs({ node, label, place }: Finding): string {
  const name = label === undefined ? node : `${label}  ${node.replace(/^urn:uuid:[0-9a-f-]+#/, '#')}`
  return place === undefined ? name : `${place}  ${name}`
}
