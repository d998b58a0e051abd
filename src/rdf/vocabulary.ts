/** Namespaces of every term that a record uses, by the prefix it is written with. */
export const NAMESPACES = {
  prov: 'http://www.w3.org/ns/prov#',
  provone: 'http://purl.dataone.org/provone/2015/01/15/ontology#',
  dcterms: 'http://purl.org/dc/terms/',
  dqv: 'http://www.w3.org/ns/dqv#',
  qudt: 'http://qudt.org/schema/qudt/',
  schema: 'http://schema.org/',
  void: 'http://rdfs.org/ns/void#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  vam: 'https://w3id.org/vampira#',
} as const

const { rdf, xsd } = NAMESPACES

/** IRIs of the terms of RDF that are read or written by name. */
export const RDF = {
  type: `${rdf}type`,
  first: `${rdf}first`,
  rest: `${rdf}rest`,
  nil: `${rdf}nil`,
  JSON: `${rdf}JSON`,
  langString: `${rdf}langString`,
  XMLLiteral: `${rdf}XMLLiteral`,
} as const

/** IRIs of the datatypes that are read or written by name. */
export const XSD = {
  string: `${xsd}string`,
  boolean: `${xsd}boolean`,
  integer: `${xsd}integer`,
  decimal: `${xsd}decimal`,
  double: `${xsd}double`,
  dateTime: `${xsd}dateTime`,
} as const

/** The classes of a kind of node: PROV's, ProvONE's and ours. */
export interface Kind {
  readonly classes: readonly string[]
  /** The same, as the text that follows the subject in TriG. */
  readonly turtle: string
}

function kind(...classes: string[]): Kind {
  return { classes, turtle: `\n  a ${classes.join(', ')}` }
}

/** What a record consists of. No kind is both an activity and an entity, which PROV forbids. */
export const KINDS = {
  run: kind('prov:Activity', 'provone:Execution', 'vam:PipelineRun'),
  call: kind('prov:Activity', 'provone:Execution', 'vam:Call'),
  group: kind('prov:Activity', 'provone:Execution', 'vam:CallGroup'),
  summary: kind('prov:Activity', 'provone:Execution', 'vam:ComponentSummary'),
  association: kind('prov:Association'),
  usage: kind('prov:Usage'),
  generation: kind('prov:Generation'),
  person: kind('prov:Person', 'prov:Agent'),
  process: kind('prov:SoftwareAgent', 'prov:Agent', 'vam:Process'),
  software: kind('prov:SoftwareAgent', 'prov:Agent'),
  pipeline: kind('prov:Entity', 'provone:Workflow', 'vam:Pipeline'),
  pipelineVersion: kind('prov:Entity', 'prov:Plan', 'provone:Workflow', 'vam:PipelineVersion'),
  component: kind('prov:Entity', 'vam:Component'),
  generator: kind('prov:Entity', 'vam:Component', 'vam:Generator'),
  componentVersion: kind('prov:Entity', 'prov:Plan', 'provone:Program', 'vam:ComponentVersion'),
  generatorVersion: kind(
    'prov:Entity',
    'prov:Plan',
    'provone:Program',
    'vam:ComponentVersion',
    'vam:Generator',
  ),
  parameter: kind('prov:Entity', 'prov:Role', 'provone:Port', 'vam:Parameter'),
  option: kind('prov:Entity', 'prov:Role', 'provone:Port', 'vam:Parameter', 'vam:Option'),
  returnPort: kind('prov:Entity', 'prov:Role', 'provone:Port'),
  package: kind('prov:Entity', 'vam:Package'),
  environment: kind('prov:Entity', 'vam:Environment'),
  value: kind('prov:Entity', 'vam:Value'),
  file: kind('prov:Entity', 'vam:FileVersion'),
  content: kind('prov:Entity', 'vam:Content'),
  location: kind('prov:Location'),
  setting: kind('prov:Entity', 'vam:Setting'),
  property: kind('schema:PropertyValue'),
  quality: kind('dqv:QualityMeasurement', 'prov:Entity'),
  gap: kind('prov:Entity', 'vam:CaptureGap'),
  record: kind('prov:Entity', 'prov:Bundle', 'vam:Record'),
  answer: kind('prov:Entity', 'vam:Answer'),
  answering: kind('prov:Activity', 'vam:Answering'),
  query: kind('prov:Entity', 'prov:Plan'),
  summaryBundle: kind('prov:Entity', 'prov:Bundle', 'vam:Summary'),
} as const
