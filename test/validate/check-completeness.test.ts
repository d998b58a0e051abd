import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { checkCompleteness } from '../../src/validate/check-completeness.ts'
import { matrix } from '../../src/validate/completeness-matrix.ts'
import type { CompletenessReport, UseCaseResult } from '../../src/validate/completeness-report.ts'
import { quadsOf } from '../queries/cases.ts'
import { editRecord, edits } from '../shapes/edited-record.ts'

const run = 'urn:uuid:019abcde-0000-7000-8000-000000000001'
const full = { completedRunsOfThisPipeline: 1, otherRuns: 4, otherPipelines: 2 }
const empty = { completedRunsOfThisPipeline: 0, otherRuns: 0, otherPipelines: 0 }

function edited(name: string): ReturnType<typeof editRecord> {
  const edit = edits.find((each) => each.name === name)
  if (edit === undefined) throw new Error(`There is no edit ${name}`)
  return editRecord(edit.update)
}

function useCase(report: CompletenessReport, id: string): UseCaseResult {
  const found = report.useCases.find((each) => each.id === id)
  if (found === undefined) throw new Error(`There is no ${id} in the report`)
  return found
}

const answered = (report: CompletenessReport): string[] =>
  report.useCases.filter((each) => each.answered).map(({ id }) => id)

describe('a record that satisfies everything', () => {
  test('answers all nine use cases where the store holds what they compare with', async () => {
    const report = await checkCompleteness(editRecord(), { store: full })
    expect(report.run).toBe(run)
    expect(report.requirements.map(({ status }) => status)).toEqual(Array(17).fill('satisfied'))
    expect(report.sentence).toBe('holds the facts for UC1, UC2, UC3, UC4, UC5, UC6, UC7, UC8, UC9')
  })

  test('is not asked about stored records where no store was given', async () => {
    const { requirements } = await checkCompleteness(editRecord())
    expect(requirements.filter(({ status }) => status === 'not-asked').map(({ id }) => id)).toEqual([
      'records-of-same-pipeline',
      'records-of-other-pipelines',
    ])
  })

  test('misses what an empty store does not hold: other pipelines for some use cases, other runs for others', async () => {
    const report = await checkCompleteness(editRecord(), { store: empty })
    expect(answered(report)).toHaveLength(9)
    expect(useCase(report, 'UC1').lackingInStore).toEqual(['records-of-same-pipeline'])
    expect(useCase(report, 'UC2').lackingInStore).toEqual(['records-of-other-pipelines'])
    expect(useCase(report, 'UC8').warnings).toEqual(['records-of-other-pipelines'])
    expect(report.sentence).toBe(
      'holds the facts for UC1, UC2, UC3, UC4, UC5, UC6, UC7, UC8, UC9; ' +
        'the store has for UC1 no provenance records of the same pipeline; ' +
        'the store has for UC2, UC3, UC5, UC6, UC7 no provenance records of other pipelines',
    )
  })

  test('use cases that compare runs are content with another run, of whichever pipeline', async () => {
    const report = await checkCompleteness(editRecord(), { store: { ...full, otherPipelines: 0 } })
    expect(useCase(report, 'UC8').warnings).toEqual([])
    expect(useCase(report, 'UC4').warnings).toEqual(['records-of-other-pipelines'])
  })
})

test('whether the store holds other runs is not asked without a store, in cells of their own shape too', async () => {
  const report = await checkCompleteness(editRecord())
  const others = report.useCases.map(
    ({ needs }) => needs.find(({ requirement }) => requirement === 'records-of-other-pipelines')?.status,
  )
  expect(new Set(others)).toEqual(new Set(['not-asked', undefined]))
})

describe('of requirements marked as alternatives one is enough', () => {
  test('prediction needs consumption or quality', async () => {
    for (const name of ['no-quality', 'run-without-consumption'])
      expect(useCase(await checkCompleteness(edited(name), { store: full }), 'UC3').answered, name).toBe(true)
    const both = [...edited('no-quality')].filter(({ predicate }) => !predicate.value.endsWith('#cpuSeconds'))
    const report = await checkCompleteness(both, { store: full })
    expect(useCase(report, 'UC3').missing).toEqual([['resource-consumption', 'quality-metrics']])
    expect(report.sentence).toContain('to unlock UC3 record resource consumption or quality metrics')
  })
})

describe('a run that serves nothing', () => {
  test('called nothing', async () => {
    const report = await checkCompleteness(edited('no-calls'), { store: full })
    expect(answered(report)).toEqual([])
    expect(useCase(report, 'UC2').missing).toEqual([['components']])
    expect(report.sentence).toContain('no components')
  })

  test('is a program that read, wrote and was given nothing: /bin/true', async () => {
    const program = edited('commands-only').filter(
      ({ subject, predicate }) =>
        !/#file-|#quality-/.test(subject.value) && !predicate.value.endsWith('#used'),
    )
    const report = await checkCompleteness(program, { store: full })
    expect(answered(report)).toEqual([])
    expect(useCase(report, 'UC1').missing).toEqual([['data-sources', 'parameters', 'data-flow']])
  })
})

describe('a finding', () => {
  const hints = async (fixture: string) => {
    const record = quadsOf([fixture]).filter(({ graph }) => graph.value.endsWith('#record'))
    const { requirements } = await checkCompleteness(record)
    return requirements.find(({ id }) => id === 'quality-metrics')?.findings.map(({ lines }) => lines)
  }

  test('of a missing quality has lines to copy, with a file that this run wrote', async () => {
    expect(await hints('ranking')).toEqual([
      ['--quality KEY=ranking.tsv#/KEY  # KEY: name of a number in the file'],
    ])
  })

  test('names the node, what people call it, its source line, and what to do', async () => {
    const { requirements } = await checkCompleteness(edited('parameter-of-a-call'))
    const { status, findings } = requirements.find(({ id }) => id === 'parameters')!
    expect(status).toBe('missing')
    expect(findings).toEqual([
      {
        node: `${run}#call-4`,
        label: 'stars.smooth',
        place: 'stars.py:46',
        message:
          'Record the value of the parameter std in this call, also when it is the default (vam:isDefault true) or redacted (vam:redacted true).',
        severity: 'Violation',
        requirement: 'parameters',
      },
    ])
  })

  test('that only informs leaves the requirement unanswered and the use case open', async () => {
    const report = await checkCompleteness(edited('nothing-written'), { store: full })
    expect(report.requirements.find(({ id }) => id === 'data-products')?.status).toBe('nothing-to-check')
    expect(useCase(report, 'UC2').answered).toBe(true)
  })

  test('that only informs says so', async () => {
    const { requirements } = await checkCompleteness(edited('nothing-written'))
    const { findings } = requirements.find(({ id }) => id === 'data-products')!
    expect(findings.map(({ node, severity }) => [node, severity])).toEqual([[run, 'Info']])
  })

  test('about a node that a property leads to names that node, not the run', async () => {
    const { requirements } = await checkCompleteness(edited('package-without-version'))
    const { findings } = requirements.find(({ id }) => id === 'runtime-environment')!
    expect(findings).toHaveLength(1)
    expect(findings[0]?.node).not.toBe(run)
  })

  test('about a product that nothing leads back from names the product and its writer', async () => {
    const { requirements } = await checkCompleteness(edited('product-from-nowhere'))
    const { findings } = requirements.find(({ id }) => id === 'data-flow')!
    const about = findings.map(({ node, label, place }) => [node.replace(run, ''), label, place])
    expect(about).toEqual([['#file-7', 'noise.png', 'stars.py:50']])
  })

  test('is listed once, even where two results say the same of one node', async () => {
    const { requirements } = await checkCompleteness(edited('two-runs'))
    for (const { findings } of requirements) {
      const sentences = findings.map(({ node, message }) => `${node} ${message}`)
      expect(sentences).toEqual([...new Set(sentences)])
    }
  })
})

describe('what is no record', () => {
  test('an empty graph has no run, and answers nothing that needs one', async () => {
    const report = await checkCompleteness([], { store: full })
    expect(report.run).toBeUndefined()
    const runs = report.requirements.find(({ id }) => id === 'pipeline-runs')
    expect(runs?.findings.map(({ message }) => message)).toEqual([expect.stringContaining('exactly one run')])
    expect(report.useCases.filter((each) => each.answered)).toEqual([])
  })

  test('an empty graph without a store has no run either', async () => {
    const report = await checkCompleteness([])
    expect(report.requirements.find(({ id }) => id === 'pipeline-runs')?.status).toBe('missing')
  })
})

describe('the use cases that are asked for', () => {
  test('are judged alone, whatever the case of their names', async () => {
    const report = await checkCompleteness(editRecord(), { useCases: ['uc4', 'UC9'], store: full })
    expect(report.sentence).toBe('holds the facts for UC4, UC9')
  })

  test('must exist', async () => {
    const outcome = await checkCompleteness(editRecord(), { useCases: ['UC10'] }).catch(
      (error: unknown) => error,
    )
    expect(outcome).toBeInstanceOf(UsageError)
    expect((outcome as UsageError).advice).toBe('Choose from UC1, UC2, UC3, UC4, UC5, UC6, UC7, UC8, UC9.')
  })
})

test('the matrix has a row a requirement and a cell where a use case needs it', async () => {
  const { columns, rows } = matrix(await checkCompleteness(edited('no-machine'), { store: full }))
  expect(columns.map(({ id }) => id)).toEqual(['UC1', 'UC2', 'UC3', 'UC4', 'UC5', 'UC6', 'UC7', 'UC8', 'UC9'])
  expect(rows).toHaveLength(17)
  expect(rows.flatMap(({ cells }) => cells).filter((cell) => cell !== undefined)).toHaveLength(77)
  const environment = rows.find(({ id }) => id === 'runtime-environment')
  const missing = environment?.cells.map((cell) => cell && [cell.status, cell.blocks])
  expect(missing).toEqual([
    ['missing', true],
    undefined,
    ['missing', true],
    ['missing', false],
    undefined,
    undefined,
    undefined,
    ['missing', true],
    ['missing', false],
  ])
})

test('in the matrix, what has an alternative that is there blocks nothing', async () => {
  const { rows } = matrix(await checkCompleteness(edited('no-quality'), { store: full }))
  const [, , prediction] = rows.find(({ id }) => id === 'quality-metrics')?.cells ?? []
  expect(prediction).toMatchObject({ level: 'one-of:a', status: 'missing', blocks: false })
})
