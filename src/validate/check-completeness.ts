import type { Quad, Term } from '@rdfjs/types'
import type { Store } from 'n3'
import { UsageError } from '../errors.ts'
import { NAMESPACES } from '../rdf/vocabulary.ts'
import {
  isAboutStore,
  judgeUseCases,
  groupBy,
  formatReadiness,
  type CompletenessReport,
  type Finding,
  type RequirementResult,
  type RequirementStatus,
} from './completeness-report.ts'
import { PlaceFinder } from './find-place.ts'
import { readRequirementTable, type RequirementTable, type UseCase } from './requirement-table.ts'
import { readRequirementShapes } from './requirement-shapes.ts'
import { SHAPES } from './shacl-terms.ts'
import { askedOfSummary, readAsRecord } from './read-as-record.ts'
import { collectTriples, validateDataset, type ShapeResult } from './validate-shapes.ts'

const { rdf, vam, xsd } = NAMESPACES

/** What the store holds besides this record, counted by the caller. */
export interface StoreCounts {
  /** The validated run included, if it completed and is stored. */
  completedRunsOfThisPipeline: number
  otherRuns: number
  otherPipelines: number
}

export interface CompletenessOptions {
  /** Ids of the use cases to judge, UC1 …; all of them when absent. */
  useCases?: readonly string[]
  /** Absent: what is about stored records is not asked. */
  store?: StoreCounts
  /** What the quads are: the record, or the summary of one of more than `largestRecord` triples. */
  basis?: 'record' | 'summary'
}

/**
 * Checks the record of one run against the use-case table.
 * @param quads the record's triples, or the summary's; graph names are left out
 * @throws UsageError for a use case that is not in the table
 */
export async function checkCompleteness(
  quads: Iterable<Quad>,
  options: CompletenessOptions = {},
): Promise<CompletenessReport> {
  const table = await readRequirementTable()
  const useCases = chooseUseCases(table, options.useCases)
  const dataset = await collectTriples(quads)
  const run = dataset.getSubjects(`${rdf}type`, `${vam}PipelineRun`, null)[0]?.value
  const basis = options.basis ?? 'record'
  if (basis === 'summary') await readAsRecord(dataset)
  if (options.store !== undefined) await addStore(dataset, options.store)

  const results = await validateDataset(dataset, await readRequirementShapes())
  const byShape = groupBy(results, ({ shape }) => shape.slice(SHAPES.length))
  const findings = (requirement: string, asks: string | undefined): Finding[] =>
    [...byShape]
      .filter(([shape]) => isAsked(table, shape, requirement, asks))
      .flatMap(([, found]) => toFindings(requirement, found, dataset))

  const requirements = table.requirements.map(({ id, name, group }): RequirementResult => {
    if (basis === 'summary' && !askedOfSummary.has(id))
      return { id, name, group, status: 'not-asked', findings: run === undefined ? [] : [tooLarge(run, id)] }
    const found = findings(id, undefined)
    const status = judge(found, id)
    const isVoid = run === undefined && status === 'satisfied' && !isAboutStore(id)
    return { id, name, group, status: isVoid ? 'nothing-to-check' : status, findings: found }
  })
  const judged = judgeUseCases(table, useCases, !byShape.has('pipeline-runs#one'), (id, asks) =>
    asks === undefined
      ? (requirements.find((requirement) => requirement.id === id)?.status ?? 'missing')
      : judge(findings(id, asks), id),
  )
  return { run, basis, requirements, useCases: judged, sentence: formatReadiness(table, judged) }
}

function chooseUseCases(table: RequirementTable, wanted: readonly string[] | undefined): readonly UseCase[] {
  if (wanted === undefined) return table.useCases
  return wanted.map((id) => {
    const useCase = table.useCases.find((each) => each.id === id.toUpperCase())
    if (useCase !== undefined) return useCase
    throw new UsageError(`There is no use case ${id}`, {
      advice: `Choose from ${table.useCases.map((each) => each.id).join(', ')}.`,
    })
  })
}

/** Whether a shape counts in a cell. Where cells ask for another shape than the usual one, that shape counts there alone. */
function isAsked(
  table: RequirementTable,
  shape: string,
  requirement: string,
  asks: string | undefined,
): boolean {
  const [id, name = ''] = shape.split('#')
  if (id !== requirement) return false
  const cells = Object.values(table.requirements.find((each) => each.id === requirement)?.cells ?? {})
  const spares = new Set(cells.flatMap((cell) => cell.asks ?? []))
  if (spares.size === 0 || name === 'store') return true
  return asks === undefined ? !spares.has(name) : name === asks
}

/** Results of validation as findings, each at the node that it is about; the same sentence about one node only once. */
function toFindings(requirement: string, results: readonly ShapeResult[], record: Store): Finding[] {
  const places = new PlaceFinder(record)
  const found = new Map<string, Finding>()
  for (const result of results) {
    const node = nodeOf(result)
    const label = places.label(node)
    const place = places.place(node)
    const severity = result.severity === 'Info' ? 'Info' : 'Violation'
    found.set(`${node.value} ${result.message}`, {
      node: node.value,
      ...(label === undefined ? {} : { label }),
      ...(place === undefined ? {} : { place }),
      message: result.message,
      severity,
      requirement,
    })
  }
  return [...found.values()]
}

/** Constraints that are about a node reached by a path, and not about a value that the focus node should not have. */
const aboutValue = new Set(['Node', 'Or', 'Not', 'SPARQL'].map((name) => `${name}ConstraintComponent`))

function nodeOf({ focusNode, value, component }: ShapeResult): Term {
  return value?.termType === 'NamedNode' && aboutValue.has(component) ? value : focusNode
}

function judge(findings: readonly Finding[], requirement: string): RequirementStatus {
  if (findings.some(({ severity }) => severity === 'Violation')) return 'missing'
  if (findings.length === 0) return 'satisfied'
  return isAboutStore(requirement) ? 'not-asked' : 'nothing-to-check'
}

function tooLarge(run: string, requirement: string): Finding {
  const message = 'Not asked: the record is too large to load, and its summary does not say.'
  return { node: run, message, severity: 'Info', requirement }
}

async function addStore(dataset: Store, counts: StoreCounts): Promise<void> {
  const { DataFactory } = await import('n3')
  const { literal, namedNode, quad } = DataFactory
  const store = namedNode('urn:vampira:store')
  dataset.addQuad(quad(store, namedNode(`${rdf}type`), namedNode(`${vam}Store`)))
  for (const [name, count] of Object.entries(counts))
    dataset.addQuad(quad(store, namedNode(vam + name), literal(String(count), namedNode(`${xsd}integer`))))
}
