import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Parser, Store } from 'n3'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { NAMESPACES } from '../../src/rdf/vocabulary.ts'

const { rdf, rdfs, vam } = NAMESPACES
const OWL = 'http://www.w3.org/2002/07/owl#'

function read(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8')
}

function readAll(folder: string, ending: RegExp): string {
  return readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => read(join(folder, name)))
    .join('\n')
}

function parse(path: string): Store {
  return new Store(new Parser().parse(read(path)))
}

const ontology = parse('ontologies/vampira.ttl')
const types = (term: string): string[] =>
  ontology.getObjects(term, `${rdf}type`, null).map(({ value }) => value)
const defined = [...new Set(ontology.getSubjects(null, null, null).map(({ value }) => value))]
  .filter((iri) => iri.startsWith(vam))
  .map((iri) => iri.slice(vam.length))

/** Names of ours that are written out: vam:Call, or ${vam}Call and vam + name's kin in TypeScript. */
function termsIn(text: string): string[] {
  return [...text.matchAll(/(?:(?<![\w-])vam:|\$\{vam\})([A-Za-z]\w*)/g)].map(([, name = '']) => name)
}

/** Individuals whose names TypeScript puts together: a status, a kind, a level of detail, a describer. */
const composed = [
  ...[
    ...read('src/record/run.ts').matchAll(/^export type (?:Detail|Status|ComponentKind) = (.*)$/gm),
  ].flatMap(([, union = '']) =>
    [...union.matchAll(/'(\w)(\w*)'/g)].map(([, first = '', rest = '']) => first.toUpperCase() + rest),
  ),
  ...[...readAll('src/capture/describers', /\.ts$/).matchAll(/\bname: '(\w+)'/g)].map(
    ([, name = '']) => name,
  ),
]
const written = new Set([
  ...termsIn(readAll('src', /\.ts$/)),
  ...termsIn(readAll('shapes', /\.ttl$/)),
  ...termsIn(readAll('queries', /\.rq$/)),
  ...termsIn(read('ontologies/requirement-table.ttl')),
  ...composed,
])
/** Classes of the individuals: said by the ontology alone. */
const classesOfIndividuals = new Set(['ComponentKind', 'DetailLevel', 'Describer', 'NeedLevel', 'Status'])

describe('the ontology defines exactly the terms that are used', () => {
  test('every term in code, shapes, queries and the table is defined', () => {
    expect(composed.length).toBeGreaterThan(10)
    expect([...written].filter((name) => !defined.includes(name))).toEqual([])
  })

  test('every term that is defined is used', () => {
    expect(defined.filter((name) => !written.has(name) && !classesOfIndividuals.has(name))).toEqual([])
  })

  test('every term of the example record and of the record that satisfies everything is defined', () => {
    const names = termsIn(readAll('test', /\.trig$/))
    expect(names.length).toBeGreaterThan(100)
    expect([...new Set(names)].filter((name) => !defined.includes(name))).toEqual([])
  })
})

describe('every term says what it is', () => {
  test.each(defined)('%s', (name) => {
    for (const property of ['label', 'comment'])
      expect(ontology.countQuads(`${vam}${name}`, `${rdfs}${property}`, null, null), property).toBe(1)
    expect(types(`${vam}${name}`)).not.toEqual([])
  })

  test('every datatype property says its range, and every domain and range is a class of a known vocabulary', () => {
    for (const name of defined) {
      if (types(`${vam}${name}`).includes(`${OWL}DatatypeProperty`))
        expect(ontology.countQuads(`${vam}${name}`, `${rdfs}range`, null, null), name).toBe(1)
    }
    const known = Object.values(NAMESPACES)
    for (const property of ['domain', 'range', 'subClassOf', 'subPropertyOf'])
      for (const { value } of ontology.getObjects(null, `${rdfs}${property}`, null)) {
        expect(
          known.some((namespace) => value.startsWith(namespace)),
          value,
        ).toBe(true)
        if (value.startsWith(vam)) expect(defined, value).toContain(value.slice(vam.length))
      }
  })
})

describe('the alignments', () => {
  const alignments = parse('ontologies/alignments.ttl')
  const aligned = alignments.getSubjects(null, null, null).filter(({ value }) => value.startsWith(vam))

  test('are about terms that are defined', () => {
    expect(
      aligned.map(({ value }) => value.slice(vam.length)).filter((name) => !defined.includes(name)),
    ).toEqual([])
  })

  test('align the terms of every model that they promise', () => {
    const objects = alignments.getObjects(null, null, null).map(({ value }) => value)
    const models = [
      NAMESPACES.provone,
      'http://purl.org/wf4ever/wfprov#',
      'http://purl.org/wf4ever/wfdesc#',
      'http://purl.org/net/p-plan#',
      'https://w3id.org/ro/terms/workflow-run#',
      'http://www.ivoa.net/documents/ProvenanceDM/index.html#',
    ]
    for (const model of models)
      expect(objects.filter((value) => value.startsWith(model)).length, model).toBeGreaterThan(0)
  })

  test('stand in the table of docs/ontology.md, one line a term', () => {
    const page = read('docs/ontology.md')
    for (const { value } of aligned) expect(page).toContain(`| \`${value.replace(vam, 'vam:')}\` |`)
  })
})

describe('the JSON-LD context', () => {
  const context = (JSON.parse(read('ontologies/context.jsonld')) as { '@context': Record<string, unknown> })[
    '@context'
  ]
  const properties = defined.filter((name) =>
    types(`${vam}${name}`).some((type) => type.endsWith('Property')),
  )
  const ofTheTable = /^(?:useCase|requirement|level|alternatives|basis|satisfiedWhen|checkedBy)$/
  const ofRecords = properties.filter((name) => !ofTheTable.test(name))

  test.each(ofRecords)('has %s, as an IRI where it is one', (name) => {
    const entry = Object.values(context).find((each) => {
      const id = typeof each === 'string' ? each : (each as { '@id'?: string })['@id']
      return id === `vam:${name}`
    })
    expect(entry).toBeDefined()
    const type = typeof entry === 'string' ? undefined : (entry as { '@type'?: string })['@type']
    expect(type === '@id').toBe(types(`${vam}${name}`).includes(`${OWL}ObjectProperty`))
  })
})
