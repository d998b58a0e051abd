import type { Quad } from '@rdfjs/types'

/** Lines that are handed on together. */
const CHUNK = 512

/** Writes each quad as a line. */
export async function* writeLines(
  quads: AsyncIterable<Quad> | Iterable<Quad>,
  line: (quad: Quad) => string,
): AsyncGenerator<string, void, undefined> {
  let lines: string[] = []
  for await (const quad of quads) {
    lines.push(line(quad))
    if (lines.length < CHUNK) continue
    yield `${lines.join('\n')}\n`
    lines = []
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`
}
