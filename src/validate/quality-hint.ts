import { pointerOf } from '../json-pointer.ts'
import { NAMESPACES, XSD } from '../rdf/vocabulary.ts'
import { productsOf } from './leads-back.ts'
import type { RecordSteps } from './record-steps.ts'

const { prov, provone, schema, vam } = NAMESPACES

const numeric = new Set<string | undefined>([XSD.integer, XSD.decimal, XSD.double])

/** Files that a metric is read from, those with named numbers first. */
const readable = [/\.json$/i, /\.ya?ml$/i, /\.[ct]sv$/i]
/** What people call a quality: named so, a number comes first. */
const likely =
  /acc|auc|bias|chi|coverage|dice|error|f1|fidelity|gain|iou|loss|mae|mape|metric|mse|nmi|precision|psnr|purity|quality|r2|recall|resid|rms|score|sens|snr|spec|ssim/i

const shown = 6
/** Of what one function returned, and levels of mappings in mappings. */
const mostNumbers = 50
const deepest = 3

/** A number of this run that may measure its quality. */
interface Candidate {
  metric: string
  /** What follows the metric's name in `--quality name=place`. */
  place: string
  /** What one of them was. */
  was: string
  /** How many there were: a quality is of the whole, so there is one. */
  times: number
}

/**
 * Options that record a quality of the next run, with names and numbers of this one: numbers that functions returned,
 * alone or in mappings, and that products hold. Those that are named like a metric come first, then those of which there
 * were the fewest. The order of triples, which a server does not keep, does not matter.
 */
export function hintAtQuality(record: RecordSteps, run: number): string[] {
  const calls = record.subjects(`${provone}wasPartOf`, run)
  const found = [...returned(record, calls), ...written(record, calls)].toSorted(
    (a, b) =>
      Number(likely.test(b.metric)) - Number(likely.test(a.metric)) ||
      a.times - b.times ||
      compareText(a.place + a.metric, b.place + b.metric),
  )
  const [first] = found
  if (first === undefined) return placeholder(record, calls)
  const options = found
    .slice(0, shown)
    .map(({ metric, place }) => `--quality ${quoted(`${metric}=${place}`)}`)
  const width = Math.max(...options.map((option) => option.length))
  return [
    ...options.map((option, at) => `${option.padEnd(width)}  # ${found[at]?.was}`),
    ...(found.length > shown ? [`# and ${found.length - shown} other numbers`] : []),
    `# for all runs, in vampira.toml under [quality]: ${tomlKey(first.metric)} = ${JSON.stringify(first.place)}`,
  ]
}

/** Numbers that functions returned, alone or by their names in a mapping. */
function returned(record: RecordSteps, calls: readonly number[]): Candidate[] {
  const found = new Map<string, Candidate>()
  for (const call of calls) {
    const name = nameOf(record, call)
    if (name === undefined) continue
    for (const { path, value } of numbersReturned(record, call)) {
      const last = path.at(-1) ?? name.replace(/^.*\./, '')
      // A metric is found by its own name in a mapping; deeper it needs its place.
      const place = path.length > 1 ? `${name}#${path.map(pointerOf).join('')}` : name
      const key = `${last} ${place}`
      const known = found.get(key)
      const was = `was ${value}`
      found.set(key, {
        metric: last,
        place,
        was: known === undefined || compareText(was, known.was) < 0 ? was : known.was,
        times: (known?.times ?? 0) + 1,
      })
    }
  }
  return [...found.values()]
}

/** Objects within what was returned are values of their own: the whole is that with most to say. */
function numbersReturned(record: RecordSteps, call: number): { path: string[]; value: string }[] {
  const roleOf = (made: number) =>
    record
      .objects(made, `${prov}qualifiedGeneration`)
      .map((generation) => record.text(record.object(generation, `${prov}hadRole`)) ?? '')
  return record
    .subjects(`${prov}wasGeneratedBy`, call)
    .filter((made) => roleOf(made).every((role) => role.endsWith('.return')))
    .map((made) => numbersIn(record, made))
    .reduce(
      (most, numbers) => (numbers.length > most.length || depthOf(numbers) > depthOf(most) ? numbers : most),
      [],
    )
}

function depthOf(numbers: readonly { path: string[] }[]): number {
  return Math.max(-1, ...numbers.map(({ path }) => path.length))
}

function numbersIn(record: RecordSteps, made: number): { path: string[]; value: string }[] {
  const value = record.object(made, `${prov}value`)
  if (value !== undefined && numeric.has(record.table.terms.datatypeOf(value)))
    return [{ path: [], value: record.text(value) ?? '' }]
  const fields = record.object(made, `${vam}fields`) ?? value
  return fields === undefined ? [] : leavesOf(parse(record.text(fields)), [])
}

function leavesOf(value: unknown, path: string[]): { path: string[]; value: string }[] {
  if (typeof value === 'number') return path.length === 0 ? [] : [{ path, value: String(value) }]
  if (typeof value !== 'object' || value === null || Array.isArray(value) || path.length === deepest)
    return []
  return Object.entries(value)
    .flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
    .slice(0, mostNumbers)
}

/** Numbers that small products hold by name: the columns of tables, and the members of an object. */
function written(record: RecordSteps, calls: readonly number[]): Candidate[] {
  return readableProducts(record, calls).flatMap(({ product, path }) => {
    const content = record.object(product, `${prov}specializationOf`)
    const statistics = content === undefined ? undefined : record.object(content, `${vam}columnStatistics`)
    const columns = statistics === undefined ? undefined : parse(record.text(statistics))
    // Where the file names no columns, the record does, and nobody finds them by these names.
    const isNamed = content !== undefined && record.has(content, `${vam}columns`)
    if (!Array.isArray(columns) || !isNamed) return []
    return (columns as { name: string; minimum?: number; maximum?: number }[]).flatMap(
      ({ name, minimum, maximum }) => {
        if (minimum === undefined) return []
        const was = minimum === maximum ? `was ${minimum}` : 'in the last row'
        return [{ metric: name, place: `${path}#${pointerOf(name)}`, was, times: 1 }]
      },
    )
  })
}

/** Where no number is known, the file that is likeliest to hold one. */
function placeholder(record: RecordSteps, calls: readonly number[]): string[] {
  const [file] = readableProducts(record, calls)
  return file === undefined ? [] : [`--quality KEY=${file.path}#/KEY  # KEY: name of a number in the file`]
}

function readableProducts(record: RecordSteps, calls: readonly number[]) {
  const products = productsOf(record, calls)
    .map((product) => ({ product, path: record.text(record.object(product, `${vam}path`)) ?? '' }))
    .toSorted((a, b) => compareText(a.path, b.path))
  return readable.flatMap((format) => products.filter(({ path }) => format.test(path)))
}

function nameOf(record: RecordSteps, call: number): string | undefined {
  const [plan] = record
    .objects(call, `${prov}qualifiedAssociation`)
    .flatMap((association) => record.objects(association, `${prov}hadPlan`))
  const component = plan === undefined ? undefined : record.object(plan, `${prov}specializationOf`)
  if (component === undefined) return undefined
  const kind = record.object(component, `${vam}kind`)
  const isCode = kind === record.number(`${vam}Function`) || kind === record.number(`${vam}Method`)
  return isCode ? record.text(record.object(component, `${schema}name`)) : undefined
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return undefined
  }
}

function tomlKey(text: string): string {
  return /^[\w-]+$/.test(text) ? text : JSON.stringify(text)
}

/** For a shell. */
function quoted(text: string): string {
  return /^[\w./#=~:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
