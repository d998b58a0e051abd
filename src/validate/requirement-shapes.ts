import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../package-root.ts'
import { readShapes } from './read-shapes.ts'
import type { ShapesGraph } from './shapes-graph.ts'
import { SH } from './shacl-terms.ts'

let shapes: Promise<ShapesGraph> | undefined

/**
 * The shapes of the seventeen requirements, read once a process; that they are well-formed is checked when they are
 * built, not here, where it would take a second. Those that some cells of the table ask for
 * instead of the usual ones, deactivated in their files, are asked with them.
 */
export function readRequirementShapes(): Promise<ShapesGraph> {
  shapes ??= read()
  return shapes
}

async function read(): Promise<ShapesGraph> {
  const folder = join(packageRoot, 'shapes', 'requirements')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ttl')).toSorted()
  const found = await readShapes(
    files.map((name) => join(folder, name)),
    { checked: true },
  )
  const { namedNode } = (await import('n3')).DataFactory
  const { dataset } = found
  for (const quad of dataset.getQuads(null, `${SH}deactivated`, null, null)) {
    dataset.removeQuad(quad)
    const [root = ''] = quad.subject.value.split('#')
    dataset.addQuad(namedNode(root), namedNode(`${SH}property`), namedNode(quad.subject.value))
  }
  return found
}
