import { expect, test } from 'vitest'
import { callsInScript } from '../../../src/analyse/recommend-components/calls-in-script.ts'

const names = new Map(
  [
    'survey.smooth',
    'survey.extract',
    'other.extract',
    'plot.draw',
    'sort',
    'astropy.convolution.kernels.Kernel.__init__',
  ].map((name) => [`iri:${name}`, name]),
)

test.each([
  [
    'the inner call comes first',
    'from survey import extract, smooth\nextract(smooth(x, width=(1, 2)))',
    ['survey.smooth', 'survey.extract'],
  ],
  ['what is said in comments and texts is not called', '# draw(x)\nprint("draw(x)", """\ndraw(x)""")', []],
  ['a definition is no call', 'def draw(x):\n    return x', []],
  ['a method is known by its last word', 'import plot\nplot.draw(table)', ['plot.draw']],
  [
    'of two of a name the one of the module that is imported',
    'import other\nother.extract(x)',
    ['other.extract'],
  ],
  ['a program by its name as a text', 'import subprocess\nsubprocess.run(["sort", "a.txt"])', ['sort']],
  ['a class by its constructor', 'k = Kernel(2)', ['astropy.convolution.kernels.Kernel.__init__']],
  ['each once', 'draw(a)\ndraw(b)', ['plot.draw']],
])('In a script %s', (_, script, expected) => {
  expect(callsInScript(script, names).map((iri) => names.get(iri))).toEqual(expected)
})
