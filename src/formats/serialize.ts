import type { Quad } from '@rdfjs/types'
import { StoreError, ParseError, UsageError } from '../errors.ts'
import { nquadsLine, ntriplesLine } from '../rdf/write-term.ts'
import { Prefixes } from '../rdf/prefixes.ts'
import { formatOf } from './format.ts'
import { parseQuads } from './parse.ts'
import { writeTurtle } from './write-turtle.ts'

/** A graph's text as a store keeps it. */
export interface GraphText {
  /** IRI of the named graph. */
  graph: string
  mediaType: string
  /** The file that it is kept in, for messages. */
  file?: string
  text(): AsyncIterable<string>
}

/**
 * Writes stored graphs in a format, in chunks. Text that is in that format already is handed on as it is; otherwise it is
 * read and written again, one graph after the other, with the prefixes that it came with.
 *
 * @param format one of `FORMATS`, but RDF/XML is only read
 * @throws UsageError for a format that cannot be written
 */
export async function* serializeGraphs(
  graphs: readonly GraphText[],
  format: string,
): AsyncGenerator<string, void, undefined> {
  const wanted = formatOf(format)
  if (!graphs.some(({ mediaType }) => mediaType === wanted.mediaType)) {
    const prefixes = new Prefixes()
    yield* serializeQuads(readGraphs(graphs, prefixes), wanted.name, prefixes)
    return
  }
  for (const graph of graphs) {
    if (graph.mediaType === wanted.mediaType) yield* graph.text()
    else {
      const prefixes = new Prefixes()
      yield* serializeQuads(readGraphs([graph], prefixes), wanted.name, prefixes)
    }
  }
}

/** Writes quads in a format, in chunks. Formats without graphs leave their names out. */
export async function* serializeQuads(
  quads: AsyncIterable<Quad> | Iterable<Quad>,
  format: string,
  prefixes: Prefixes = new Prefixes(),
): AsyncGenerator<string, void, undefined> {
  const { name } = formatOf(format)
  switch (name) {
    case 'turtle':
    case 'trig':
      yield* writeTurtle(quads, prefixes, { graphs: name === 'trig' })
      return
    case 'nquads':
      yield* writeLines(quads, nquadsLine)
      return
    case 'ntriples':
      yield* writeLines(quads, ntriplesLine)
      return
    case 'jsonld': {
      const { writeJsonLd } = await import('./jsonld/write-jsonld.ts')
      yield* writeJsonLd(quads, prefixes)
      return
    }
    case 'rdfxml': {
      throw new UsageError('RDF/XML can be read, but not written', {
        advice: 'Choose turtle, trig, nquads, ntriples or jsonld.',
      })
    }
  }
}

/** The quads of stored graphs; what prefixes their texts declare, `prefixes` learns. */
async function* readGraphs(
  graphs: readonly GraphText[],
  prefixes: Prefixes,
): AsyncGenerator<Quad, void, undefined> {
  for (const { graph, mediaType, file, text } of graphs) {
    // N-Quads declares none; the run's own makes the difference between pages and lines.
    prefixes.declare('run', graph.slice(0, graph.lastIndexOf('#') + 1))
    try {
      yield* parseQuads(text(), {
        format: mediaType,
        ...(file === undefined ? {} : { file }),
        onPrefix: (prefix, namespace) => prefixes.declare(prefix, namespace),
      })
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      throw new StoreError(`The stored graph ${graph} is damaged: ${error.message}`, {
        place: { iri: graph, ...error.place },
        advice: 'Restore the file from a backup; other runs are not affected.',
        cause: error,
      })
    }
  }
}

async function* writeLines(
  quads: AsyncIterable<Quad> | Iterable<Quad>,
  line: (quad: Quad) => string,
): AsyncGenerator<string, void, undefined> {
  let lines: string[] = []
  for await (const quad of quads) {
    lines.push(line(quad))
    if (lines.length < 512) continue
    yield `${lines.join('\n')}\n`
    lines = []
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`
}
