import type { QueryEngine } from '../../query/engine.ts'
import { listRunFiles } from '../run-files.ts'
import type { Sides } from './run-differences.ts'

/** A source file whose bytes differ, or that only one run has. */
export interface CodeDifference {
  /** In the first run, or in the second where only that has it. */
  path: string
  /** In the second run, where the file has another name there. */
  otherPath?: string
  /** Hexadecimal digests. */
  sha256: Sides<string>
}

interface Source {
  path: string
  sha256: string
}

/** The source files of two runs that differ, by their paths in the project. Reads both records. */
export async function compareCode(
  engine: QueryEngine,
  first: string,
  second: string,
): Promise<CodeDifference[]> {
  const [one, other] = [await sourcesOf(engine, first), await sourcesOf(engine, second)]
  return pairSources(one, other)
}

async function sourcesOf(engine: QueryEngine, run: string): Promise<Source[]> {
  return (await listRunFiles(engine, run)).filter(({ role }) => role === 'code')
}

/** The same bytes under another name are no difference. Of the rest, a lone file of each run is the same one renamed. */
export function pairSources(one: readonly Source[], other: readonly Source[]): CodeDifference[] {
  const notIn = (sources: readonly Source[], there: readonly Source[]) =>
    sources.filter(({ sha256 }) => !there.some((each) => each.sha256 === sha256))
  const [left, right] = [notIn(one, other), notIn(other, one)]
  const pairs = left.map((source) => [source, right.find(({ path }) => path === source.path)] as const)
  const gone = pairs.flatMap(([source, same]) => (same === undefined ? [source] : []))
  const come = right.filter(({ path }) => left.every((source) => source.path !== path))
  const [from, to] = gone.length === 1 && come.length === 1 ? [gone[0], come[0]] : []
  return [
    ...pairs.map(([source, same]) => difference(source, source === from ? to : same)),
    ...come.filter((source) => source !== to).map((source) => difference(undefined, source)),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function difference(one: Source | undefined, other: Source | undefined): CodeDifference {
  const path = (one ?? other)!.path
  return {
    path,
    ...(other !== undefined && other.path !== path && { otherPath: other.path }),
    sha256: [one?.sha256, other?.sha256],
  }
}
