import { NAMESPACES, XSD } from '../rdf/vocabulary.ts'
import { productsOf } from './leads-back.ts'
import type { RecordSteps } from './record-steps.ts'

const { prov, provone, schema, vam } = NAMESPACES

const numeric = new Set<string | undefined>([XSD.integer, XSD.decimal, XSD.double])

/** Files that a metric is read from, those with named numbers first. */
const readable = [/\.json$/i, /\.ya?ml$/i, /\.[ct]sv$/i]

/**
 * Lines that record a quality of the next run, with names of this one: of the function that returns a number and was
 * called the least, since a quality is of the whole, and of the product that is likeliest to hold one. Neither depends on
 * the order of triples, which a server does not keep.
 */
export function hintAtQuality(record: RecordSteps, run: number): string[] {
  const [fewest] = [...countFunctions(record, run)].toSorted(
    ([name, calls], [otherName, otherCalls]) => calls - otherCalls || compareText(name, otherName),
  )
  const name = fewest?.[0]
  const file = findProduct(record, run)
  const rules = [
    ...(name === undefined ? [] : [`${tomlKey(name.replace(/^.*\./, ''))} = ${JSON.stringify(name)}`]),
    ...(file === undefined
      ? []
      : [`KEY = ${JSON.stringify(`${file}#/KEY`)}  # a number in the file: KEY is its key or column`]),
  ]
  return rules.length === 0 ? [] : ["# vampira.toml, in the store's folder", '[quality]', ...rules]
}

function tomlKey(text: string): string {
  return /^[\w-]+$/.test(text) ? text : JSON.stringify(text)
}

/** How often each function returned a number. */
function countFunctions(record: RecordSteps, run: number): Map<string, number> {
  const calls = new Map<string, number>()
  for (const call of record.subjects(`${provone}wasPartOf`, run)) {
    const name = nameOf(record, call)
    if (name !== undefined && returnsNumber(record, call)) calls.set(name, (calls.get(name) ?? 0) + 1)
  }
  return calls
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

function returnsNumber(record: RecordSteps, call: number): boolean {
  return record.subjects(`${prov}wasGeneratedBy`, call).some((made) => {
    const value = record.object(made, `${prov}value`)
    return value !== undefined && numeric.has(record.table.terms.datatypeOf(value))
  })
}

function findProduct(record: RecordSteps, run: number): string | undefined {
  const paths = productsOf(record, record.subjects(`${provone}wasPartOf`, run))
    .map((product) => record.text(record.object(product, `${vam}path`)) ?? '')
    .toSorted(compareText)
  return readable.flatMap((format) => paths.filter((path) => format.test(path)))[0]
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
