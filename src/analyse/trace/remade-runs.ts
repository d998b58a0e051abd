import { ask, text } from '../ask.ts'
import { compareTimes } from '../../compare-times.ts'
import { numberOf, textOf } from '../read-row.ts'
import { groupBy } from '../../group-by.ts'
import type { Asking, RemadeRun, Trace, TraceNode } from './trace.ts'

/**
 * The runs to run again where the start of an impact was wrong, each after those whose products it read: what ran
 * earlier comes first. Of runs that did the same, one stands for all.
 */
export async function findRemadeRuns({ engine, signal }: Asking, trace: Trace): Promise<RemadeRun[]> {
  const products = productsOf(trace)
  const touched = [...products.keys()]
  if (touched.length === 0) return []
  const scratch = await scratchOf({ engine, signal }, touched)
  for (const [run, files] of products) {
    const left = files.filter(({ content }) => !scratch.has(`${run} ${content}`))
    if (left.length > 0) products.set(run, left)
    else products.delete(run)
  }
  const runs = [...products.keys()]
  const degrees = degreesOf(trace)
  const rows = await ask(engine, 'commands', { run: runs }, signal)
  return rows
    .map((row): RemadeRun => {
      const run = text(row, 'run')
      const [commandLine, workingDirectory] = [textOf(row, 'commandLine'), textOf(row, 'workingDirectory')]
      const seconds = numberOf(row, 'wallSeconds')
      const files = products.get(run)!
      return {
        run,
        pipeline: text(row, 'pipeline'),
        started: text(row, 'started'),
        ...(commandLine !== undefined && { commandLine: JSON.parse(commandLine) as string[] }),
        ...(workingDirectory !== undefined && { workingDirectory }),
        ...(seconds !== undefined && { seconds }),
        degree: degrees.get(run) ?? 1,
        strength: files.some(({ strength }) => strength === 'seen') ? 'seen' : 'possible',
        files: files.map(({ label, content, strength }) => ({
          label,
          ...(content !== undefined && { content }),
          strength,
        })),
      }
    })
    .toSorted((one, other) => compareTimes(one.started, other.started) || (one.run < other.run ? -1 : 1))
}

/** What runs left among temporary files, which nobody makes again for its own sake. */
async function scratchOf({ engine, signal }: Asking, runs: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await ask(engine, 'file-steps', { run: runs }, signal)
  const isProduct = (row: (typeof rows)[number]) => text(row, 'scratch') !== 'true'
  const made = rows.filter((row) => text(row, 'role') !== 'used')
  const keyOf = (row: (typeof rows)[number]) => `${text(row, 'run')} ${text(row, 'content')}`
  const products = new Set(made.filter(isProduct).map(keyOf))
  return new Set(made.map(keyOf).filter((key) => !products.has(key)))
}

/** Files that were reached and made, by run. */
function productsOf({ nodes, edges }: Trace): Map<string, TraceNode[]> {
  const byIri = new Map(nodes.map((node) => [node.iri, node]))
  const products = new Map<string, Map<string, TraceNode>>()
  for (const { from, to } of edges) {
    const [maker, file] = [byIri.get(from), byIri.get(to)]
    if (maker?.run === undefined || file === undefined || isFile(maker) || !isFile(file)) continue
    if (file.run !== undefined && file.run !== maker.run) continue
    const known = products.get(maker.run) ?? new Map<string, TraceNode>()
    products.set(maker.run, known.set(file.iri, file))
  }
  return new Map([...products].map(([run, files]) => [run, [...files.values()]]))
}

/** How many runs there are from the start to each run, itself included. */
function degreesOf({ start, nodes, edges }: Trace): Map<string, number> {
  const runs = new Map(nodes.map(({ iri, run }) => [iri, run]))
  const makers = groupBy(
    edges.filter(({ from, to }) => runs.get(from) !== undefined && runs.get(to) === undefined),
    ({ to }) => to,
  )
  const onward = new Map<string, Set<string>>()
  const first = new Set(start.iris.flatMap((iri) => runs.get(iri) ?? []))
  for (const { from, to } of edges) {
    const there = runs.get(to)
    if (there === undefined) continue
    const here = runs.get(from) === undefined ? (makers.get(from) ?? []).map((edge) => edge.from) : [from]
    if (here.length === 0) first.add(there)
    for (const run of here.map((iri) => runs.get(iri)!)) {
      if (run !== there) onward.set(run, (onward.get(run) ?? new Set()).add(there))
    }
  }
  const degrees = new Map([...first].map((run) => [run, 1]))
  for (const [run, degree] of degrees)
    for (const next of onward.get(run) ?? []) if (!degrees.has(next)) degrees.set(next, degree + 1)
  return degrees
}

function isFile({ kind }: TraceNode): boolean {
  return kind === 'FileVersion' || kind === 'Content'
}
