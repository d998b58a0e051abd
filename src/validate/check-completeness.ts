import type { Quad, Term } from '@rdfjs/types'
import { UsageError } from '../errors.ts'
import { groupBy } from '../group-by.ts'
import { TripleTable } from '../rdf/triple-table.ts'
import { NAMESPACES } from '../rdf/vocabulary.ts'
import {
  isAboutStore,
  judgeUseCases,
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
import { hintAtQuality } from './quality-hint.ts'
import { RecordSteps } from './record-steps.ts'
import type { ShapeResult } from './shape-result.ts'
import { tabulate, validateShapes } from './validate-shapes.ts'

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
}

/**
 * Checks the record of one run against the use-case table.
 * @param record its triples, the names of graphs left out. A table is sealed: it cannot be added to afterwards
 * @throws UsageError for a use case that is not in the table
 */
export async function checkCompleteness(
  record: Iterable<Quad> | TripleTable,
  options: CompletenessOptions = {},
): Promise<CompletenessReport> {
  const table = await readRequirementTable()
  const useCases = chooseUseCases(table, options.useCases)
  const triples = record instanceof TripleTable ? record : await tabulate(record)
  if (options.store !== undefined) await addStore(triples, options.store)

  const results = await validateShapes(triples, await readRequirementShapes())
  const steps = new RecordSteps(triples)
  const run = steps.text(steps.ofClass(`${vam}PipelineRun`)[0])
  const byShape = groupBy(results, ({ shape }) => shape.slice(SHAPES.length))
  const findings = (requirement: string, asks: string | undefined): Finding[] =>
    [...byShape]
      .filter(([shape]) => isAsked(table, shape, requirement, asks))
      .flatMap(([, found]) => toFindings(requirement, found, steps))

  const requirements = table.requirements.map(({ id, name, group }): RequirementResult => {
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
  return { run, requirements, useCases: judged, sentence: formatReadiness(table, judged) }
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
function toFindings(requirement: string, results: readonly ShapeResult[], record: RecordSteps): Finding[] {
  const places = new PlaceFinder(record)
  const found = new Map<string, Finding>()
  for (const result of results) {
    const node = nodeOf(result)
    const number = record.table.terms.numberOf(node) ?? -1
    const label = places.label(number)
    const place = places.place(number)
    const lines = requirement === 'quality-metrics' ? hintAtQuality(record, number) : []
    const severity = result.severity === 'Info' ? 'Info' : 'Violation'
    found.set(`${node.value} ${result.message}`, {
      node: node.value,
      ...(label === undefined ? {} : { label }),
      ...(place === undefined ? {} : { place }),
      message: result.message,
      ...(lines.length === 0 ? {} : { lines }),
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

async function addStore(record: TripleTable, counts: StoreCounts): Promise<void> {
  const { literal, namedNode } = (await import('n3')).DataFactory
  const store = namedNode('urn:vampira:store')
  record.add(store, namedNode(`${rdf}type`), namedNode(`${vam}Store`))
  for (const [name, count] of Object.entries(counts))
    record.add(store, namedNode(vam + name), literal(String(count), namedNode(`${xsd}integer`)))
}
