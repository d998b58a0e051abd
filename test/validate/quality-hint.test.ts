import { expect, test } from 'vitest'
import { hintAtQuality } from '../../src/validate/quality-hint.ts'
import { example, recordSteps, smallGraph } from './small-graph.ts'

/** A call of a function of this name; what it returned is in `returned`, as in Turtle. */
const call = (n: number, name: string, returned: string): string => `
  :call-${n} provone:wasPartOf :run ; prov:qualifiedAssociation :a-${n} . :a-${n} prov:hadPlan :v-${name} .
  :v-${name} prov:specializationOf :c-${name} . :c-${name} schema:name "fit.${name}" ; vam:kind vam:Function .
  :value-${n} prov:wasGeneratedBy :call-${n} ; prov:value ${returned} .`
const file =
  ':call-1 provone:wasPartOf :run . :out a vam:FileVersion ; prov:wasGeneratedBy :call-1 ; vam:path "out.json" .'

function hint(turtle: string): string[] {
  const record = recordSteps(smallGraph(turtle))
  return hintAtQuality(record, record.number(example('run')))
}

test('The hint at a quality names the function that returned a number and was called the least', () => {
  const turtle = [1, 2, 3].map((n) => call(n, 'step', '0.5')).join('') + call(4, 'error', '1.0e-3')
  expect(hint(turtle + call(5, 'read', '"text"') + file)).toEqual([
    "# vampira.toml, in the store's folder",
    '[quality]',
    'error = "fit.error"',
    'KEY = "out.json#/KEY"  # a number in the file: KEY is its key or column',
  ])
})

test('The hint at a quality names no function where none returned a number, and no file that holds none', () => {
  expect(hint(call(1, 'read', '"text"') + file)).toHaveLength(3)
  expect(hint(call(1, 'error', '0.5'))).toHaveLength(3)
  expect(hint(call(1, '<lambda>', '0.5').replaceAll('-<lambda>', '-l'))).toContain(
    '"<lambda>" = "fit.<lambda>"',
  )
  expect(hint(file.replace('out.json', 'out.png'))).toEqual([])
})

test('The hint at a quality does not depend on the order of triples, which servers do not keep', () => {
  const calls = ['error', 'bias'].map((name, n) => call(n + 1, name, '0.5'))
  const files = ['b.json', 'a.json', 'a.csv'].map((path) =>
    file.replaceAll(':out ', `:${path.replace('.', '-')} `).replace('out.json', path),
  )
  const hinted = hint([...calls, ...files].join(''))
  expect(hinted.slice(2).map((line) => line.replace(/ +#.*/, ''))).toEqual([
    'bias = "fit.bias"',
    'KEY = "a.json#/KEY"',
  ])
  expect(hint([...files.toReversed(), ...calls.toReversed()].join(''))).toEqual(hinted)
})
