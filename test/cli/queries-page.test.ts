import { expect, test } from 'vitest'
import { catalogue } from '../../src/query/catalogue.ts'
import type { CatalogueQuery } from '../../src/query/catalogue.ts'
import { readRequirementTable } from '../../src/validate/requirement-table.ts'

test('docs/queries.md says what the headers of the queries say (npx vitest -u test/cli rewrites it)', async () => {
  const queries = await catalogue()
  const { useCases } = await readRequirementTable()
  const groups = [
    { id: 'everyday', name: 'Everyday' },
    ...useCases.map(({ id, name }) => ({ id, name: `${id}: ${name}` })),
  ]
  const sections = groups.map(({ id, name }) => {
    const here = queries.filter(({ answers }) => answers.includes(id))
    return [`## ${name}`, '', ...here.flatMap(describeQuery)].join('\n')
  })
  await expect([heading, ...sections].join('\n')).toMatchFileSnapshot('../../docs/queries.md')
})

const heading = `# Queries

Ask one with \`vampira query NAME --param name=value\`; \`vampira queries NAME\` says what it takes. They are SPARQL 1.1 in
\`queries/\`, and give the same answer over a local store, a server, and several of them.

A query file of your own may be plain SPARQL. It reads the summaries of all runs. If it names what only records hold
(\`vam:Call\`, \`vam:FileVersion\`, a property such as \`vam:calledBy\`, the graph \`<urn:uuid:…#record>\`), it reads the
full records, too. A line on standard error says what was read, unless that was everything.

| option | about which runs |
| --- | --- |
| \`--run last\` | this run, whose record is then read in any case; repeat it for more |
| \`--last 20\` | the latest so many |
| \`--pipeline cooling\` | those of the pipeline of this name |
| \`--since 2026-11-29\` | those begun that day or later |

With several of these, all must hold. They narrow the answer of a ready-made query that has a parameter \`run\`, too; any
other refuses them. Records of more than one run are read up to 2,000,000 triples together. Beyond that the question is
refused, with what would fit. A server and an RDF file are read whole.

In a question, the default graph is all that is read. What stands in the default graph of an RDF file belongs to a graph
with a name if the file is about runs: to the run's record or summary, as it was before \`vampira export\`, or to the file
(\`<file:///…>\`) where it is about several. If it is about none, \`GRAPH ?g { … }\` does not find it.

A file with something broken in it is an error, with the line. With \`--lenient\`, what is broken is left out and told on
standard error: lines of N-Triples and N-Quads, whole statements of Turtle and TriG. JSON-LD and RDF/XML are read whole
or not at all.

\`vampira query mine.rq --run last\` asks this of the last run:

\`\`\`sparql mine.rq
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX vam: <https://w3id.org/vampira#>

# Which call used which file?
SELECT DISTINCT ?call ?file WHERE {
  ?activity a vam:Call ; rdfs:label ?call ; prov:used ?version .
  ?version a vam:FileVersion ; vam:path ?file .
}
ORDER BY ?file ?call
\`\`\`

To take parameters, a query begins with a header like those in \`queries/\`:

\`\`\`sparql
#+ summary: one sentence on what it answers
#+ answers: everyday, or use cases: UC1, UC2
#+ params:
#+   run iri+: a list of IRIs; iri, literal or integer, + for a list
#+   name literal required: must be given
#+   limit integer = 1000: has a default; a parameter named limit is the LIMIT of the query
#+ returns:
#+   component: one line for each variable of the answer
#+ shows: component
#+ reads: summaries, summaries of runs (of those that its parameter run names), or records
\`\`\`

\`shows\` may be left out. It names the columns of a table for people, which also has runs and contents by their first
letters; every other format has all columns in full.

A parameter is a block \`VALUES ?run { UNDEF }\` in the query: given, its terms stand there; not given, the block goes.
Values are bound as terms and never spliced into the text.
`

function describeQuery(query: CatalogueQuery): string[] {
  const parameters = query.parameters.map(({ name, type, many, required, default: usual, description }) => {
    const kind = `${type}${many ? ', may be repeated' : ''}${required ? ', required' : ''}`
    return `- \`${name}\` (${kind}${usual === undefined ? '' : `, default ${usual}`}): ${description}`
  })
  const columns = query.columns.map(({ name }) => `\`${name}\``).join(', ')
  const shown = query.shows.map((name) => `\`${name}\``).join(', ')
  return [
    `### ${query.name}`,
    '',
    `${query.summary}. Reads ${query.reads}.`,
    '',
    ...(parameters.length === 0 ? [] : ['Takes', '', ...parameters, '']),
    `Gives ${columns}.${shown === '' ? '' : ` A table shows ${shown}.`}`,
    '',
  ]
}
