import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ParseError, UsageError } from '../errors.ts'
import { Dataset } from './dataset.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.ttl': 'text/turtle',
  '.trig': 'application/trig',
  '.nq': 'application/n-quads',
  '.nt': 'application/n-triples',
  '.rdf': 'application/rdf+xml',
  '.owl': 'application/rdf+xml',
  '.jsonld': 'application/ld+json',
  '.json': 'application/ld+json',
}

/**
 * Loads a file of RDF and returns the names of its graphs. Triples outside a named graph are put where a record or
 * summary exported by itself belongs, {run}#record or {run}#summary; else in a graph named by the file.
 *
 * @throws UsageError for a file that is not there or of no known format, ParseError with line and column.
 */
export async function loadRdfFile(dataset: Dataset, file: string): Promise<string[]> {
  const mediaType = mediaTypes[extname(file).toLowerCase()]
  if (mediaType === undefined) {
    throw new UsageError(`Cannot tell the format of ${file} by its name`, {
      place: { file },
      advice: `Name it with one of ${Object.keys(mediaTypes).join(' ')}`,
    })
  }
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`Cannot read ${file}: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`, {
      place: { file },
      cause,
    })
  }
  const own = await Dataset.create()
  const url = pathToFileURL(resolve(file)).href
  try {
    own.load([text], mediaType, undefined, url)
  } catch (cause) {
    throw new ParseError(
      `Cannot read ${file} as ${mediaType}: ${String((cause as Error).message).split('\n')[0]}`,
      {
        place: { file },
        cause,
        advice: 'Correct the file, or give it the name ending of the format that it is in.',
      },
    )
  }
  const graphs = new Set<string>()
  const loose = own.match().filter((quad) => {
    if (quad.graph.termType === 'NamedNode') graphs.add(quad.graph.value)
    return quad.graph.termType === 'DefaultGraph'
  })
  const home = loose.length === 0 ? undefined : graphOf(own, url)
  if (home !== undefined) graphs.add(home)
  dataset.load([text], mediaType, home, url)
  return [...graphs]
}

/** The name of the graph that triples without one belong to. */
function graphOf(own: Dataset, url: string): string {
  const answer = own.query(`
    PREFIX vam: <https://w3id.org/vampira#>
    SELECT ?run (COUNT(?summary) AS ?summaries)
    WHERE { ?run a vam:PipelineRun OPTIONAL { ?summary a vam:Summary } }
    GROUP BY ?run`)
  const [row, ...others] = answer.type === 'bindings' ? answer.rows : []
  if (row?.['run'] === undefined || others.length > 0) return url
  return `${row['run'].value}#${row['summaries']?.value === '0' ? 'record' : 'summary'}`
}
