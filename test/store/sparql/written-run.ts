import type { Part, RunEntry, Store, StoredGraph } from '../../../src/store/store.ts'

/** A store of one run whose graphs are these texts, in pieces of odd sizes. */
export function storeOf(run: string, record: string, summary: string, notes: readonly string[] = []): Store {
  const graph = (name: string, mediaType: StoredGraph['mediaType'], text: string): StoredGraph => ({
    graph: `${run}#${name}`,
    mediaType,
    size: Buffer.byteLength(text),
    async *text() {
      for (let at = 0; at < text.length; at += 4093) yield text.slice(at, at + 4093)
    },
  })
  return {
    location: 'a test',
    problems: [],
    runs: async () => [],
    has: async (id) => id === run,
    graph: async (_run: string, part: Part) =>
      part === 'record'
        ? graph('record', 'application/trig', record)
        : graph('summary', 'application/n-quads', summary),
    annotate: async () => {
      throw new Error('nobody adds to it')
    },
    notes: async () => notes.map((text, at) => graph(`notes-${at + 1}`, 'application/trig', text)),
    begin: () => Promise.reject(new Error('read only')),
  }
}

/** A record of so many calls in TriG, and its summary in N-Quads, with literals that servers like to rewrite. */
export function writeRun(run: string, calls: number): { record: string; summary: string } {
  const prefixes =
    'PREFIX prov: <http://www.w3.org/ns/prov#>\nPREFIX vam: <https://w3id.org/vampira#>\n' +
    `PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\nPREFIX run: <${run}#>\n`
  const lines = [`GRAPH run:record {\n<${run}> a prov:Activity, vam:PipelineRun .`]
  for (let n = 1; n <= calls; n++) {
    lines.push(
      `run:call-${n} a prov:Activity, vam:Call ; prov:startedAtTime "2026-11-23T20:14:03.${String(n).padStart(9, '0')}Z"^^xsd:dateTime ; ` +
        `vam:wallSeconds 0.${n}0 ; prov:value "${n}.50E1"^^xsd:double, 0${n}, "é 漢 \\"${n}\\" \\\\ \\n" .`,
    )
  }
  lines.push('run:call-1 a vam:Call .\n}')
  const vam = 'https://w3id.org/vampira#'
  const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
  const summary = [
    `<${run}#summary> <${type}> <${vam}Summary> <${run}#summary> .`,
    `<${run}> <${type}> <${vam}PipelineRun> <${run}#summary> .`,
    `<${run}#component-1> <${type}> <${vam}ComponentSummary> <${run}#summary> .`,
    `<${run}#component-1> <${vam}callCount> "${calls}"^^<http://www.w3.org/2001/XMLSchema#integer> <${run}#summary> .`,
  ]
  return { record: `${prefixes}${lines.join('\n')}\n`, summary: `${summary.join('\n')}\n` }
}

/** Stores a run of so many calls as the recorder would. */
export async function storeRun(
  store: Store,
  run: string,
  calls: number,
  name = 'written',
): Promise<RunEntry> {
  const { record, summary } = writeRun(run, calls)
  const entry: RunEntry = {
    id: run,
    name,
    label: name,
    startedAt: '2026-11-23T20:14:02.118204311Z',
    status: 'Completed',
    callCount: calls,
    commandLine: ['python', 'written.py'],
    tripleCount: calls * 7 + 2,
  }
  const writer = await store.begin(run)
  await writer.write('record', record)
  await writer.write('summary', summary)
  await writer.commit(entry)
  return entry
}
