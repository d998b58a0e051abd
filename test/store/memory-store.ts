import { StoreError, UsageError } from '../../src/errors.ts'
import type { Part, RunEntry, Store, StoredGraph } from '../../src/store/store.ts'

/** The smallest store that does what the port says, apart from outliving this process. */
export function memoryStore(): Store {
  const kept = new Map<string, { entry: RunEntry; texts: Record<Part, string> }>()
  const notes = new Map<string, StoredGraph[]>()
  return {
    location: 'memory',
    problems: [],
    runs: async () => [...kept.values()].map(({ entry }) => entry).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    has: async (run) => kept.has(iriOf(run)),
    async graph(run, part): Promise<StoredGraph> {
      const texts = kept.get(iriOf(run))?.texts
      if (texts === undefined) throw new StoreError(`Run ${run} is not in memory`)
      const mediaType = part === 'record' ? 'application/trig' : 'application/n-quads'
      const size = Buffer.byteLength(texts[part])
      return {
        graph: `${iriOf(run)}#${part}`,
        mediaType,
        size,
        async *text() {
          yield texts[part]
        },
      }
    },
    async notes(run) {
      if (!kept.has(iriOf(run))) throw new StoreError(`Run ${run} is not in memory`)
      return notes.get(iriOf(run)) ?? []
    },
    async annotate(run, write) {
      if (!kept.has(iriOf(run))) throw new StoreError(`Run ${run} is not in memory`)
      const before = notes.get(iriOf(run)) ?? []
      const graph = `${iriOf(run)}#notes-${before.length + 1}`
      const text = write(graph)
      const size = Buffer.byteLength(text)
      const added = {
        graph,
        mediaType: 'application/trig' as const,
        size,
        text: async function* () {
          yield text
        },
      }
      notes.set(iriOf(run), [...before, added])
      return graph
    },
    async begin(run) {
      const id = iriOf(run)
      const texts = { record: '', summary: '' }
      return {
        write: async (part, text) => void (texts[part] += text),
        commit: async (entry) => void kept.set(id, kept.get(id) ?? { entry, texts }),
        abandon: async () => {},
      }
    },
  }
}

function iriOf(run: string): string {
  const id = run.toLowerCase().replace(/^urn:uuid:/, '')
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return `urn:uuid:${id}`
  throw new UsageError(`‹${run}› is not the IRI of a run`)
}
