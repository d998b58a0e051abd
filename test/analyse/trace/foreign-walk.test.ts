import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { impact, lineage } from '../../../src/analyse/trace/walk.ts'
import { openEngine } from '../../../src/query/open-engine.ts'

const prefixes = 'PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX e: <http://example.org/>\n'

async function reached(text: string, direction: typeof lineage, of: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-foreign-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'foreign.trig')
  writeFileSync(file, prefixes + text)
  const engine = await openEngine([{ file }])
  onTestFinished(() => engine.close())
  const { nodes, start } = await direction(engine, `http://example.org/${of}`)
  return start.known ? nodes.map(({ iri }) => iri.replace('http://example.org/', '')).toSorted() : []
}

test.each([
  ['usage and generation', 'e:b prov:wasGeneratedBy e:x . e:x prov:used e:a .', ['a', 'b', 'x']],
  ['what an activity generated', 'e:x prov:generated e:b ; prov:used e:a .', ['a', 'b', 'x']],
  [
    'qualified usage and generation',
    'e:b prov:qualifiedGeneration [ prov:activity e:x ] . e:x prov:qualifiedUsage [ prov:entity e:a ] .',
    ['a', 'b', 'x'],
  ],
  ['derivation', 'e:b prov:wasDerivedFrom e:a .', ['a', 'b']],
  [
    'revision, quotation and primary source',
    'e:b prov:wasRevisionOf e:c . e:c prov:wasQuotedFrom e:d . e:d prov:hadPrimarySource e:a .',
    ['a', 'b', 'c', 'd'],
  ],
  ['qualified derivation', 'e:b prov:qualifiedDerivation [ prov:entity e:a ] .', ['a', 'b']],
  [
    'communication',
    'e:b prov:wasGeneratedBy e:y . e:y prov:wasInformedBy e:x . e:x prov:used e:a .',
    ['a', 'b', 'x', 'y'],
  ],
  [
    'specialization, alternates and members',
    'e:b prov:specializationOf e:c . e:c prov:alternateOf e:d . e:d prov:hadMember e:a .',
    ['a', 'b', 'c', 'd'],
  ],
  [
    'bundles',
    'GRAPH e:one { e:b prov:wasGeneratedBy e:x } GRAPH e:two { e:x prov:used e:a }',
    ['a', 'b', 'x'],
  ],
])('PROV-O of others is walked along %s, both ways', async (_, text, expected) => {
  expect(await reached(text, lineage, 'b')).toEqual(expected)
  expect(await reached(text, impact, 'a')).toEqual(expected)
})

test('What no file says anything of is not known', async () => {
  expect(await reached('e:b prov:wasDerivedFrom e:a .', lineage, 'other')).toEqual([])
})
