import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CliCommand } from '../../cli/command.ts'
import { command as diff } from '../../cli/diff.ts'
import { command as impact } from '../../cli/impact.ts'
import { command as lineage } from '../../cli/lineage.ts'
import { command as list } from '../../cli/list.ts'
import { command as queries } from '../../cli/queries.ts'
import { command as query } from '../../cli/query.ts'
import { command as show } from '../../cli/show.ts'
import { command as validate } from '../../cli/validate.ts'
import { entryOf, storeOf } from '../queries/cases.ts'
import { openScreen } from './screen.ts'

/*
 * What commands show of the recorded runs in test/queries/fixtures, in files of screens/: without processes, so that all
 * of them take a second. A style stands as ‹red›text‹/›, and notes on standard error follow `2>`. After a change that is
 * meant, run this file with `--update` and look at every difference.
 */
let folder: string
let remove: () => void
let zone: string | undefined
beforeAll(async () => {
  zone = process.env['TZ']
  process.env['TZ'] = 'UTC'
  const made = await storeOf()
  folder = made.store.location
  remove = made.remove
})
afterAll(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
  remove()
})

const iri = (fixture: string, node: string) => `${entryOf(fixture).id}#${node}`
const file = 'file-1'

interface Screen {
  name: string
  command: CliCommand<never>
  args?: () => readonly string[]
  options?: object
  width?: number
  code?: number
}

const screens: readonly Screen[] = [
  { name: 'list', command: list },
  { name: 'list-narrow', command: list, width: 60 },
  { name: 'list-failed', command: list, options: { status: 'FAILED' } },
  { name: 'list-by-name', command: list, options: { name: 'c*ling', limit: 2 } },
  { name: 'list-none', command: list, options: { name: 'cool' } },
  { name: 'list-json', command: list, options: { json: true, limit: 1 } },
  { name: 'show-narrow', command: show, args: () => ['cooling'], width: 80 },
  { name: 'show-wide', command: show, args: () => [entryOf('cooling-default').id], width: 200 },
  { name: 'show-ranking', command: show, args: () => ['ranking'] },
  { name: 'show-readiness', command: show, args: () => ['ranking'], options: { readiness: true } },
  {
    name: 'diff',
    command: diff,
    args: () => [entryOf('cooling-default').id, entryOf('cooling-keeps-glitches').id],
    code: 1,
  },
  {
    name: 'diff-failed',
    command: diff,
    args: () => [entryOf('cooling-default').id, entryOf('cooling-fails').id],
    width: 100,
    code: 1,
  },
  { name: 'diff-same', command: diff, args: () => ['last', 'ranking'], code: 0 },
  { name: 'lineage', command: lineage, args: () => [iri('ranking', 'file-2')] },
  { name: 'lineage-near', command: lineage, args: () => [iri('ranking', 'file-2')], options: { depth: 1 } },
  { name: 'lineage-source', command: lineage, args: () => [iri('cooling-default', file)] },
  { name: 'impact', command: impact, args: () => [iri('cooling-default', file)], width: 90 },
  { name: 'lineage-unknown', command: lineage, args: () => ['ni:///sha-256;unknown'], code: 1 },
  { name: 'queries', command: queries, width: 100 },
  { name: 'queries-lineage', command: queries, args: () => ['lineage'], width: 100 },
  { name: 'query-table', command: query, args: () => ['runs'], width: 120 },
  { name: 'query-csv', command: query, args: () => ['failures'], options: { format: 'csv' } },
  { name: 'query-tsv', command: query, args: () => ['failures'], options: { format: 'tsv' } },
  {
    name: 'query-one-run',
    command: query,
    args: () => ['overview'],
    options: { run: ['ranking'], format: 'table' },
  },
  { name: 'validate', command: validate, args: () => ['ranking'], code: 1 },
  {
    name: 'validate-requirements',
    command: validate,
    args: () => [join(import.meta.dirname, '..', 'shapes', 'good-record.trig')],
    options: { requirements: true, useCase: ['UC8,UC9'], store: undefined },
    code: 0,
  },
]

test.each(screens)(
  'The screen $name',
  async ({ name, command, args = () => [], options = {}, width = Infinity, code }) => {
    const { terminal, text } = openScreen(width)
    const ended = await command.run(terminal, args(), { store: folder, ...options } as never, [])
    const shown = text()
      .replaceAll(folder, '‹store›')
      .replaceAll(join(import.meta.dirname, '..', '..'), '‹package›')
    await expect(shown).toMatchFileSnapshot(`screens/${name}.txt`)
    expect(ended ?? 0).toBe(code ?? 0)
  },
)
