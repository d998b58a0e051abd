import { expect, test } from 'vitest'
import { formatMatrix } from '../../cli/matrix.ts'
import type { CompletenessReport, RequirementStatus } from '../../src/index.ts'
import { openScreen } from './screen.ts'

/** One use case that needs one requirement. */
function rowOf(status: RequirementStatus, blocks: boolean): string {
  const report: CompletenessReport = {
    run: undefined,
    requirements: [{ id: 'a', name: 'Parameters', group: '', status, findings: [] }],
    useCases: ['UC1', 'UC2'].map((id) => ({
      ...{ id, group: '', name: '', answered: !blocks, lackingInStore: [], unknown: [], warnings: [] },
      missing: blocks ? [['a']] : [],
      needs: id === 'UC1' ? [{ requirement: 'a', level: 'mandatory', status }] : [],
    })),
    sentence: '',
  }
  return formatMatrix(openScreen().terminal, report)[1]!
}

test.each<[status: RequirementStatus, blocks: boolean, cell: string]>([
  ['satisfied', false, '‹green› ✓ ‹/›'],
  ['missing', true, '‹red› ✗ ‹/›'],
  ['missing', false, '‹yellow› ○ ‹/›'],
  ['nothing-to-check', false, '‹dim› – ‹/›'],
  ['not-asked', false, '‹dim› ? ‹/›'],
])('What is %s (blocks: %s) is drawn %s, and nothing where it is not needed', (status, blocks, cell) => {
  expect(rowOf(status, blocks)).toBe(`Parameters   ${cell}`)
})
