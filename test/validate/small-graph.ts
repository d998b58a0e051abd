import { DataFactory, Parser, Store } from 'n3'
import { TripleTable } from '../../src/rdf/triple-table.ts'
import { RecordSteps } from '../../src/validate/record-steps.ts'

const prefixes = `PREFIX : <https://example.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX provone: <http://purl.dataone.org/provone/2015/01/15/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX vam: <https://w3id.org/vampira#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
`

/** A graph in Turtle, with the prefixes that records and shapes use. */
export function smallGraph(turtle: string): Store {
  return new Store(new Parser().parse(prefixes + turtle))
}

export const example = (name: string) => `https://example.org/${name}`

/** The same as a record that is walked. */
export function recordSteps(graph: Store): RecordSteps {
  const table = new TripleTable(DataFactory)
  for (const { subject, predicate, object } of graph) table.add(subject, predicate, object)
  return new RecordSteps(table.seal())
}
