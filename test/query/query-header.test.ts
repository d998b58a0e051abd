import { describe, expect, it } from 'vitest'
import { QueryError } from '../../src/errors.ts'
import { readQueryHeader } from '../../src/query/query-header.ts'

const good = `#+ summary: What it says
#+ answers: UC1, UC2
#+ params:
#+   run iri+ required: the runs: one or more
#+   limit integer = 5: at most
#+ returns:
#+   run: the run
#+ reads: records
SELECT ?run {}
`

describe('readQueryHeader', () => {
  it('reads every section', () => {
    expect(readQueryHeader('good.rq', good)).toEqual({
      summary: 'What it says',
      answers: ['UC1', 'UC2'],
      parameters: [
        {
          name: 'run',
          type: 'iri',
          many: true,
          required: true,
          default: undefined,
          description: 'the runs: one or more',
        },
        {
          name: 'limit',
          type: 'integer',
          many: false,
          required: false,
          default: '5',
          description: 'at most',
        },
      ],
      columns: [{ name: 'run', description: 'the run' }],
      shows: [],
      reads: 'records',
    })
  })

  it('reads which columns a table shows', () => {
    const withShows = (names: string) =>
      good.replace('#+ reads', `#+   call: the call\n#+ shows: ${names}\n#+ reads`)
    expect(readQueryHeader('good.rq', withShows('call, run')).shows).toEqual(['call', 'run'])
    expect(() => readQueryHeader('good.rq', withShows('run, cal'))).toThrow(
      'line 9: `cal` is not a column of `returns`',
    )
  })

  const withParameter = (line: string) => {
    const text = good.replace('  run iri+ required: the runs: one or more', `  ${line}`)
    return readQueryHeader('good.rq', text).parameters[0]
  }

  it.each([
    ['name literal: only this', { type: 'literal', many: false, required: false, default: undefined }],
    ['rank integer+ = 12: at most', { type: 'integer', many: true, required: false, default: '12' }],
    ['name literal = a b c: x', { type: 'literal', required: false, default: 'a b c' }],
    ['name literal = : x', { default: '' }],
    ['name iri = 3: of: colons', { default: '3', description: 'of: colons' }],
    ['name iri required: = no default', { required: true, default: undefined, description: '= no default' }],
  ])('reads the parameter %j', (line, expected) => {
    expect(withParameter(line)).toMatchObject(expected)
  })

  it.each([
    'name',
    'name: x',
    'iri: x',
    'a name iri: x',
    'name iri',
    'name iri:',
    'name iri required = 3: x',
    'name uri: x',
  ])('refuses the parameter %j', (line) => {
    expect(() => withParameter(line)).toThrow(
      'Cannot read the header of the query good.rq, line 4: a parameter is `name iri|literal|integer[+] [required| = default]: description`',
    )
  })

  it('reads a summary and a list of use cases that go on in the next line', () => {
    const text = good
      .replace('What it says', 'What\n#+   it says')
      .replace('UC1, UC2', 'UC1 UC9\n#+   everyday')
    expect(readQueryHeader('good.rq', text)).toMatchObject({
      summary: 'What it says',
      answers: ['UC1', 'UC9', 'everyday'],
    })
  })

  it('needs no parameters, and ends at the first other line', () => {
    const text = `#+ summary: x\n#+ answers: UC1\n#+ returns:\n#+   a: b\n#+ reads: summaries\nASK {}\n#+ summary: y`
    expect(readQueryHeader('x.rq', text)).toEqual({
      summary: 'x',
      answers: ['UC1'],
      parameters: [],
      columns: [{ name: 'a', description: 'b' }],
      shows: [],
      reads: 'summaries',
    })
  })

  it.each(['summary', 'answers', 'returns', 'reads'])('needs the section %s', (name) => {
    const kept = good.replace(new RegExp(`#\\+ ${name}:.*\n(#\\+ {3}.*\n)*`), '')
    expect(() => readQueryHeader('x.rq', kept)).toThrow(`line 1: \`#+ ${name}:\` is missing`)
  })

  it('needs a section before its content, and says where to read about headers', () => {
    expect(() => readQueryHeader('x.rq', `#+   text\n${good}`)).toThrow(
      expect.objectContaining({
        message: 'Cannot read the header of the query x.rq, line 1: it stands before the first section',
        malformed: true,
        advice: 'See docs/queries.md for what a header says.',
      }),
    )
  })

  it.each([
    ['a section is missing', /#\+ summary.*\n/, '', '`#+ summary:` is missing', 1],
    ['a section is misspelt', 'returns', 'return', '`return` is not one of', 6],
    ['a use case has letters before it', 'UC2', 'MYUC2', '`MYUC2` is neither', 2],
    ['a use case does not exist', 'UC2', 'UC10', '`UC10` is neither', 2],
    ['a type does not exist', 'iri+', 'url', 'a parameter is', 4],
    ['a parameter is not described', ': at most', '', 'a parameter is', 5],
    ['a column has two names', 'run: the run\n', 'a run: the run\n', 'a column is', 7],
    ['a column is not described', 'run: the run\n', 'run\n', 'a column is', 7],
    [
      'it reads something else',
      'records',
      'everything',
      '`reads` is one of summaries, summaries of runs, records',
      8,
    ],
  ])('says the line when %s', (_, from, to, message, line) => {
    const read = () => readQueryHeader('bad.rq', good.replace(from, to))
    expect(read).toThrow(QueryError)
    expect(read).toThrow(message)
    expect(read).toThrow(expect.objectContaining({ place: { file: 'bad.rq', line } }))
  })
})
