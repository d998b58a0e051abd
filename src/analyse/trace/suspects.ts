import { UsageError } from '../../errors.ts'
import { countOf } from '../../count-of.ts'
import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import { factNames } from '../data-facts.ts'
import { lastWord } from '../../last-word.ts'
import { compareTimes } from '../../compare-times.ts'
import { readOverviews } from '../overviews.ts'
import type { Row } from '../../sparql/answer.ts'
import type { Questions } from '../questions.ts'
import { textOf } from '../read-row.ts'
import { answered, type UseCaseAnswer } from '../use-case-answer.ts'
import { suspicionOf, type Suspicion } from './suspicion.ts'
import type { Strength, Trace } from './trace.ts'
import { lineage } from './walk.ts'

/** What may have caused that a file is wrong. */
export interface SuspectCause extends Suspicion {
  aspect: 'code' | 'parameter' | 'input' | 'contents' | 'package' | 'environment'
  /** Component, parameter, place of a file, or package. */
  of: string
  /** Whether the file was seen to come from it; what surrounds the whole run is possible. */
  strength: Strength
  /** Other components that had the same values of a parameter of this name, as where it was passed on. */
  also?: readonly string[]
}

export interface Suspects {
  file: string
  /** The run that made it. */
  run: string
  pipeline: string
  /** Runs that it was set beside. */
  siblings: readonly string[]
  /** What sets the run apart, the most suspect first. */
  causes: readonly SuspectCause[]
}

/** The latest so many siblings: what is usual shows in few. */
const mostSiblings = 100
const fewestSiblings = 2
/** In place of the version of a component. */
const notCalled = 'not called'

/**
 * What may have caused that a file is wrong (use case 2): of all that it came from, what is otherwise than in good runs
 * of the same pipeline, by how much it sets the run apart.
 *
 * @param good IRIs of runs that are right; if not given, those that completed and did not make the same bytes
 * @throws UsageError for a file that no run made
 */
export async function findSuspects(
  questions: Questions,
  file: string,
  good?: readonly string[],
): Promise<UseCaseAnswer<Suspects>> {
  const question = `What may have caused ${file} to be as it is?`
  const trace = await lineage(questions.engine, file, { withinRun: true })
  const run = makerOf(trace)
  if (run === undefined) {
    throw new UsageError(`No run was seen to make ${file} as it is now`, {
      advice: 'Name a file that a run made; `vampira lineage` shows what is known of it.',
    })
  }
  const runs = await questions.ask('commands')
  const own = runs.find((row) => text(row, 'run') === run)
  const pipeline = own === undefined ? '' : text(own, 'pipeline')
  const made = await questions.ask('who-used-a-file', { content: [...trace.start.iris] })
  const bad = new Set([
    run,
    ...made.filter((row) => text(row, 'role') !== 'used').map((row) => text(row, 'run')),
  ])
  const siblings = runs
    .filter((row) =>
      good === undefined
        ? text(row, 'pipeline') === pipeline &&
          text(row, 'status') === 'Completed' &&
          !bad.has(text(row, 'run'))
        : good.includes(text(row, 'run')) && text(row, 'run') !== run,
    )
    .toSorted((a, b) => compareTimes(text(b, 'started'), text(a, 'started')))
    .slice(0, mostSiblings)
    .map((row) => text(row, 'run'))
  if (siblings.length < fewestSiblings) {
    return answered(question, questions, {
      runs: [run, ...siblings],
      abstained: {
        because: `${countOf(siblings.length, 'good run')} of ${pipeline} made something else, and at least ${fewestSiblings} are needed to say what is usual`,
        record: `Record runs of ${pipeline} that are right, or name some with --good.`,
      },
    })
  }
  const strengthOf = upstreamOf(trace)
  const { values: facts, contents } = await readFacts(questions, run, [run, ...siblings])
  const causes = [...facts]
    .flatMap(([key, values]): SuspectCause[] => {
      const value = values.get(run)
      const { aspect, of, component } = JSON.parse(key) as FactKey
      const strength = strengthOf(component, contents.get(key))
      if (value === undefined || strength === undefined) return []
      // A component that others did not call at all may be what is wrong.
      const others = siblings.flatMap(
        (sibling) => values.get(sibling) ?? (aspect === 'code' ? [notCalled] : []),
      )
      return [{ aspect, of, strength, ...suspicionOf(value, others) }]
    })
    // Less than one sibling's worth is chance.
    .filter(({ score, siblings: n }) => n >= fewestSiblings && score > 1 / n)
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        (a.strength === b.strength ? 0 : a.strength === 'seen' ? -1 : 1) ||
        (a.of < b.of ? -1 : 1),
    )
  return answered(question, questions, {
    answer: { file, run, pipeline, siblings, causes: passedOnOnce(causes) },
    runs: [run, ...siblings],
    evidence: { siblings: siblings.length },
  })
}

/** A value that components passed on stands once, with all that had it. */
function passedOnOnce(causes: readonly SuspectCause[]): SuspectCause[] {
  const groups = groupBy(causes, ({ aspect, of, value, usual, strength }) =>
    aspect === 'parameter'
      ? JSON.stringify([of.replace(/^.* /, ''), value, usual, strength])
      : `${aspect} ${of}`,
  )
  return [...groups.values()].map(([first, ...others]) =>
    others.length === 0 ? first! : { ...first!, also: others.map(({ of }) => of.replace(/ [^ ]*$/, '')) },
  )
}

/** What two runs may have in common, as text that is equal where it is the same thing in both. */
interface FactKey {
  aspect: SuspectCause['aspect']
  of: string
  /** The component that it is of, by its name. */
  component?: string
}

interface Facts {
  /** Values by run, by key. */
  values: Map<string, Map<string, string>>
  /** Of the run in question, the contents that a fact is of. */
  contents: Map<string, Set<string>>
}

async function readFacts(questions: Questions, own: string, runs: readonly string[]): Promise<Facts> {
  const facts: Facts = { values: new Map(), contents: new Map() }
  const set = (key: FactKey, run: string, value: string, content?: string) => {
    const text = JSON.stringify(key)
    const known = facts.values.get(text) ?? new Map<string, string>()
    facts.values.set(text, known)
    // Several values of one thing in a run are one set of values.
    const before = known.get(run)?.split(', ') ?? []
    known.set(run, [...new Set([...before, value])].toSorted().join(', '))
    if (content === undefined || run !== own) return
    facts.contents.set(text, (facts.contents.get(text) ?? new Set()).add(content))
  }
  for (const row of await questions.ask('uc8-what-two-runs-ran', { run: [...runs] })) {
    const [run, aspect, name] = [text(row, 'run'), text(row, 'aspect'), text(row, 'name')]
    if (aspect === 'component') set({ aspect: 'code', of: name, component: name }, run, text(row, 'value'))
    if (aspect === 'environment') set({ aspect: 'environment', of: 'the machine' }, run, name)
    if (aspect === 'parameter') {
      const parameter = `${name} ${lastWord(text(row, 'thing'))}`
      set({ aspect: 'parameter', of: parameter, component: name }, run, text(row, 'value'))
    }
  }
  const flow = await questions.ask('file-flow', { run: [...runs] })
  const keyOf = (row: Row) => `${text(row, 'run')} ${text(row, 'content')}`
  const made = new Set(flow.filter((row) => text(row, 'role') === 'generated').map(keyOf))
  for (const row of flow) {
    if (text(row, 'role') !== 'used' || made.has(keyOf(row))) continue
    const [run, content, format = 'files'] = [text(row, 'run'), text(row, 'content'), textOf(row, 'format')]
    set({ aspect: 'input', of: format }, run, content, content)
    const known = factNames.flatMap((fact) => {
      const value = textOf(row, fact)
      return value === undefined ? [] : [{ fact, value }]
    })
    for (const { fact, value } of known)
      set({ aspect: 'contents', of: `${fact} of ${format}` }, run, value, content)
    const holds = known.length === 0 ? 'nothing could be read' : 'numbers or rows'
    set({ aspect: 'contents', of: format }, run, holds, content)
  }
  for (const [run, { packages = [] }] of await readOverviews(questions.engine, runs))
    for (const [name, version = ''] of packages) set({ aspect: 'package', of: name }, run, version)
  return facts
}

/** How surely the file came from a component or from one of these contents; what surrounds a whole run may matter. */
function upstreamOf(
  trace: Trace,
): (component: string | undefined, contents: ReadonlySet<string> | undefined) => Strength | undefined {
  const strengths = new Map<string, Strength>()
  for (const { kind, label, component, content, strength } of trace.nodes) {
    const name = kind === 'Call' || kind === 'CallGroup' ? (component ?? label) : content
    if (name !== undefined && strengths.get(name) !== 'seen') strengths.set(name, strength)
  }
  return (component, contents) => {
    if (component !== undefined) return strengths.get(component)
    if (contents === undefined) return 'possible'
    const found = [...contents].flatMap((content) => strengths.get(content) ?? [])
    return found.includes('seen') ? 'seen' : found[0]
  }
}

/** The run that made the file asked about: the nearest to the start that has a file of its bytes. */
function makerOf({ start, nodes, edges }: Trace): string | undefined {
  const made = new Set(edges.map(({ from }) => from))
  const byContent = groupBy(nodes, ({ content = '' }) => content)
  const files = start.iris.flatMap((iri) => byContent.get(iri) ?? nodes.filter((node) => node.iri === iri))
  return files
    .filter(({ iri, run, kind }) => run !== undefined && kind === 'FileVersion' && made.has(iri))
    .toSorted((a, b) => a.depth - b.depth)[0]?.run
}
