import type { Quad } from '@rdfjs/types'
import { ParseError, StoreError } from '../errors.ts'
import { Prefixes } from '../rdf/prefixes.ts'
import { formatOf } from './formats.ts'
import { parseQuads } from './parse.ts'

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
 * @param options.intoDefaultGraph leaves the names of the graphs out, in formats that have graphs too
 * @throws UsageError for a format that cannot be written
 */
export async function* serializeGraphs(
  graphs: readonly GraphText[],
  format: string,
  { intoDefaultGraph = false }: { intoDefaultGraph?: boolean } = {},
): AsyncGenerator<string, void, undefined> {
  const wanted = formatOf(format, 'write')
  if (intoDefaultGraph && wanted.graphs) {
    const prefixes = new Prefixes()
    yield* serializeQuads(withoutGraphs(readGraphs(graphs, prefixes)), wanted.name, prefixes)
    return
  }
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

/**
 * Writes quads in a format, in chunks. Formats without graphs leave their names out.
 *
 * @throws UsageError for a format that cannot be written
 */
export async function* serializeQuads(
  quads: AsyncIterable<Quad> | Iterable<Quad>,
  format: string,
  prefixes: Prefixes = new Prefixes(),
): AsyncGenerator<string, void, undefined> {
  const { write } = await formatOf(format, 'write').load()
  yield* write!(quads, prefixes)
}

async function* withoutGraphs(quads: AsyncIterable<Quad>): AsyncGenerator<Quad, void, undefined> {
  const { DataFactory } = await import('n3')
  for await (const { subject, predicate, object } of quads) {
    yield DataFactory.quad(subject as never, predicate as never, object as never) as Quad
  }
}

/** The quads of stored graphs. The prefixes of their texts are added to `prefixes`. */
async function* readGraphs(
  graphs: readonly GraphText[],
  prefixes: Prefixes,
): AsyncGenerator<Quad, void, undefined> {
  for (const { graph, mediaType, file, text } of graphs) {
    // N-Quads declares none, and with the prefix of the run the text is much shorter.
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
