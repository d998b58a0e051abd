import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import {
  bindQuery,
  catalogueQuery,
  impact,
  lineage,
  openSources,
  scopeOf,
  type QueryEngine,
  type Strength,
  type Trace,
} from '../../../src/index.ts'
import { workIn } from '../../cli/recorded.ts'
import { vampira, type Streams } from '../../cli/vampira.ts'

/** A small program whose flow of data is known, as `programs/*.toml` has them; the README there says how to add one. */
interface Program {
  title: string
  files: Record<string, string>
  /** Command lines, each of which is a run. */
  runs: string[][]
  'at-once'?: boolean
  /** Options of `vampira run`. */
  options?: string[]
  /** Files that the standard streams of `vampira run` are redirected from and to. */
  streams?: Streams
  /** Modules that the Python here must have. */
  needs?: string[]
  /** `out from in`: all that is seen, some that is possible, and what is neither. */
  seen?: string[]
  possible?: string[]
  never?: string[]
  /** All files that its last run made and left behind. */
  products?: string[]
  /** What is wrong today, and why: the test fails once it is right. */
  wrong?: string
}

const programs = join(import.meta.dirname, 'programs')

describe.each(readdirSync(programs).filter((name) => name.endsWith('.toml')))('%s', (name) => {
  const { program } = parse(readFileSync(join(programs, name), 'utf8')) as unknown as { program: Program[] }
  it.each(program.map((each) => [each.title, each] as const))('%s', async (_, each) => {
    const folder = workIn()
    for (const [path, text] of Object.entries(each.files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    for (const module of each.needs ?? []) {
      const { status } = spawnSync('python3', ['-c', `import ${module}`])
      expect(status, `python3 has no ${module}: .ci/run brings it`).toBe(0)
    }
    await record(folder, each)
    const { found, onward, mirrored, products } = await linksOf(folder, each)
    const check = () => {
      if (each.products !== undefined) expect(products).toEqual(each.products)
      expect(onward, 'impact is the mirror of lineage').toEqual(mirrored)
      expect(found.seen).toEqual((each.seen ?? []).toSorted())
      expect(found.possible).toEqual(expect.arrayContaining(each.possible ?? []))
      expect(found.possible.filter((link) => each.never?.includes(link))).toEqual([])
    }
    if (each.wrong === undefined) check()
    else expect(isWrong(check), 'right by now: remove `wrong`').toBe(true)
  })
})

function isWrong(check: () => void): boolean {
  try {
    check()
    return false
  } catch {
    return true
  }
}

async function record(
  folder: string,
  { runs, options = [], streams = {}, 'at-once': atOnce }: Program,
): Promise<void> {
  await vampira(['init'], { cwd: folder })
  const start = async (command: string[]) => {
    const { code, stderr } = await vampira(['run', ...options, '--', ...command], {
      cwd: folder,
      streams,
      // As on everybody's machine: Python then reads none of it as set.
      env: { PYTHONDONTWRITEBYTECODE: '' },
    })
    expect(code, stderr).toBe(0)
  }
  if (atOnce === true) await Promise.all(runs.map(start))
  else for (const command of runs) await start(command)
}

/** What lineage and impact say of the files in question, which must be the same. */
async function linksOf(
  folder: string,
  { seen = [], possible = [], never = [] }: Program,
): Promise<{
  found: Record<Strength, string[]>
  onward: [string, Strength][]
  mirrored: [string, Strength][]
  products: string[]
}> {
  const asked = [...seen, ...possible, ...never].map((link) => link.split(' from '))
  const outs = [...new Set(asked.map(([out]) => out as string))]
  const sources = [...new Set(asked.map(([, source]) => source as string))]
  const { engine, close, resolveRun } = await openSources({ source: [join(folder, '.vampira')] })
  try {
    const asking = await catalogueQuery('data-products')
    const last = { run: [await resolveRun('last')] }
    const made = await engine.query(bindQuery(asking, last), scopeOf(asking, last))
    const back = new Map<string, Strength>()
    // The versions of the files in question that are there now: onward, others of the same path are not meant.
    const there = new Set<string>()
    for (const out of outs) {
      const trace = await lineage(engine, join(folder, out))
      for (const { from, to } of trace.edges) if (trace.start.iris.includes(from)) there.add(to)
      for (const [path, strength] of filesOf(trace.nodes)) {
        if (path !== out) back.set(`${out} from ${path}`, strength)
      }
    }
    const onward = new Map<string, Strength>()
    for (const source of sources) {
      // A file that is gone or was changed since is asked about as it was recorded.
      const asked = (await recordedAs(engine, join(folder, source))) ?? join(folder, source)
      const { nodes } = await impact(engine, asked)
      for (const [path, strength] of filesOf(nodes.filter(({ iri }) => there.has(iri)))) {
        if (outs.includes(path) && path !== source) onward.set(`${path} from ${source}`, strength)
      }
    }
    const mirrored = [...back].filter(([link]) => sources.some((source) => link.endsWith(` from ${source}`)))
    const of = (wanted: Strength) =>
      [...back].flatMap(([link, strength]) => (strength === wanted ? link : [])).toSorted()
    return {
      found: { seen: of('seen'), possible: of('possible') },
      onward: [...onward].toSorted(),
      mirrored: mirrored.toSorted(),
      products: made.type === 'bindings' ? made.rows.map((row) => row['path']?.value ?? '') : [],
    }
  } finally {
    await close()
  }
}

/** The version of a file that a run read, if the file is not as it was then. */
async function recordedAs(engine: QueryEngine, path: string): Promise<string | undefined> {
  const { start } = await impact(engine, path)
  return start.otherVersions.findLast(({ role }) => role === 'used')?.content
}

/** Paths of the files in a trace, by the strongest way to each. */
function filesOf(nodes: Trace['nodes']): Map<string, Strength> {
  const found = new Map<string, Strength>()
  for (const { kind, label, strength } of nodes) {
    // Neither files elsewhere nor those with names by chance.
    if (kind === 'FileVersion' && !/^(\/|tmp)/.test(label) && found.get(label) !== 'seen')
      found.set(label, strength)
  }
  return found
}
