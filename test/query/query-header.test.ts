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
      reads: 'records',
    })
  })

  it.each([
    ['a section is missing', /#\+ summary.*\n/, '', '`#+ summary:` is missing', 1],
    ['a section is misspelt', 'returns', 'return', '`return` is not one of', 6],
    ['a use case does not exist', 'UC2', 'UC10', '`UC10` is neither', 2],
    ['a type does not exist', 'iri+', 'url', 'a parameter is', 4],
    ['a parameter is not described', ': at most', '', 'a parameter is', 5],
    ['a column is not described', 'run: the run\n', 'run\n', 'a column is', 7],
    ['it reads something else', 'records', 'everything', '`reads` is summaries or records', 8],
  ])('says the line when %s', (_, from, to, message, line) => {
    const read = () => readQueryHeader('bad.rq', good.replace(from, to))
    expect(read).toThrow(QueryError)
    expect(read).toThrow(message)
    expect(read).toThrow(expect.objectContaining({ place: { file: 'bad.rq', line } }))
  })
})
