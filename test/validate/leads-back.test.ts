import { join } from 'node:path'
import { Writer } from 'n3'
import { Store as Engine } from 'oxigraph'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { findUnsourced } from '../../src/validate/leads-back.ts'
import { readShapes } from '../../src/validate/read-shapes.ts'
import { readConstraint } from '../../src/validate/sparql-constraint.ts'
import { SH } from '../../src/validate/shacl-terms.ts'
import { example, recordSteps, smallGraph } from './small-graph.ts'

const { dataset } = await readShapes([join(packageRoot, 'shapes', 'requirements', 'data-flow.ttl')])
const [constraint] = dataset.getObjects(null, `${SH}sparql`, null)
const query = readConstraint(dataset, constraint!).bind(example('run'))

/** `:out` is what the call `:write` of the run made. */
const run = `:run vam:commandLine '["python","a.py","survey"]' .
  :write provone:wasPartOf :run . :out a vam:FileVersion ; prov:wasGeneratedBy :write .
`
const source = ':in a vam:FileVersion .'

test.each<{ title: string; turtle: string; found?: readonly string[] }>([
  { title: 'a product that nothing leads back from', turtle: '', found: ['out'] },
  { title: 'a file that was removed is no product', turtle: ':out prov:wasInvalidatedBy :run .' },
  { title: 'its call read a source', turtle: `:write prov:used :in . ${source}` },
  {
    title: 'its call read what is no source, because the run made it from nothing',
    turtle: `:write prov:used :mid . :mid a vam:FileVersion ; prov:wasGeneratedBy :draft . :draft provone:wasPartOf :run .`,
    found: ['mid', 'out'],
  },
  {
    title: 'its call used what another call made of a source',
    turtle: `:write prov:used :v . :v prov:wasGeneratedBy :read . :read prov:used :in . ${source}`,
  },
  {
    title: 'its call received what another call made of a source',
    turtle: `:write vam:received :v . :v prov:wasGeneratedBy :read . :read prov:used :in . ${source}`,
  },
  {
    title: 'the caller of its call read a source',
    turtle: `:write vam:calledBy :c . :c prov:used :in . ${source}`,
  },
  {
    title: 'a call far below its call read a source',
    turtle: `:b vam:calledBy :write . :c vam:calledBy :b . :c prov:used :in . ${source}`,
  },
  {
    title: 'another call of the same caller read a source that nobody passed on',
    turtle: `:write vam:calledBy :c . :read vam:calledBy :c ; prov:used :in . ${source}`,
    found: ['out'],
  },
  {
    title: 'only a later reader of the product read a source',
    turtle: `:show prov:used :out, :in . ${source}`,
    found: ['out'],
  },
  {
    title: 'its call used an argument of the command line',
    turtle: ':write prov:used :v . :v prov:value "survey" .',
  },
  {
    title: 'its call used only a part of an argument of the command line',
    turtle: ':write prov:used :v . :v prov:value "surv" .',
    found: ['out'],
  },
  { title: 'its call lies at a gap of the capture', turtle: ':write vam:gap :gap .' },
  {
    title: 'its call is one of a version that is declared a generator',
    turtle: ':write prov:qualifiedAssociation :a . :a prov:hadPlan :v . :v a vam:Generator .',
  },
  {
    title: 'its call is one of a component that is declared a generator',
    turtle:
      ':write prov:qualifiedAssociation :a . :a prov:hadPlan :v . :v prov:specializationOf :c . :c a vam:Generator .',
  },
  {
    title: 'calls go in a circle, and none of them got anything',
    turtle:
      ':write prov:used :v . :v prov:wasGeneratedBy :b . :b prov:used :w . :w prov:wasGeneratedBy :write .',
    found: ['out'],
  },
  {
    title: 'a second call is recorded as its maker, and that one read a source',
    turtle: `:out prov:wasGeneratedBy :rewrite . :rewrite provone:wasPartOf :run ; prov:used :in . ${source}`,
    found: ['out'],
  },
  { title: 'what its call made is no file', turtle: ':value prov:wasGeneratedBy :write .', found: ['out'] },
])('One walk finds the products that the query of the shape finds: $title', ({ turtle, found = [] }) => {
  const record = smallGraph(run + turtle)
  const engine = new Engine()
  engine.load(new Writer({ format: 'N-Triples' }).quadsToString(record.getQuads(null, null, null, null)), {
    format: 'application/n-triples',
  })
  const asked = (engine.query(query) as Map<string, { value: string }>[]).map(
    (row) => row.get('value')!.value,
  )
  const steps = recordSteps(record)
  const walked = findUnsourced(steps, steps.number(example('run'))).map((found) => steps.text(found))
  expect(walked.toSorted()).toEqual(found.map(example))
  expect(asked.toSorted()).toEqual(walked.toSorted())
})
