import { describe, expect, test } from 'vitest'
import { readRequirementShapes } from '../../src/validate/requirement-shapes.ts'
import { SHAPES } from '../../src/validate/shacl-terms.ts'
import { validateShapes } from '../../src/validate/validate-shapes.ts'
import { edits } from '../shapes/edited-record.ts'
import { mutate } from '../shapes/mutations.ts'
import { reportingShapes } from '../shapes/reporting-shapes.ts'

/** What may be missing from a record, or say anything, and why. */
const doesNotMatter: readonly [mutation: RegExp, because: string][] = [
  [/ rdfs:label$/, 'people read it; no answer is made of it'],
  [/^spoil .* (?:schema:name|vam:path|vam:valueType)$/, 'any text is a name'],
  [/^spoil .* (?:vam:machine|vam:operatingSystem|schema:softwareVersion|vam:commit)$/, 'any text names one'],
  [/^spoil .* (?:dcterms:format|vam:workingDirectory)$/, 'any text may be one'],
  [/^spoil .* (?:vam:describedBy|dqv:isMeasurementOf)$/, 'any IRI names a describer, and a metric'],
  [/^spoil .* (?:dqv|prov):value$/, 'a quality or a value may be a text'],
  [/ vam:(?:calledFrom|elementType|signature)$/, 'people read it; no answer is made of it'],
  [
    /^delete vam:Call vam:calledBy$|^delete vam:CallGroup vam:calledBy$/,
    'a call without a caller is the first of its thread',
  ],
  [/^delete .* vam:received$/, 'a caller need not have got what its callee returned'],
  [/ vam:Call vam:(?:commandLine|exitCode)$/, 'only external programs have them'],
  [/^delete (?:vam:PipelineRun|any) vam:exitCode$/, 'a run that was killed has none'],
  [/ vam:Call(?:Group)? prov:wasAssociatedWith$/, 'the qualified association says it too'],
  [/ prov:Association prov:(?:agent|hadRole)$/, 'prov:wasAssociatedWith says it too'],
  [/ rdf:type prov:(?:Association|Usage|Person|Location)$/, 'what leads there says what it is'],
  [/ rdf:type vam:(?:Process|Setting|Parameter)$/, 'what leads there says what it is'],
  [/ prov:Generation prov:hadRole$/, 'a call has one result, unless it changed an argument in place'],
  [
    / (?:vam:ComponentVersion provone:hasOutPort|provone:Port schema:name)$/,
    'results are found by what generated them',
  ],
  [
    /^(?:delete|spoil) prov:Location schema:url$|^delete vam:FileVersion prov:atLocation$/,
    'vam:path says it too',
  ],
  [/^delete prov:Usage vam:isDefault$/, 'without the mark a value counts as given'],
  [/^delete vam:CallGroup prov:endedAtTime$/, 'a group that was going on when the run was killed has none'],
  [/ vam:Content vam:shape$/, 'what a describer found; there may be none'],
  [/^delete vam:Environment vam:interpreter$/, 'not every program has one'],
  [/ vam:FileVersion vam:noDigestBecause$/, 'the file with it was removed, and is no product'],
  [/ vam:PipelineRun prov:wasInfluencedBy$/, 'vam:environment says it too'],
  [/ vam:PipelineVersion schema:codeRepository$/, 'a repository may have no address'],
  [
    / vam:Process (?:prov:actedOnBehalfOf|vam:package)$/,
    'the run says who, and components say of which package',
  ],
  [/^delete vam:Setting vam:sampledCount$/, 'left out when the value of every call was seen'],
]

const shapes = await readRequirementShapes()
const outcomes: { name: string; found: ReadonlySet<string> }[] = []
for (const { name, quads } of mutate()) {
  const violations = (await validateShapes(quads, shapes)).filter(({ severity }) => severity === 'Violation')
  outcomes.push({ name, found: new Set(violations.map(({ shape }) => shape.slice(SHAPES.length))) })
}
const spared = (name: string) => doesNotMatter.some(([mutation]) => mutation.test(name))

describe('A property that is removed from a good record, or says nonsense, is noticed', () => {
  test.each(outcomes.filter(({ name }) => !spared(name)))('$name', ({ found }) => {
    expect([...found]).not.toEqual([])
  })
})

describe('A property is not asked for', () => {
  test.each(doesNotMatter)('%s: %s', (mutation) => {
    const meant = outcomes.filter(({ name }) => mutation.test(name))
    expect(meant).not.toEqual([])
    expect(meant.filter(({ found }) => found.size > 0).map(({ name }) => name)).toEqual([])
  })
})

test('Every shape that reports has an example, an edit or a mutation, that it finds', () => {
  const found = new Set([
    ...outcomes.flatMap((outcome) => [...outcome.found]),
    ...edits.flatMap(({ expected }) => expected.map(({ shape }) => shape)),
  ])
  const names = reportingShapes(shapes.dataset).map(({ value }) => value.slice(SHAPES.length))
  expect(names.filter((name) => !found.has(name) && !name.endsWith('#store'))).toEqual([])
})
