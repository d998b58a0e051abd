import { expect, test } from 'vitest'
import { hintAtQuality } from '../../src/validate/quality-hint.ts'
import { example, recordSteps, smallGraph } from './small-graph.ts'

/** A call of a function of this name; what it returned is in `returned`, as in Turtle. */
const call = (n: number, name: string, returned: string, property = 'prov:value'): string => `
  :call-${n} provone:wasPartOf :run ; prov:qualifiedAssociation :a-${n} . :a-${n} prov:hadPlan :v-${name} .
  :v-${name} prov:specializationOf :c-${name} . :c-${name} schema:name "fit.${name}" ; vam:kind vam:Function .
  :value-${n} prov:wasGeneratedBy :call-${n} ; ${property} ${returned} .`
const json = (value: unknown) =>
  `${JSON.stringify(JSON.stringify(value))}^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>`
const file = (path = 'out.json', columns?: unknown) => {
  const name = path.replace('.', '-')
  const held =
    columns === undefined
      ? ''
      : `:${name} prov:specializationOf :of-${name} . :of-${name} vam:columnStatistics ${json(columns)} ; vam:columns ${json(['rms', 'step'])} .`
  return `:call-1 provone:wasPartOf :run .
  :${name} a vam:FileVersion ; prov:wasGeneratedBy :call-1 ; vam:path "${path}" . ${held}`
}

function hint(turtle: string): string[] {
  const record = recordSteps(smallGraph(turtle))
  return hintAtQuality(record, record.number(example('run')))
}

test('The hint at a quality has the numbers that were returned, those named like metrics and the rarest first', () => {
  const turtle = [1, 2, 3].map((n) => call(n, 'step', `0.${n}`)).join('') + call(4, 'width', '7')
  expect(hint(turtle + call(5, 'error', '1.0e-3') + call(6, 'read', '"text"'))).toEqual([
    '--quality error=fit.error  # was 1.0e-3',
    '--quality width=fit.width  # was 7',
    '--quality step=fit.step    # was 0.1',
    '# for all runs, in vampira.toml under [quality]: error = "fit.error"',
  ])
})

test('Of a mapping the numbers have their names, and deeper in it their places', () => {
  const scores = { model: 'tree', test: { r2: 0.9, 'a/b': 2 }, mae: 0.1, rows: [1, 2] }
  const expected = [
    '--quality r2=fit.train#/test/r2      # was 0.9',
    '--quality mae=fit.train              # was 0.1',
    '--quality a/b=fit.train#/test/a~1b   # was 2',
  ].map((line) => line.replace(/ +#/, ' #'))
  for (const property of ['prov:value', 'vam:fields']) {
    const lines = hint(call(1, 'train', json(scores), property)).map((line) =>
      line.replace(/ +# was/, ' # was'),
    )
    expect(lines.slice(0, 3)).toEqual(expected)
  }
})

test('Of a product that holds numbers by name these are told with their places', () => {
  const columns = [
    { name: 'name', missingShare: 0 },
    { name: 'rms', minimum: 0.25, maximum: 0.25 },
    { name: 'step', minimum: 1, maximum: 3 },
  ]
  expect(hint(file('fit.csv', columns)).slice(0, 2)).toEqual([
    '--quality rms=fit.csv#/rms    # was 0.25',
    '--quality step=fit.csv#/step  # in the last row',
  ])
})

test('Where no number is known a file that may hold one is named, and without one nothing', () => {
  expect(hint(call(1, 'read', '"text"') + file())).toEqual([
    '--quality KEY=out.json#/KEY  # KEY: name of a number in the file',
  ])
  expect(hint(file('out.png'))).toEqual([])
})

test('What a shell would take for its own is quoted', () => {
  expect(hint(call(1, '<lambda>', '0.5').replaceAll('-<lambda>', '-l'))).toEqual([
    "--quality '<lambda>=fit.<lambda>'  # was 0.5",
    '# for all runs, in vampira.toml under [quality]: "<lambda>" = "fit.<lambda>"',
  ])
})

test('Of very many numbers the first are told, and how many others there are', () => {
  const lines = hint(Array.from({ length: 9 }, (_, n) => call(n, `f${n}`, '0.5')).join(''))
  expect(lines).toHaveLength(8)
  expect(lines[6]).toBe('# and 3 other numbers')
})

test('The hint at a quality does not depend on the order of triples, which servers do not keep', () => {
  const calls = ['error', 'bias'].flatMap((name, n) => [
    call(2 * n, name, '0.5'),
    call(2 * n + 1, name, '0.25'),
  ])
  const files = ['b.json', 'a.json', 'a.csv'].map((path) =>
    file(path, [{ name: 'k', minimum: 1, maximum: 1 }]),
  )
  const hinted = hint([...calls, ...files].join(''))
  expect(hinted[0]).toBe('--quality bias=fit.bias    # was 0.25')
  expect(hint([...files.toReversed(), ...calls.toReversed()].join(''))).toEqual(hinted)
})
