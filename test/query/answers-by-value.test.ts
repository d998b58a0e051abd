import { expect, test } from 'vitest'
import { answersByValue, spellingOf } from '../../src/query/answers-by-value.ts'
import { openEngine } from '../../src/query/open-engine.ts'
import { nquadsLine } from '../../src/rdf/write-term.ts'
import { endpointAt, listen } from '../sparql/listen.ts'
import { endpointWith } from './endpoint-with.ts'

const xsd = 'http://www.w3.org/2001/XMLSchema#'

test.each([
  ['double', ['5', '5.0', '5.0e0', '5.0E0', '+05.00e0', '0.5e1'], '5'],
  ['double', ['2.5e-1', '.25', '0.25'], '0.25'],
  ['double', ['1e21', '1.0E21', '1000000000000000000000'], '1e21'],
  ['double', ['1.5e-7', '0.00000015'], '1.5e-7'],
  ['double', ['-0', '-0.0E0'], '-0'],
  ['double', ['INF', '+INF'], 'INF'],
  ['double', ['NaN'], 'NaN'],
  ['double', ['five5'], 'five5'],
  ['float', ['5.0e0', '5'], '5'],
  ['decimal', ['5.0', '5', '05.00'], '5'],
  ['integer', ['05', '+5', '5'], '5'],
  ['boolean', ['1', 'true'], 'true'],
  ['dateTime', ['2026-11-23T20:14:02.100+00:00', '2026-11-23T20:14:02.1Z'], '2026-11-23T20:14:02.1Z'],
  ['dateTime', ['2026-11-23T20:14:02.1234567891Z'], '2026-11-23T20:14:02.1234567891Z'],
  ['string', ['5.0e0'], '5.0e0'],
])('An xsd:%s has one spelling, whichever it came in: %j is %s', (type, lexicals, spelling) => {
  expect(lexicals.map((lexical) => spellingOf(lexical, xsd + type))).toEqual(lexicals.map(() => spelling))
})

test('A server that spells a number in its own way gives the same rows as a store that does not', async () => {
  const fuseki = await listen((response) =>
    response.end(
      JSON.stringify({
        head: { vars: ['s', 'o', 'p'] },
        results: {
          bindings: [
            {
              s: { type: 'uri', value: 'urn:a' },
              o: { type: 'literal', value: '5.0e0', datatype: `${xsd}double` },
              p: { type: 'literal', value: '5.0e0', 'xml:lang': 'en' },
            },
          ],
        },
      }),
    ),
  )
  const other = await endpointWith('<urn:g> { <urn:a> <urn:p> 5.0e0, "5.0e0"@en }')
  const question =
    'SELECT ?s ?o ?p WHERE { GRAPH ?g { ?s ?q ?o, ?p } FILTER (isNumeric(?o) && lang(?p) = "en") }'
  const [one, two] = await Promise.all(
    [endpointAt(fuseki.url), other.endpoint].map(async (endpoint) =>
      answersByValue(await openEngine([{ endpoint }])).query(question),
    ),
  )
  expect(one).toEqual(two)
  expect(one).toMatchObject({ rows: [{ o: { value: '5' }, p: { value: '5.0e0' } }] })
})

test('A graph that a server gives spells its numbers by value too', async () => {
  const { url } = await listen((response) => response.end(`<urn:a> <urn:b> "5.0e0"^^<${xsd}double> .\n`))
  const engine = answersByValue(await openEngine([{ endpoint: endpointAt(url) }]))
  const answer = await engine.query('CONSTRUCT WHERE { ?s ?p ?o }')
  expect(answer.type === 'quads' && answer.quads.map(nquadsLine)).toEqual([
    `<urn:a> <urn:b> "5"^^<${xsd}double> .`,
  ])
})
