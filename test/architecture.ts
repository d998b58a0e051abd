import { posix } from 'node:path'
import { readImports } from './imports.ts'

/** What the files of one room may import. */
export interface Room {
  /** Other rooms, or single files of them (`store/store`). */
  rooms: readonly string[]
  /** Rooms of which only types may be taken. */
  types?: readonly string[]
  /** Packages; a final `*` stands for anything. Node's own modules are everybody's. */
  packages?: readonly string[]
}

/** Who may import whom. Files directly in `src` are leaves that everybody may import, but for `index`. */
export const table: Readonly<Record<string, Room>> = {
  'src/errors': { rooms: [] },
  'src/package-root': { rooms: [] },
  'src/near-word': { rooms: [] },
  'src/count-of': { rooms: [] },
  'src/group-by': { rooms: [] },
  'src/compare-times': { rooms: [] },
  'src/unreadable': { rooms: [] },
  'src/host-hash': { rooms: [] },
  'src/canonical-json': { rooms: [] },
  'src/canonical-double': { rooms: [] },
  'src/ignore-patterns': { rooms: [], packages: ['picomatch'] },
  'src/json-pointer': { rooms: [] },
  'src/kept-places': { rooms: [] },
  'src/once-each': { rooms: [] },
  'src/pattern-of-text': { rooms: [] },
  'src/path-of-url': { rooms: [] },
  'src/last-word': { rooms: [] },
  'src/decoded': { rooms: [] },
  'src/shell-word': { rooms: [] },
  'src/picomatch.d': { rooms: [] },
  'src/jstat.d': { rooms: [] },
  'src/journal': { rooms: [] },
  'src/record': { rooms: ['src/journal'] },
  'src/capture': { rooms: ['src/journal'], packages: ['packageurl-js', 'hyparquet', 'smol-toml', 'yaml'] },
  'src/rdf': { rooms: [], packages: ['@rdfjs/types'] },
  'src/prov': { rooms: ['src/rdf', 'src/record'], packages: ['@rdfjs/types', 'packageurl-js'] },
  'src/formats': {
    rooms: ['src/rdf'],
    packages: ['@rdfjs/types', 'n3', 'jsonld', 'rdflib'],
  },
  'src/sparql': {
    rooms: ['src/rdf', 'src/formats'],
    packages: ['@rdfjs/types', '@rdfjs/data-model', 'n3'],
  },
  'src/store': {
    rooms: ['src/formats', 'src/rdf', 'src/sparql'],
    packages: ['@rdfjs/types'],
  },
  'src/query': {
    rooms: ['src/store/store', 'src/formats', 'src/rdf', 'src/sparql'],
    // The last is Oxigraph's web build, whose file Node.js would take for CommonJS.
    packages: [
      '@rdfjs/types',
      '@rdfjs/data-model',
      'oxigraph',
      '@comunica/*',
      '@traqula/*',
      '`data:text/javascript,*',
    ],
  },
  'src/validate': {
    rooms: ['src/rdf', 'src/formats', 'src/store/store', 'src/store/resolve-run'],
    packages: ['@rdfjs/types', 'n3', 'shacl-engine', 'oxigraph'],
  },
  'src/analyse': {
    rooms: ['src/query', 'src/sparql', 'src/rdf'],
    packages: ['@lezer/python', 'jstat', 'highs', 'diff'],
  },
  'src/contents': {
    rooms: [
      'src/capture/files/detect-format',
      'src/capture/describers/delimited-records',
      'src/capture/describers/numbers-in-file',
      'src/capture/describers/fits-header',
    ],
    packages: ['hyparquet'],
  },
  'src/rerun': {
    rooms: [
      'src/analyse/rerun',
      'src/analyse/divergence/divergence',
      'src/analyse/questions',
      'src/analyse/use-case-answer',
      'src/analyse/data-facts',
      'src/capture/host',
      'src/capture/launch',
      'src/capture/project/project',
      'src/capture/redact',
      'src/capture/variables',
      'src/contents',
      'src/open/kept-content',
      'src/recorder/run-and-record',
      'src/recorder/workplace',
      'src/store/store',
      'src/store/store-error',
    ],
  },
  'src/report': {
    rooms: ['src/rdf'],
    types: ['src/analyse', 'src/sparql'],
    packages: ['@rdfjs/types', 'diff'],
  },
  'src/recorder': { rooms: ['src/journal', 'src/record', 'src/capture', 'src/prov', 'src/store/store'] },
  'src/open': {
    rooms: ['src/store', 'src/recorder/workplace', 'src/query', 'src/sparql', 'src/rdf'],
    packages: ['smol-toml'],
  },
  'src/index': {
    rooms: [
      'src/recorder',
      'src/capture',
      'src/rdf',
      'src/formats',
      'src/sparql',
      'src/store',
      'src/query',
      'src/open',
      'src/validate',
      'src/analyse',
      'src/contents',
      'src/rerun',
      'src/report',
    ],
  },
  // The command line formats for terminals, with functions that the public API need not promise.
  cli: { rooms: ['src/index', 'src/report'], packages: ['commander', '@rdfjs/types'] },
}

const leaves = [
  'src/errors',
  'src/package-root',
  'src/near-word',
  'src/count-of',
  'src/group-by',
  'src/compare-times',
  'src/unreadable',
  'src/host-hash',
  'src/canonical-json',
  'src/canonical-double',
  'src/ignore-patterns',
  'src/json-pointer',
  'src/kept-places',
  'src/once-each',
  'src/pattern-of-text',
  'src/path-of-url',
  'src/last-word',
  'src/decoded',
  'src/shell-word',
]

/** Folders of adapters: each may import its room's port and shared files, none may import another adapter. */
const adapters = ['src/store/directory', 'src/store/sparql', 'src/store/mongodb', 'src/store/neo4j']

/** Packages whose loading takes longer than `vampira list` may: never reached by static imports from these files. */
const heavy = [/^oxigraph$/, /^@comunica\//, /^shacl-engine/, /^jsonld$/, /^rdflib$/, /^n3$/]
const mustStartFast = ['src/index.ts', 'cli/start.ts']

/** Source text by path relative to the package, with `/`. */
export type Sources = ReadonlyMap<string, string>

/** Every arrow that the table does not have, as `file:line: what is wrong`. */
export function findForbiddenImports(sources: Sources): string[] {
  const findings: string[] = []
  for (const [path, source] of sources) {
    const room = roomOf(path)
    const rules = table[room]
    if (rules === undefined) {
      findings.push(`${path}: no room of the table`)
      continue
    }
    for (const { specifier, line, isType } of readImports(path, source)) {
      const say = (what: string): void => void findings.push(`${path}:${line}: ${what}`)
      if (specifier.startsWith('node:')) continue
      if (!specifier.startsWith('.')) {
        if (!(rules.packages ?? []).some((name) => matches(specifier, name)))
          say(`${room} may not import the package ${specifier}`)
        continue
      }
      const target = posix.join(posix.dirname(path), specifier)
      if (!sources.has(target)) {
        say(`${target} is not a source file`)
        continue
      }
      const allowed = [room, ...leaves, ...rules.rooms, ...(isType ? (rules.types ?? []) : [])]
      const [from, to] = [adapterOf(path), adapterOf(target)]
      if (!allowed.some((name) => isIn(target, name))) {
        const only = rules.types?.some((name) => isIn(target, name)) ? ' but its types' : ''
        say(`${room} may import nothing of ${roomOf(target)}${only}`)
      } else if (from !== undefined && to !== undefined && from !== to) {
        say(`the adapter ${from} may not import the adapter ${to}`)
      }
    }
  }
  return findings
}

/** Every arrow of the table that no import needs, and every room and leaf that is not there. */
export function findUnusedArrows(sources: Sources): string[] {
  const rooms = new Map(Object.keys(table).map((room) => [room, new Map<string, boolean>()]))
  const there = new Set([...sources.keys()].map(roomOf))
  for (const [path, source] of sources) {
    for (const { specifier, isType } of readImports(path, source)) {
      const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier
      const known = rooms.get(roomOf(path))
      known?.set(target, isType && known.get(target) !== false)
    }
  }
  return [...rooms].flatMap(([room, targets]) => {
    if (!there.has(room)) return [`${room} is not there`]
    const { rooms: mayImport, types = [], packages = [] } = table[room]!
    const all = [...targets.keys()]
    return [
      ...mayImport.filter((name) => !all.some((target) => isIn(target, name))),
      ...types.filter((name) => !all.some((target) => isIn(target, name))),
      ...packages.filter((name) => !all.some((target) => matches(target, name))),
    ].map((name) => `${room} → ${name} is not used`)
  })
}

/** Chains of static imports by which something that must start fast would load a heavy package. */
export function findHeavyStarts(sources: Sources): string[] {
  const findings: string[] = []
  for (const start of mustStartFast.filter((path) => sources.has(path))) {
    const cameFrom = new Map<string, string>()
    const waiting = [start]
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      for (const { specifier, isType, isDynamic } of readImports(path, sources.get(path) ?? '')) {
        if (isType || isDynamic) continue
        if (heavy.some((name) => name.test(specifier))) {
          const chain = [specifier]
          for (let at: string | undefined = path; at !== undefined; at = cameFrom.get(at)) chain.unshift(at)
          findings.push(chain.join(' → '))
        }
        const target = posix.join(posix.dirname(path), specifier)
        if (!specifier.startsWith('.') || !sources.has(target) || target === start || cameFrom.has(target))
          continue
        cameFrom.set(target, path)
        waiting.push(target)
      }
    }
  }
  return findings
}

/** Circles of files that import one another, types and dynamic imports included: each as its chain of files. */
export function findCircles(sources: Sources): string[] {
  const finished = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, chain: readonly string[]): void => {
    if (chain.includes(path)) circles.push([...chain.slice(chain.indexOf(path)), path].join(' → '))
    if (chain.includes(path) || finished.has(path)) return
    for (const { specifier } of readImports(path, sources.get(path) ?? '')) {
      const target = posix.join(posix.dirname(path), specifier)
      if (specifier.startsWith('.') && sources.has(target)) visit(target, [...chain, path])
    }
    finished.add(path)
  }
  for (const path of sources.keys()) visit(path, [])
  return circles
}

function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'src' ? `src/${second.replace(/\.tsx?$/, '')}` : first
}

function isIn(path: string, room: string): boolean {
  return path.startsWith(`${room}/`) || path.replace(/\.tsx?$/, '') === room
}

function adapterOf(path: string): string | undefined {
  return adapters.find((folder) => path.startsWith(`${folder}/`))
}

function matches(specifier: string, name: string): boolean {
  if (name.endsWith('*')) return specifier.startsWith(name.slice(0, -1))
  return specifier === name || specifier.startsWith(`${name}/`)
}
