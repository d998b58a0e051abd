import { describe, expect, test } from 'vitest'
import { ContextTerms } from '../../../src/formats/jsonld/context-terms.ts'

const context = {
  '@version': 1.1,
  ex: 'urn:example:',
  web: 'http://example.org/ns#',
  Thing: 'ex:Thing',
  label: 'web:label',
  used: { '@id': 'ex:used', '@type': '@id' },
  size: { '@id': 'ex:size', '@type': 'web:integer' },
  anySize: 'ex:size',
  'ex:special': { '@id': 'ex:other', '@type': '@id' },
}

describe('a context read backwards', () => {
  const terms = new ContextTerms(context)

  test.each([
    ['urn:example:used', [{ term: 'used', type: '@id' }]],
    ['http://example.org/ns#label', [{ term: 'label', type: undefined }]],
    [
      'urn:example:size',
      [
        { term: 'size', type: 'http://example.org/ns#integer' },
        { term: 'anySize', type: undefined },
      ],
    ],
    ['urn:example:unknown', []],
    ['urn:example:', []],
  ])('has for the property %s the words %j', (iri, words) => expect(terms.property(iri)).toEqual(words))

  test.each([
    ['urn:example:Thing', 'Thing'],
    ['urn:example:Other', 'ex:Other'],
    ['urn:else:Other', 'urn:else:Other'],
    // A word that makes IRIs of its values is no name.
    ['urn:example:used', 'ex:used'],
  ])('names the class %s %s', (iri, name) => expect(terms.name(iri)).toBe(name))

  test.each([
    ['urn:example:a', 'ex:a'],
    ['http://example.org/ns#a', 'web:a'],
    // Nothing is left to stand after the prefix.
    ['urn:example:', 'urn:example:'],
    // That spelling is a word for something else.
    ['urn:example:special', 'urn:example:special'],
    // ex://a would be read as an address.
    ['urn:example://a', 'urn:example://a'],
    ['urn:example:/a', 'ex:/a'],
  ])('shortens %s to %s', (iri, short) => expect(terms.compact(iri)).toBe(short))

  test.each([
    ['run', 'urn:uuid:1#', { run: 'urn:uuid:1#' }, 'urn:uuid:1#a', 'run:a'],
    ['mod', 'urn:swep.', { mod: { '@id': 'urn:swep.', '@prefix': true } }, 'urn:swep.clip', 'mod:clip'],
    ['', 'urn:empty:', {}, 'urn:empty:a', 'urn:empty:a'],
    // The word is taken: it stays what it is.
    ['label', 'urn:label:', {}, 'urn:label:a', 'urn:label:a'],
  ])('takes the prefix %j of %s', (prefix, namespace, addition, iri, short) => {
    const more = new ContextTerms(context)
    expect(more.addPrefix(prefix, namespace)).toEqual(addition)
    expect(more.compact(iri)).toBe(short)
  })
})
