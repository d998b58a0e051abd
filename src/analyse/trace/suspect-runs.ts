import { UsageError } from '../../errors.ts'
import { didYouMean } from '../../near-word.ts'
import { ask, askInBatches, text } from '../ask.ts'
import { lastWord } from '../../last-word.ts'
import { readOverviews } from '../overviews.ts'
import { isSameValue, readSuspect, type NamedSuspect, type Suspect } from './suspect.ts'
import type { Asking } from './trace.ts'

/** A run that a suspect touched. */
export interface SuspectRun {
  run: string
  started: string
}

/** Runs that a suspect touched: as a whole, or by calls of components. */
export interface SuspectRuns {
  runs: readonly SuspectRun[]
  /** Components whose calls are suspect; absent where all that a run did is. */
  calls?: { components: readonly string[]; isMeant: (call: SuspectCall) => boolean | undefined }
  /** Values or versions that runs had instead. */
  others: readonly string[]
}

/** A call, as far as its record tells. */
export interface SuspectCall {
  version: string
  /** Values of the parameter in question; none where the record does not tell. */
  values: readonly string[]
}

/** @returns undefined for a word that names no component and no package */
export async function findSuspectRuns(
  asking: Asking,
  asked: string | Suspect,
): Promise<SuspectRuns | undefined> {
  if (typeof asked !== 'string') {
    if ('parameter' in asked) return runsWithValue(asking, asked)
    return 'person' in asked
      ? runsBy(asking, 'person', asked.person, ['agent', 'agentName'])
      : runsBy(asking, 'machine', asked.machine, ['agent', 'environment', 'environmentName'])
  }
  const suspect = readSuspect(asked)
  const components = await componentsNamed(asking, suspect.name)
  if (components.length > 0) {
    const { parameter, value } = suspect
    if (parameter !== undefined && value !== undefined)
      return runsWithValue(asking, { parameter, value, component: suspect.name })
    return runsOfComponent(asking, components, suspect)
  }
  return suspect.parameter === undefined ? runsWithPackage(asking, suspect) : undefined
}

async function componentsNamed({ engine, signal }: Asking, name: string): Promise<string[]> {
  const rows = await ask(engine, 'components', {}, signal)
  const named = rows.filter((row) => text(row, 'name') === name || text(row, 'component') === name)
  return [...new Set(named.map((row) => text(row, 'component')))]
}

async function runsOfComponent(
  { engine, signal }: Asking,
  components: readonly string[],
  { versions }: NamedSuspect,
): Promise<SuspectRuns> {
  const rows = []
  for (const component of components)
    rows.push(...(await ask(engine, 'uc9-repeated-measurements', { component: [component] }, signal)))
  const isMeantVersion = (version: string) => versions === undefined || versions(numberOfVersion(version))
  const meant = rows.filter((row) => isMeantVersion(text(row, 'version')))
  return {
    runs: distinctRuns(meant.map((row) => ({ run: text(row, 'run'), started: text(row, 'started') }))),
    calls: { components, isMeant: ({ version }) => isMeantVersion(version) },
    others: distinct(rows.map((row) => numberOfVersion(text(row, 'version')))),
  }
}

async function runsWithValue(
  asking: Asking,
  { parameter, value, component }: Extract<Suspect, { parameter: string }>,
): Promise<SuspectRuns> {
  const { engine, signal } = asking
  const rows = await ask(
    engine,
    'uc7-settings-and-outcomes',
    component === undefined || component.includes(':') ? {} : { name: component },
    signal,
  )
  const own =
    component?.includes(':') === true ? rows.filter((row) => text(row, 'component') === component) : rows
  const named = own.filter((row) => isNamed(text(row, 'parameter'), text(row, 'setting'), parameter))
  if (named.length === 0) {
    const names = distinct(own.map((row) => text(row, 'setting') || lastWord(text(row, 'parameter'))))
    throw new UsageError(
      `No run recorded a parameter ${parameter}${component === undefined ? '' : ` of ${component}`}`,
      {
        advice: didYouMean(parameter, names, '`vampira query parameter-values` lists them.'),
      },
    )
  }
  const meant = named.filter((row) => isSameValue(text(row, 'value'), value))
  const starts = new Map(
    (await ask(engine, 'runs', {}, signal)).map((row) => [text(row, 'run'), text(row, 'started')]),
  )
  return {
    runs: distinctRuns(
      meant.map((row) => ({ run: text(row, 'run'), started: starts.get(text(row, 'run')) ?? '' })),
    ),
    calls: {
      components: distinct(meant.map((row) => text(row, 'component'))),
      // What a group of calls or a field of an object had, the record of a call does not tell.
      isMeant: ({ values }) =>
        values.length === 0 ? undefined : values.some((each) => isSameValue(each, value)),
    },
    others: distinct(named.map((row) => text(row, 'value'))),
  }
}

/** Whether a parameter is called so: `std`, `kernel.std`, or its IRI. */
export function isNamed(parameter: string, setting: string, asked: string): boolean {
  return parameter === asked || setting === asked || lastWord(parameter) === asked
}

async function runsWithPackage(
  asking: Asking,
  { name, versions }: NamedSuspect,
): Promise<SuspectRuns | undefined> {
  const { engine, signal } = asking
  const starts = await ask(engine, 'runs', {}, signal)
  const runs = starts.map((row) => ({ run: text(row, 'run'), started: text(row, 'started') }))
  const had = await packageVersions(
    asking,
    runs.map(({ run }) => run),
    name,
  )
  if (had.size === 0) return undefined
  return {
    runs: runs.filter(({ run }) => had.get(run)?.some((version) => versions?.(version) ?? true)),
    others: distinct([...had.values()].flat()),
  }
}

/** Versions of a package in the environment of each run: from its summary, or from its record where the list is long. */
async function packageVersions(
  asking: Asking,
  runs: readonly string[],
  name: string,
): Promise<Map<string, string[]>> {
  const had = new Map<string, string[]>()
  const wanted = canonicalName(name)
  const overviews = await readOverviews(asking.engine, runs, asking.signal)
  for (const run of runs) {
    const packages = overviews.get(run)?.packages
    const found = (packages ?? []).filter(([each]) => canonicalName(each) === wanted)
    if (found.length > 0)
      had.set(
        run,
        found.map(([, version]) => version ?? ''),
      )
  }
  const unlisted = runs.filter((run) => overviews.get(run)?.packages === undefined)
  for (const row of await askInBatches(asking, 'environment', 'run', unlisted)) {
    if (text(row, 'aspect') !== 'package' || canonicalName(text(row, 'name')) !== wanted) continue
    had.set(text(row, 'run'), [...(had.get(text(row, 'run')) ?? []), text(row, 'value')])
  }
  return had
}

async function runsBy(
  { engine, signal }: Asking,
  kind: 'person' | 'machine',
  word: string,
  columns: readonly string[],
): Promise<SuspectRuns> {
  const rows = await ask(engine, 'who-and-where', {}, signal)
  const meant = rows.filter((row) => columns.some((column) => names(text(row, column), kind).includes(word)))
  const shown = kind === 'person' ? 'agentName' : 'environmentName'
  return {
    runs: distinctRuns(meant.map((row) => ({ run: text(row, 'run'), started: text(row, 'started') }))),
    others: distinct(rows.map((row) => text(row, shown))),
  }
}

/** How a person or a machine may be called: `urn:vampira:agent:ada.08b5eb` is ada, on the machine 08b5eb. */
function names(term: string, kind: 'person' | 'machine'): string[] {
  const [, login, host] = /^.*[:/]agent:([^/]+)\.([0-9a-f]+)$/.exec(term) ?? []
  const own = kind === 'person' ? login : host
  return term === '' ? [] : [term, ...(own === undefined ? [] : [decodeURIComponent(own)])]
}

/** `2.25.0` of a packaged component; the beginning of a digest of any other. */
function numberOfVersion(version: string): string {
  const [, number] = /^pkg:[^@]*@([^#?]*)/.exec(version) ?? []
  return number === undefined ? version.replace('ni:///sha-256;', '').slice(0, 8) : decodeURIComponent(number)
}

/** PEP 503. */
function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((each) => each !== '').toSorted()
}

function distinctRuns(runs: readonly SuspectRun[]): SuspectRun[] {
  return [...new Map(runs.map((each) => [each.run, each])).values()]
}
