import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { closest } from '../../near-word.ts'
import { ask, text } from '../ask.ts'
import type { Asking } from './trace.ts'

const canBeAsked =
  'Give a file, or an IRI that `vampira show` prints: of a content, file version, value, call or run.'

/** Why a file's bytes are not known. */
export interface Unreadable {
  /** In words for people. */
  fault: string
  cause: unknown
}

/**
 * What is wrong with a start that is no file, and of which no run knows one: where it is the name of a component or a
 * package, the question that answers for those; else the nearest name, of a file beside it or of a component.
 * @param path where the file was looked for; undefined for a URL
 */
export async function notAFile(
  asking: Asking,
  { asked, path }: { asked: string; path: string | undefined },
  { fault, cause }: Unreadable,
): Promise<UsageError> {
  const isName = !/[\\/:]/.test(asked)
  const components = isName ? await componentsByName(asking) : new Map<string, string>()
  const component = components.get(asked)
  if (component !== undefined) {
    return new UsageError(`${asked} is a component and no file`, {
      cause,
      advice: `Ask what its runs made: ${whatItReached(component)}. ${canBeAsked}`,
    })
  }
  if (isName && (await packagesOfLatestRun(asking)).has(asked.toLowerCase())) {
    return new UsageError(`${asked} is a package and no file`, {
      cause,
      advice: `See which version a run had: \`vampira query environment --run last\`. ${canBeAsked}`,
    })
  }
  const inside = path === undefined ? [] : await readdir(path).catch(() => [])
  const [first] = inside.filter((name) => !name.startsWith('.')).toSorted()
  if (first !== undefined) {
    return new UsageError(`Cannot read ${asked}: ${fault}`, {
      place: { file: asked },
      cause,
      advice: `Name a file in it, such as ${join(asked, first)}.`,
    })
  }
  const beside = path === undefined ? [] : await readdir(dirname(path)).catch(() => [])
  const names = [...beside.map((name) => asked.replace(/[^\\/]*$/, () => name)), ...components.keys()]
  return new UsageError(`Cannot read ${asked}: ${fault}`, {
    place: { file: asked },
    cause,
    advice: `No run has recorded a file of this path either. ${nearest(asked, names, components)}${canBeAsked}`,
  })
}

function nearest(asked: string, names: readonly string[], components: ReadonlyMap<string, string>): string {
  const near = closest(asked, names)
  if (near === undefined) return ''
  const component = components.get(near)
  if (component === undefined) return `Did you mean ${near}? `
  return `Did you mean the component ${near}? Of it, ask what its runs made: ${whatItReached(component)}. `
}

function whatItReached(component: string): string {
  return `\`vampira query uc2-what-an-error-reaches --param suspect=${component}\``
}

/** Name → IRI. */
async function componentsByName({ engine, signal }: Asking): Promise<Map<string, string>> {
  const rows = await ask(engine, 'components', {}, signal)
  return new Map(rows.map((row) => [text(row, 'name'), text(row, 'component')]))
}

/** In lower case. Of one run, since packages stand in records, and a record may be large. */
async function packagesOfLatestRun({ engine, signal }: Asking): Promise<Set<string>> {
  const [latest] = await ask(engine, 'runs', { limit: 1 }, signal)
  if (latest === undefined) return new Set()
  const rows = await ask(engine, 'environment', { run: [text(latest, 'run')] }, signal)
  const packages = rows.filter((row) => text(row, 'aspect') === 'package')
  return new Set(packages.map((row) => text(row, 'name').toLowerCase()))
}
