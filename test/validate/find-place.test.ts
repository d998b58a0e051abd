import { describe, expect, test } from 'vitest'
import { PlaceFinder } from '../../src/validate/find-place.ts'
import { example, recordSteps, smallGraph } from './small-graph.ts'

function at(turtle: string, name: string) {
  const record = recordSteps(smallGraph(turtle))
  return new PlaceFinder(record).place(record.number(example(name)))
}
function called(turtle: string) {
  const record = recordSteps(smallGraph(turtle))
  return new PlaceFinder(record).label(record.number(example('it')))
}

describe('A node is called by', () => {
  test.each([
    ['its label', ':it rdfs:label "fit" ; vam:path "a.csv" ; schema:name "b" .', 'fit'],
    ['its path', ':it vam:path "a.csv" ; schema:name "b" .', 'a.csv'],
    [
      'its name, before that of its component',
      ':it schema:name "numpy" ; prov:specializationOf :c . :c schema:name "c" .',
      'numpy',
    ],
    [
      'the name of the component that it is a version of',
      ':it prov:specializationOf :c ; schema:url "file:///a" . :c schema:name "stars.fit" .',
      'stars.fit',
    ],
    ['its URL', ':it schema:url "file:///a" .', 'file:///a'],
    ['nothing, where the record does not say', ':it prov:used :a .', undefined],
  ])('%s', (_, turtle, label) => expect(called(turtle)).toBe(label))
})

describe('The place of a call', () => {
  const code = ':version vam:definedIn :file ; vam:startLine 12 . :file rdfs:label "stars.py" .'

  test('is the line that called it', () => {
    expect(at(`:it vam:calledFrom "main.py:3" ; prov:qualifiedAssociation :a . ${code}`, 'it')).toBe(
      'main.py:3',
    )
  })

  test('is the definition of what was called, where nobody saw the line', () => {
    expect(at(`:it prov:qualifiedAssociation :a . :a prov:hadPlan :version . ${code}`, 'it')).toBe(
      'stars.py:12',
    )
  })

  test('of a program is that of the call that started it', () => {
    const turtle = `:it prov:qualifiedAssociation :a ; vam:calledBy :caller . :a prov:hadPlan :program .
      :caller vam:calledFrom "main.py:7" .`
    expect(at(turtle, 'it')).toBe('main.py:7')
  })

  test('of a program that no call started is unknown', () => {
    expect(at(':it prov:qualifiedAssociation :a . :a prov:agent :somebody .', 'it')).toBeUndefined()
  })
})

describe('The place of a definition', () => {
  test('is its file and its first line', () => {
    expect(at(':it vam:definedIn :file ; vam:startLine 12 . :file rdfs:label "stars.py" .', 'it')).toBe(
      'stars.py:12',
    )
  })

  test('is its file alone, by its IRI, where no more is known', () => {
    expect(at(':it vam:definedIn :file .', 'it')).toBe(example('file'))
  })
})

describe('The place of data', () => {
  const calls = ':maker vam:calledFrom "make.py:1" . :user vam:calledFrom "use.py:2" .'

  test('is that of the call that made it', () => {
    expect(at(`:it prov:wasGeneratedBy :maker . :user prov:used :it . ${calls}`, 'it')).toBe('make.py:1')
  })

  test('is that of a call that used it, where it was there before', () => {
    expect(at(`:user prov:used :it . ${calls}`, 'it')).toBe('use.py:2')
  })

  test('of a path is that of the file which was there', () => {
    expect(at(`:data prov:atLocation :it ; prov:wasGeneratedBy :maker . ${calls}`, 'it')).toBe('make.py:1')
  })

  test('that nobody made or used is unknown', () => {
    expect(at(`:it a vam:Value . ${calls}`, 'it')).toBeUndefined()
  })
})
