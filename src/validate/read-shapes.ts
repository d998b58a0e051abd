import { readFile } from 'node:fs/promises'
import { ParseError, ShapeError } from '../errors.ts'
import { read as readTurtle } from '../formats/turtle.ts'
import { checkShapes } from './check-shapes.ts'
import type { ShapesGraph, ShapesSource } from './shapes-graph.ts'

export interface ReadShapesOptions {
  /** They are known to be well-formed: it is not checked again. */
  checked?: boolean
}

/**
 * Reads shapes files into one graph.
 * @throws ShapeError naming file, line and IRI, when one is not Turtle, not well-formed SHACL (checked with the W3C's
 * SHACL-SHACL), holds a misspelt term, or uses what would silently be ignored.
 */
export async function readShapes(
  files: readonly string[],
  options: ReadShapesOptions = {},
): Promise<ShapesGraph> {
  return parseShapes(
    await Promise.all(files.map(async (file) => ({ file, text: await read(file) }))),
    options,
  )
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new ShapeError(`Cannot read the shapes file ${file}: ${(cause as Error).message}`, {
      place: { file },
      advice: 'Name a file of SHACL shapes in Turtle.',
      cause,
    })
  }
}

/** Like readShapes, for texts at hand. */
export async function parseShapes(
  sources: readonly ShapesSource[],
  options: ReadShapesOptions = {},
): Promise<ShapesGraph> {
  const { Store } = await import('n3')
  const dataset = new Store()
  for (const { file, text } of sources) {
    try {
      for await (const quads of readTurtle(text, { file })) dataset.addQuads([...quads])
    } catch (cause) {
      if (!(cause instanceof ParseError)) throw cause
      throw new ShapeError(`${file} is not Turtle: ${cause.message}`, {
        place: { file, ...cause.place },
        advice: 'Correct the syntax at this line.',
        cause,
      })
    }
  }
  const graph = { dataset, sources }
  if (options.checked !== true) await checkShapes(graph)
  return graph
}
