import type { QueryEngine } from '../query/engine.ts'
import { sha256Of } from '../rdf/digest-iri.ts'
import { ask, text } from './ask.ts'

/** A file of a run whose bytes are known: of its code, read, or made. */
export interface RunFile {
  /** Relative to the run's working directory, or absolute. */
  path: string
  role: 'code' | 'read' | 'made'
  /** Hexadecimal. */
  sha256: string
}

const roles: Readonly<Record<string, RunFile['role']>> = { 'source file': 'code', 'input file': 'read' }

/** The files of a run whose bytes are known, code first. */
export async function listRunFiles(engine: QueryEngine, run: string): Promise<RunFile[]> {
  const needs = await ask(engine, 'uc1-what-a-rerun-needs', { run: [run] })
  const products = await ask(engine, 'data-products', { run: [run] })
  const found = [
    ...needs.flatMap((row): RunFile[] => {
      const role = roles[text(row, 'need')]
      return role === undefined ? [] : [{ path: text(row, 'name'), role, sha256: text(row, 'value') }]
    }),
    ...products.flatMap((row): RunFile[] => {
      const sha256 = sha256Of(text(row, 'content'))
      if (sha256 === undefined) return []
      return [{ path: text(row, 'path'), role: 'made', sha256 }]
    }),
  ]
  const order = ['code', 'read', 'made']
  const once = new Map(found.map((file) => [`${file.role} ${file.path} ${file.sha256}`, file]))
  return [...once.values()].toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
}
