import { NAMESPACES } from '../rdf/vocabulary.ts'
import { visitSyntax, type Query } from './query-syntax.ts'
import { iriOf } from './split-query.ts'

/**
 * Classes and properties that stand in records and not in summaries. test/query/record-terms.test.ts holds them against
 * what is written.
 */
const onlyInRecords: Partial<Record<keyof typeof NAMESPACES, string>> = {
  vam:
    'Call CallGroup Value calledBy calledFrom received exceptionType exceptionMessage raisedAt memoryCurve ' +
    'uncommittedDiff definedIn startLine endLine signature valueType elementType length shape columns fields ' +
    'notKeptBecause quantiles sampledShare columnStatistics sha256 sampledDigest describedBy FitsDescriber NumpyDescriber ImageDescriber ' +
    'DelimitedTextDescriber JsonDescriber ParquetDescriber TextDescriber NoDescriber Operator',
  prov: 'hadRole wasInfluencedBy wasInvalidatedBy wasRevisionOf',
  provone: 'hasInPort hasOutPort',
  dcterms: 'hasPart',
  schema: 'description',
}

/** Those that a summary has of a few things only: a file in it is one whose content is not known. */
const mostlyInRecords: typeof onlyInRecords = { vam: 'FileVersion path noDigestBecause isDefault' }

/** IRIs of the terms that a question cannot be answered about from summaries. */
export const recordTerms: ReadonlySet<string> = new Set([
  ...irisOf(onlyInRecords),
  ...irisOf(mostlyInRecords),
])

/** The terms of records that are in some summaries, too. */
export const termsOfSomeSummaries: ReadonlySet<string> = new Set(irisOf(mostlyInRecords))

/** Names of graphs and nodes that only a record has. */
const inRecord = /^urn:uuid:[0-9a-f-]{36}#(record$|(call|group|value|file)-)/i

/** The first name in a query of something that records hold and summaries do not; undefined where there is none. */
export function findRecordTerm(query: Query): string | undefined {
  let found: string | undefined
  visitSyntax(query, (node) => {
    if (found !== undefined || node.type !== 'term' || node.subType !== 'namedNode') return
    const iri = iriOf(node as unknown as Parameters<typeof iriOf>[0], query)
    if (recordTerms.has(iri) || inRecord.test(iri)) found = iri
  })
  return found
}

function irisOf(names: typeof onlyInRecords): string[] {
  return Object.entries(names).flatMap(([prefix, list]) =>
    list.split(' ').map((name) => `${NAMESPACES[prefix as keyof typeof NAMESPACES]}${name}`),
  )
}
